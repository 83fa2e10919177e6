import { type Call, type NewVersion, RegistryError } from '../../../contract/index.ts'
import { sourceProperty } from '../reads/to-records.ts'
import { nextVersion } from '../reads/version-numbers.ts'
import type { AzureRegistry } from '../registry.ts'
import { noStage } from '../stages-config.ts'
import { modelPath, versionPath } from '../wire/place.ts'
import { toTags } from './asset-changes.ts'
import { createAsset } from './asset-writes.ts'
import { findShare, shareVersion } from './share.ts'
import { resolveSource } from './version-source.ts'
import { keysOf, noSuchModel, refuseOwnTags, requirePossibleModel } from './write-words.ts'

export async function createVersion(
  registry: AzureRegistry,
  version: NewVersion,
  call: Call,
): Promise<string> {
  const { model, source, description, tags } = version
  const { writers, assets, place, stages } = registry
  requirePossibleModel(model)
  refuseOwnTags(keysOf(tags), stages)
  return writers.run(model, call.signal, async () => {
    // A version makes its container by itself, and a mistyped name is not to start a model.
    const container = await assets.get(modelPath(place, model), call)
    if (container === null) throw noSuchModel(model)
    const own = {
      description: description || null,
      tags: stages.write(toTags(tags), noStage),
      properties: { [sourceProperty]: source },
    }
    const share = findShare(registry, version)
    if (share !== null) return shareVersion(registry, share, { model, container, own }, call)
    const origin = await resolveSource(registry, version, call)
    const number = await nextVersion(registry, model, container, call)
    const path = versionPath(place, { model, version: number })
    await asNewVersion(createAsset(registry, path, { ...origin, ...own }, call), number)
    return number
  })
}

/** Of a version that was made in the same moment Azure says that its place cannot be another one. */
async function asNewVersion(create: Promise<unknown>, number: string): Promise<void> {
  try {
    await create
  } catch (error) {
    if (
      !RegistryError.is(error) ||
      error.code !== 'BAD_USER_INPUT' ||
      !/paths cannot be updated/i.test(error.message)
    ) {
      throw error
    }
    throw new RegistryError(
      'CONFLICT',
      `Somebody else has made version ${number} at the same time; try again.`,
      {
        current: number,
        cause: error,
      },
    )
  }
}

import type { Call, VersionKey, VersionWrites } from '../../contract/index.ts'
import { afterFirstWrite } from '../../contract/index.ts'
import { readAliases, toAliasTag } from './alias-tags.ts'
import type { Asset } from './asset.ts'
import { withDescription, withoutTags, withTags } from './asset-changes.ts'
import { deleteAsset, updateAsset } from './asset-writes.ts'
import { modelPath, versionPath } from './place.ts'
import type { AzureRegistry } from './registry.ts'
import { createVersion } from './version-creation.ts'
import { withVersionGiven } from './version-numbers.ts'
import type { Wire } from './wire.ts'
import { keysOf, noSuchModel, noSuchVersion, refuseOwnTags, requirePossibleVersion } from './write-words.ts'

export function azureVersionWrites(registry: AzureRegistry): VersionWrites {
  const { stages } = registry
  return {
    create: (version, call) => createVersion(registry, version, call),
    describe: (key, description, call) =>
      updateVersion(registry, key, (version) => withDescription(version, description), call),
    setTags: async (key, tags, call) => {
      refuseOwnTags(keysOf(tags), stages)
      await updateVersion(registry, key, (version) => withTags(version, tags), call)
    },
    deleteTags: async (key, keys, call) => {
      refuseOwnTags(keys, stages)
      await updateVersion(registry, key, (version) => withoutTags(version, keys), call)
    },
    delete: (key, call) => deleteVersion(registry, key, call),
  }
}

async function updateVersion(
  registry: AzureRegistry,
  key: VersionKey,
  change: (version: Asset) => Wire | null,
  call: Call,
): Promise<void> {
  requirePossibleVersion(key)
  await registry.writers.run(key.model, call.signal, () =>
    updateAsset(registry, versionPath(registry.place, key), noSuchVersion(key), change, call),
  )
}

/** What the container says of the version goes with it, but for its number, which is not given again. */
async function deleteVersion(registry: AzureRegistry, key: VersionKey, call: Call): Promise<void> {
  requirePossibleVersion(key)
  await registry.writers.run(key.model, call.signal, async () => {
    if (!(await deleteAsset(registry, versionPath(registry.place, key), call))) throw noSuchVersion(key)
    const path = modelPath(registry.place, key.model)
    const change = (container: Asset) => withoutVersion(container, key.version)
    await afterFirstWrite(updateAsset(registry, path, noSuchModel(key.model), change, call))
  })
}

function withoutVersion(container: Asset, version: string): Wire | null {
  const held = readAliases(container.tags).filter((alias) => alias.version === version)
  const tags = withoutTags(
    container,
    held.map(({ name }) => toAliasTag(name)),
  )
  const given = withVersionGiven(container, version)
  return tags === null && given === null ? null : { ...tags, ...given }
}

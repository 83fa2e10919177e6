import {
  type AliasKey,
  type AliasMove,
  type AliasWrites,
  assertHolder,
  type Call,
  type Expected,
} from '../../../contract/index.ts'
import { readAliases, toAliasTag } from '../reads/alias-tags.ts'
import type { AzureRegistry } from '../registry.ts'
import { modelPath, versionPath } from '../wire/place.ts'
import { withoutTags, withTags } from './asset-changes.ts'
import { updateAsset } from './asset-writes.ts'
import { noSuchModel, noSuchVersion, requirePossibleModel, requirePossibleVersion } from './write-words.ts'

export function aliasWrites(registry: AzureRegistry): AliasWrites {
  return {
    set: async ({ model, alias }, version, expected, call) => {
      requirePossibleVersion({ model, version })
      return moveAlias(registry, { model, alias }, version, expected, call)
    },
    delete: async (key, expected, call) => {
      requirePossibleModel(key.model)
      return moveAlias(registry, key, null, expected, call)
    },
  }
}

/** All aliases of a model stand on its container, so one write moves one. @param to `null`: to nobody. */
async function moveAlias(
  registry: AzureRegistry,
  key: AliasKey,
  to: string | null,
  expected: Expected<string | null>,
  call: Call,
): Promise<AliasMove> {
  const { model, alias } = key
  const { place, assets, writers } = registry
  let previous: string | null = null
  await writers.run(model, call.signal, () =>
    updateAsset(
      registry,
      modelPath(place, model),
      noSuchModel(model),
      async (container) => {
        previous = readAliases(container.tags).find(({ name }) => name === alias)?.version ?? null
        assertHolder(key, previous, expected)
        if (to === null) return withoutTags(container, [toAliasTag(alias)])
        const version = { model, version: to }
        if ((await assets.get(versionPath(place, version), call)) === null) throw noSuchVersion(version)
        return withTags(container, [{ key: toAliasTag(alias), value: to }])
      },
      call,
    ),
  )
  return { previous }
}

import type { Call, VersionKey, VersionWrites } from '../../../contract/index.ts'
import { afterFirstWrite } from '../../../contract/index.ts'
import { readAliases, toAliasTag } from '../reads/alias-tags.ts'
import type { Asset } from '../reads/asset.ts'
import { withVersionGiven } from '../reads/version-numbers.ts'
import type { AzureRegistry } from '../registry.ts'
import { modelPath, versionPath } from '../wire/place.ts'
import type { Wire } from '../wire/wire.ts'
import { together, withDescription, withoutTags, withTags } from './asset-changes.ts'
import { deleteAsset, updateAsset } from './asset-writes.ts'
import { createVersion } from './version-creation.ts'
import { keysOf, noSuchVersion, refuseOwnTags, requirePossibleVersion } from './write-words.ts'

export function versionWrites(registry: AzureRegistry): VersionWrites {
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

/**
 * What the container says of the version goes first: broken off in between there is a version without aliases, and not
 * an alias of whatever comes to stand in its place. The number is not given again.
 */
async function deleteVersion(registry: AzureRegistry, key: VersionKey, call: Call): Promise<void> {
  requirePossibleVersion(key)
  await registry.writers.run(key.model, call.signal, async () => {
    const path = versionPath(registry.place, key)
    const version = await registry.assets.get(path, call)
    let isWritten = false
    const leaveBehind = (container: Asset): Wire | null => {
      const given = version === null ? null : withVersionGiven(container, key.version)
      const change = together(withoutAliasesOf(container, key.version), given)
      // What another program has left behind of a version that is gone goes all the same.
      if (version === null && change === null) throw noSuchVersion(key)
      isWritten = change !== null
      return change
    }
    await updateAsset(registry, modelPath(registry.place, key.model), noSuchVersion(key), leaveBehind, call)
    if (version === null) return
    const deletion = deleteAsset(registry, path, version, call)
    await (isWritten ? afterFirstWrite(deletion) : deletion)
  })
}

function withoutAliasesOf(container: Asset, version: string): Wire | null {
  const held = readAliases(container.tags).filter((alias) => alias.version === version)
  return withoutTags(
    container,
    held.map(({ name }) => toAliasTag(name)),
  )
}

import type { AssetBody, ContainerRecord, VersionRecord } from './asset-records.ts'
import { type ScopedCall, writeContext } from './azure-call.ts'
import type { ConcurrentChange } from './concurrent-change.ts'
import { takeMatching } from './fault.ts'

const otherWriter = { name: 'Another Writer', type: 'User' } as const

/** Does to the asset of a request what another writer would do at this moment, when a switch says so. */
export const changeConcurrently = (when: ConcurrentChange['when'], call: ScopedCall): void => {
  const { model, version } = call.path
  // A list is about no single asset.
  const isAboutOne = version !== undefined || call.url.pathname.endsWith(`/models/${model}`)
  if (model === undefined || !isAboutOne) return
  const changes = call.switches.concurrentChanges.filter((change) => change.when === when)
  const change = takeMatching(changes, call.method, call.url.pathname)
  if (change === undefined) return
  const context = { ...writeContext(call), by: otherWriter }
  if (version === undefined)
    call.models.putContainer(model, changed(call.models.container(model), change), context)
  else call.models.putVersion(model, version, changed(call.models.version(model, version), change), context)
}

const changed = (
  before: ContainerRecord | VersionRecord | undefined,
  { tags = {}, dropTags = [], set = {} }: ConcurrentChange,
): AssetBody => {
  const kept = Object.entries({ ...before?.tags, ...tags }).filter(([key]) => !dropTags.includes(key))
  return { ...before, ...set, tags: Object.fromEntries(kept) }
}

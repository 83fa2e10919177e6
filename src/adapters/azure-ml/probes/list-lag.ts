import { type Call, RegistryError } from '../../../contract/index.ts'
import { type Asset, isNewer } from '../reads/asset.ts'
import { lagMs } from '../reads/recent-writes.ts'
import type { AzureClient } from '../wire/client.ts'
import { sleep } from '../wire/operations.ts'
import { listRows } from './list-rows.ts'
import type { OwnModel } from './own-model.ts'
import { filesOf } from './tag-probes.ts'

const firstPauseMs = 100
const longestPauseMs = 2_000
/** Of the time that the probe has: for the request that is under way when it ends. */
const spareMs = 1_000

/** How long the list of versions lacks a new one, and then a change of it. */
export async function measureLag(client: AzureClient, own: OwnModel, call: Call): Promise<string> {
  const made = await own.makeVersion({}, call)
  const madeAfter = await waitForList(client, own, made, call)
  const path = own.versionPath(made.name)
  const changed = await own.put(path, { ...filesOf(made), tags: { changed: 'yes' } }, call)
  const changedAfter = await waitForList(client, own, changed, call)
  return `a new version: ${madeAfter}; a change of it: ${changedAfter}; the adapter assumes ${lagMs / 1000} s at most`
}

async function waitForList(client: AzureClient, own: OwnModel, asset: Asset, call: Call): Promise<string> {
  const startedAt = Date.now()
  const until = Math.min(startedAt + lagMs, call.deadline - spareMs)
  for (let pause = firstPauseMs; ; pause = Math.min(longestPauseMs, pause * 2)) {
    const { rows } = await listRows(client, own.versions, { listViewType: 'All', $top: '100' }, call)
    const row = rows.find(({ name }) => name === asset.name)
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1)
    if (row !== undefined && !isNewer(asset, row)) return `shown after ${seconds} s`
    if (Date.now() >= startedAt + lagMs) {
      throw new RegistryError(
        'REGISTRY_ERROR',
        `Lists still lack a write after ${seconds} s: the adapter shows it for ${lagMs / 1000} s only.`,
      )
    }
    if (Date.now() + pause > until && until < startedAt + lagMs)
      return `not shown within ${seconds} s, and there was no more time: set timeoutMs to ${2 * lagMs} to learn it`
    await sleep(pause, call)
  }
}

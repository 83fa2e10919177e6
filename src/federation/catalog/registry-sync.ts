import { RegistryError } from '../../contract/index.ts'
import type { FoundRun, Look, SyncRight } from '../../stores/sync-store.ts'
import type { RegistrySession } from '../session/registry-session.ts'
import { inBackground } from './background-session.ts'
import type { SyncContext } from './catalog.ts'
import type { CatalogSettings } from './catalog-settings.ts'

export interface SyncProgress {
  readonly registry: string
  readonly phase: 'models' | 'versions' | 'gone' | 'runs' | 'words' | 'changes'
  /** How many rows were taken in so far. */
  readonly taken: number
}

/** One pass over one registry, under way. */
export interface RegistrySync extends SyncContext {
  readonly right: SyncRight
  readonly settings: CatalogSettings
  /** Fires when it has to end, or has lost the right to go on. */
  readonly signal: AbortSignal
  onProgress(progress: SyncProgress): void
  /** What was sent to the registry for it. */
  countRequests(sent: number): void
}

/** Asks the registry, and says as of when its answer is. */
export async function lookAt<T>(
  { federation, catalog, right, signal, giveWay, countRequests }: RegistrySync,
  ask: (registry: RegistrySession) => Promise<T>,
): Promise<{ readonly look: Look; readonly found: T }> {
  await giveWay?.()
  signal.throwIfAborted()
  const look = await catalog.store.look(right.id)
  const found = await inBackground(federation, right.registry, signal, { ask, countRequests })
  signal.throwIfAborted()
  return { look, found }
}

const runsAtOnce = 200

/** Params and metrics of runs that versions name. */
export async function readRuns(
  sync: RegistrySync,
  { since, unfinished, after = '' }: { since: number; unfinished: boolean; after?: string },
): Promise<void> {
  const { catalog, right, settings, federation } = sync
  if (!settings.runs || !federation.link(right.registry)?.facets.runs) return
  let last = after
  let taken = 0
  for (;;) {
    const runIds = await catalog.store.reads.runsToRead(right.id, { since, after: last, unfinished })
    if (runIds.length === 0) return
    for (let start = 0; start < runIds.length; start += runsAtOnce) {
      const some = runIds.slice(start, start + runsAtOnce)
      const { look, found } = await lookAt(sync, (registry) => registry.reads.runs(some))
      const runs: FoundRun[] = some.map((runId, index) => ({ runId, outcome: found[index] ?? null }))
      last = some.at(-1) ?? last
      const step = unfinished ? null : ({ phase: 'runs', place: { name: last, version: null } } as const)
      await catalog.store.takeRuns(right, look, runs, step)
      taken += some.length
      sync.onProgress({ registry: right.registry, phase: 'runs', taken })
    }
  }
}

/** From where it is it would come no further; the next one begins anew. */
export async function giveUpSweep({ catalog, right }: RegistrySync, why: RegistryError): Promise<never> {
  await catalog.store.giveUpSweep(right)
  throw why
}

export function isThere<T>(outcome: T | null | RegistryError): outcome is T {
  return outcome !== null && !RegistryError.is(outcome)
}

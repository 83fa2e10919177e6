import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { RegistryError } from '../../contract/index.ts'
import type { RegistryState, SyncProblem } from '../../stores/registry-state.ts'
import { RegistryFailure } from '../errors/registry-failure.ts'
import type { SyncContext } from './catalog.ts'
import type { CatalogSettings } from './catalog-settings.ts'
import { followFeed } from './changes.ts'
import { readSizes } from './read-sizes.ts'
import { refreshModels } from './refresh.ts'
import { type RegistrySync, readRuns, type SyncProgress } from './registry-sync.ts'
import { sweep } from './sweep.ts'
import { readNewer } from './watermark.ts'

export interface PassWish {
  /** Whether the whole registry is to be read, unless somebody has begun to do so since then (epoch milliseconds). */
  readonly fullSince: number | null
  /** How long to wait for another one who syncs the registry. */
  readonly waitMs: number
  readonly signal: AbortSignal
  onProgress?(progress: SyncProgress): void
}

export type PassOutcome = {
  /** What was sent to the registry for it. */
  readonly requests: number
} & (
  | { readonly kind: 'swept' | 'checked'; readonly problem: null }
  /** Another one is at it. */
  | { readonly kind: 'busy'; readonly problem: null }
  | { readonly kind: 'failed'; readonly problem: SyncProblem }
)

/** The end of a write may be noted a moment later; what is written to for longer is left to the next pass. */
const tries = 4
const clocksApartMs = 60_000
const betweenMs = 250

/** One look at one registry, by one process at a time. What it could not read stays as it was. */
export async function syncOnce(
  context: SyncContext,
  registry: string,
  settings: CatalogSettings,
  wish: PassWish,
): Promise<PassOutcome> {
  const { leases } = context.federation.coordination
  let isOthers = true
  try {
    return await leases.run(`catalog ${registry}`, wish.waitMs, (lost) => {
      isOthers = false
      lost.addEventListener('abort', () => {
        isOthers = true
      })
      return pass(context, registry, settings, { ...wish, signal: AbortSignal.any([wish.signal, lost]) })
    })
  } catch (error) {
    const isBusy = isOthers && (RegistryError.is(error) || error instanceof RegistryFailure)
    if (isBusy && error.code === 'REGISTRY_TIMEOUT') return { kind: 'busy', problem: null, requests: 0 }
    throw error
  }
}

async function pass(
  context: SyncContext,
  registry: string,
  settings: CatalogSettings,
  { fullSince, signal, onProgress = () => {} }: PassWish,
): Promise<PassOutcome> {
  const { store } = context.catalog
  const syncer = randomUUID()
  const state = await store.begin(registry, syncer)
  const right = { id: state.id, registry, syncer }
  let requests = 0
  const countRequests = (sent: number) => {
    requests += sent
  }
  const sync: RegistrySync = { ...context, right, settings, signal, onProgress, countRequests }
  try {
    await store.markLeftBehind(right)
    const isSwept = isSweepDue(state, settings, fullSince) ? true : !(await check(sync, state))
    if (isSwept) await sweep(sync, state.sweep)
    await refreshDirty(sync)
    await readSizes(sync)
    return { kind: isSwept ? 'swept' : 'checked', problem: null, requests }
  } catch (error) {
    if (signal.aborted) throw error
    if (RegistryError.is(error) && error.code === 'CONFLICT') return { kind: 'busy', problem: null, requests }
    const problem = problemOf(error)
    if (problem === null) throw error
    await store.fail(right, problem)
    return { kind: 'failed', problem, requests }
  }
}

/** A sweep that was broken off is brought to its end first: until then nobody knows what it has missed. */
function isSweepDue(
  { sweep, sweptAt }: RegistryState,
  { sweepEveryMs }: CatalogSettings,
  fullSince: number | null,
): boolean {
  if (sweep !== null || sweptAt === null) return true
  // One ahead is of a clock that was wrong.
  const age = Date.now() - sweptAt
  return sweptAt < (fullSince ?? Number.NEGATIVE_INFINITY) || age >= sweepEveryMs || age < -clocksApartMs
}

/** Takes in what the registry can tell of. Answers false when it has to be read whole for that. */
async function check(sync: RegistrySync, state: RegistryState): Promise<boolean> {
  const { catalog, right } = sync
  const startedAt = (await catalog.store.look(right.id)).at
  sync.onProgress({ registry: right.registry, phase: 'changes', taken: 0 })
  const { watermark } = state
  if (state.feed !== null) {
    const followed = await followFeed(sync, state.feed)
    if (followed === null) return false
    await readRuns(sync, { since: startedAt, unfinished: true })
    await catalog.store.finishCheck(right, followed.checkedAt, { watermark, feed: followed.feed })
    return true
  }
  const newer = watermark === null ? null : await readNewer(sync, state, watermark)
  await readRuns(sync, { since: startedAt, unfinished: true })
  await catalog.store.finishCheck(right, null, { watermark: newer, feed: null })
  return true
}

/** What writes have left unclear, and what was being written to while it was read. */
async function refreshDirty(sync: RegistrySync): Promise<void> {
  const { store } = sync.catalog
  for (let left = tries; left > 0; left--) {
    const names = await store.reads.dirtyModels(sync.right.id)
    if (names.length === 0) return
    if (left < tries) await wait(betweenMs, undefined, { signal: sync.signal })
    await refreshModels(sync, names)
    await readRuns(sync, { since: 0, unfinished: true })
  }
}

function problemOf(error: unknown): SyncProblem | null {
  if (error instanceof RegistryFailure) return { code: error.code, message: error.error.message }
  if (RegistryError.is(error)) return { code: error.code, message: error.message }
  return null
}

import {
  type ListPage,
  type ModelOrder,
  type Position,
  RegistryError,
  type VersionKey,
  type VersionOrder,
} from '../../contract/index.ts'
import { RegistryFailure } from '../errors/registry-failure.ts'
import type { RegistrySession } from '../session/registry-session.ts'
import { startOfFeed } from './changes.ts'
import { givenModel, givenVersion } from './given-records.ts'
import { isThere, lookAt, type RegistrySync, readRuns } from './registry-sync.ts'
import type { Look, SweepPhase, SweepPlace, SweepState } from './sync-store.ts'
import { latestUpdate } from './watermark.ts'

/** For one page; a registry that does not give so many in its time is asked for fewer. */
const mostRows = 1000
const fewestRows = 30
const tries = 6
/** Of a whole registry; one that has more may have no end. */
const mostRowsOfSweep = 10_000_000
/** Lists that move hide some from whoever reads on; who hides more does not tell what it has. */
const mostHidden = 2000
/** Each may be a request of its own. */
const keysAtOnce = 50

const byName: readonly ModelOrder[] = [{ field: 'name', direction: 'asc' }]
const byNameAndVersion: readonly VersionOrder[] = [
  { field: 'model', direction: 'asc' },
  { field: 'version', direction: 'asc' },
]

const phases: readonly SweepPhase[] = ['models', 'versions', 'gone', 'runs']

/**
 * Reads the whole registry. One that was broken off goes on where it was. Nothing is taken for gone because a list does
 * not show it: lists move under whoever reads them. The registry is asked for it by name, and has to say so.
 */
export async function sweep(sync: RegistrySync, underWay: SweepState | null): Promise<void> {
  const { catalog, right } = sync
  const { touch } = await catalog.store.look(right.id)
  const state = underWay ?? (await begin(sync))
  for (const phase of phases.slice(phases.indexOf(state.phase))) {
    const place = phase === state.phase ? state.place : null
    await parts[phase](sync, place, state)
  }
  await catalog.store.finishSweep(right, { startedAt: state.startedAt, touch })
}

async function begin(sync: RegistrySync): Promise<SweepState> {
  const feed = await startOfFeed(sync)
  const watermark = feed === null ? await latestUpdate(sync) : null
  return sync.catalog.store.startSweep(sync.right, { feed, watermark })
}

type Part = (sync: RegistrySync, place: SweepPlace | null, state: SweepState) => Promise<void>

const parts: Readonly<Record<SweepPhase, Part>> = {
  models: (sync, place, state) =>
    readAll(
      sync,
      'models',
      { from: place, before: state.taken },
      (registry, { after, continuation, limit }) =>
        registry.listModels({
          filter: null,
          order: byName,
          includeArchived: true,
          after,
          continuation,
          limit,
        }),
      (model) => ({ name: model.name, version: null }),
      (look, models, place) =>
        sync.catalog.store.takeModels(sync.right, look, models.map(givenModel), { phase: 'models', place }),
    ),

  versions: (sync, place, state) =>
    readAll(
      sync,
      'versions',
      { from: place, before: state.taken },
      (registry, { after, continuation, limit }) =>
        registry.listVersions({
          filter: null,
          order: byNameAndVersion,
          includeArchived: true,
          after,
          continuation,
          limit,
        }),
      ({ modelName: name, version }) => ({ name, version }),
      (look, versions, place) =>
        sync.catalog.store.takeVersions(sync.right, look, versions.map(givenVersion), {
          phase: 'versions',
          place,
        }),
    ),

  gone: async (sync, _, { startedAt }) => {
    await sync.catalog.store.takeModels(sync.right, { at: startedAt, touch: 0 }, [], {
      phase: 'gone',
      place: null,
    })
    await askForUnseenModels(sync, startedAt)
    await askForUnseenVersions(sync, startedAt)
  },

  runs: (sync, place, { startedAt }) =>
    readRuns(sync, { since: startedAt, unfinished: false, after: place?.name ?? '' }),
}

interface PageWish {
  readonly after: Position | null
  readonly continuation: string | null
  readonly limit: number
}

/** All pages of a list, from a place on. */
async function readAll<Row>(
  sync: RegistrySync,
  phase: SweepPhase,
  { from, before }: { readonly from: SweepPlace | null; readonly before: number },
  list: (registry: RegistrySession, wish: PageWish) => Promise<ListPage<Row, unknown>>,
  placeOf: (row: Row) => SweepPlace,
  take: (look: Look, rows: readonly Row[], place: SweepPlace | null) => Promise<void>,
): Promise<void> {
  let limit = mostRows
  let failures = 0
  let taken = 0
  let continuation: string | null = null
  const after = from && toPosition(from)
  do {
    const wish: PageWish = { after: continuation === null ? after : null, continuation, limit }
    try {
      const { look, found } = await lookAt(sync, (registry) => list(registry, wish))
      failures = 0
      continuation = found.continuation
      const last = found.items.at(-1)
      // Without an order there is no place to go on from.
      await take(look, found.items, found.ordered && last !== undefined ? placeOf(last) : from)
      taken += found.items.length
      sync.onProgress({ registry: sync.right.registry, phase, taken })
      if (continuation === null) return
      if (before + taken > mostRowsOfSweep) await giveUp(sync, hasNoEnd(sync.right.registry))
    } catch (error) {
      if (!isSlow(error) || ++failures >= tries || sync.signal.aborted) throw error
      limit = Math.max(fewestRows, Math.floor(limit / 3))
    }
  } while (continuation !== null || failures > 0)
}

/** From there it would come no further. */
async function giveUp({ catalog, right }: RegistrySync, why: RegistryError): Promise<never> {
  await catalog.store.giveUpSweep(right)
  throw why
}

function hides(registry: string): RegistryError {
  return new RegistryError(
    'REGISTRY_ERROR',
    `The lists of "${registry}" leave out more than ${mostHidden} rows that it has when it is asked for them by name; nothing is taken for gone.`,
  )
}

function hasNoEnd(registry: string): RegistryError {
  return new RegistryError(
    'LIMIT_EXCEEDED',
    `"${registry}" has more than ${mostRowsOfSweep} rows, which are not read into the catalog; leave it out with \`catalog: false\`.`,
  )
}

/** What it did not give in its time it may give in smaller parts; a part that is too large likewise. */
function isSlow(error: unknown): boolean {
  return (
    error instanceof RegistryFailure &&
    (error.code === 'REGISTRY_TIMEOUT' || error.code === 'LIMIT_EXCEEDED' || error.code === 'REGISTRY_ERROR')
  )
}

function toPosition({ name, version }: SweepPlace): Position {
  const values = version === null ? [name] : [name, version]
  return { values, name, version, hint: null }
}

async function askForUnseenModels(sync: RegistrySync, since: number): Promise<void> {
  const { catalog, right } = sync
  let after: string | null = null
  let hidden = 0
  for (;;) {
    const names: readonly string[] = await catalog.store.reads.unseenModels(right.id, since, after)
    if (names.length === 0) return
    for (let start = 0; start < names.length; start += keysAtOnce) {
      const some = names.slice(start, start + keysAtOnce)
      const { look, found } = await lookAt(sync, (registry) => registry.reads.models(some))
      const gone = some.filter((_, index) => found[index] === null)
      await catalog.store.takeAway(right, look, { models: gone, versions: [] })
      const there = found.filter(isThere)
      await catalog.store.takeModels(right, look, there.map(givenModel), null)
      hidden += there.length
      if (hidden > mostHidden) await giveUp(sync, hides(right.registry))
    }
    after = names.at(-1) ?? null
  }
}

async function askForUnseenVersions(sync: RegistrySync, since: number): Promise<void> {
  const { catalog, right } = sync
  let after = 0
  let hidden = 0
  for (;;) {
    const keys: readonly (VersionKey & { readonly id: number })[] = await catalog.store.reads.unseenVersions(
      right.id,
      since,
      after,
    )
    if (keys.length === 0) return
    for (let start = 0; start < keys.length; start += keysAtOnce) {
      const some = keys.slice(start, start + keysAtOnce)
      const { look, found } = await lookAt(sync, (registry) => registry.reads.versions(some))
      const gone = some.filter((_, index) => found[index] === null)
      await catalog.store.takeAway(right, look, { models: [], versions: gone })
      const there = found.filter(isThere)
      await catalog.store.takeVersions(right, look, there.map(givenVersion), null)
      hidden += there.length
      if (hidden > mostHidden) await giveUp(sync, hides(right.registry))
    }
    after = keys.at(-1)?.id ?? after
  }
}

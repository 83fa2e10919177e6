import { type ListPage, type Position, RegistryError } from '../../contract/index.ts'
import type { SweepPhase, SweepPlace, SweepStep } from '../../stores/registry-state.ts'
import type { Look } from '../../stores/sync-store.ts'
import { RegistryFailure } from '../errors/registry-failure.ts'
import type { RegistrySession } from '../session/registry-session.ts'
import { giveUpSweep, lookAt, type RegistrySync } from './registry-sync.ts'

/** For one page; a registry that does not give so many in its time is asked for fewer. */
const mostRows = 1000
const fewestRows = 30
const tries = 6
/** Of a whole registry; one that has more may have no end. */
const mostRowsOfSweep = 10_000_000

interface PageWish {
  readonly after: Position | null
  readonly continuation: string | null
  readonly limit: number
}

/** A list that is read from its beginning to its end. */
export interface WholeList<Row> {
  readonly phase: SweepPhase
  list(registry: RegistrySession, wish: PageWish): Promise<ListPage<Row, unknown>>
  placeOf(row: Row): SweepPlace
  take(sync: RegistrySync, look: Look, rows: readonly Row[], step: SweepStep): Promise<void>
}

/** All pages of a list, from a place on; `before`: how many rows were taken in until there. */
export async function readAll<Row>(
  sync: RegistrySync,
  { phase, list, placeOf, take }: WholeList<Row>,
  { from, before }: { readonly from: SweepPlace | null; readonly before: number },
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
      const place = found.ordered && last !== undefined ? placeOf(last) : from
      await take(sync, look, found.items, { phase, place })
      taken += found.items.length
      sync.onProgress({ registry: sync.right.registry, phase, taken })
      if (continuation === null) return
      if (before + taken > mostRowsOfSweep) await giveUpSweep(sync, hasNoEnd(sync.right.registry))
    } catch (error) {
      if (!isSlow(error) || ++failures >= tries || sync.signal.aborted) throw error
      limit = Math.max(fewestRows, Math.floor(limit / 3))
    }
  } while (continuation !== null || failures > 0)
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

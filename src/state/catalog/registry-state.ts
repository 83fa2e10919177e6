import type { CatalogRegistryRow } from './tables.ts'

/** How far one registry is known. Times are epoch milliseconds. */
export interface RegistryState {
  readonly id: number
  readonly name: string
  readonly hasTimeless: boolean
  /** Of the sweep under way. */
  readonly sweep: SweepState | null
  readonly knownSince: number | null
  readonly sweptAt: number | null
  readonly sweptUntil: number | null
  readonly checkedAt: number | null
  readonly watermark: number | null
  readonly feed: string | null
  /** Not everything after that is known: a write is under way, or was left behind by a process that is gone. */
  readonly unclearSince: number | null
  /** Whether somebody has written who is gone, and it is not read yet what. */
  readonly isLeftBehind: boolean
  readonly failedAt: number | null
  readonly problem: SyncProblem | null
}

export type SweepPhase = 'models' | 'versions' | 'gone' | 'runs'

export interface SweepState {
  readonly startedAt: number
  readonly phase: SweepPhase
  readonly place: SweepPlace | null
  readonly taken: number
}

/** The last row that was taken in, in the order of names and versions. */
export interface SweepPlace {
  readonly name: string
  readonly version: string | null
}

export interface SyncProblem {
  readonly code: string
  readonly message: string
}

/** Of one that nobody has asked yet. */
export const noState = {
  touch: 0,
  timeless: 0,
  phase: null,
  place: null,
  taken: 0,
  sweep_started_at: null,
  known_since: null,
  swept_at: null,
  swept_until: null,
  checked_at: null,
  watermark: null,
  feed: null,
  failed_at: null,
  problem: null,
}

export interface Unclear {
  readonly since: number | null
  readonly isLeftBehind: boolean
}

export function toState(
  row: { readonly id: number } & Omit<CatalogRegistryRow, 'id'>,
  unclear: Unclear = { since: null, isLeftBehind: false },
): RegistryState {
  const { id, name, phase, place } = row
  return {
    id,
    name,
    hasTimeless: row.timeless === 1,
    sweep:
      phase === null || row.sweep_started_at === null
        ? null
        : {
            startedAt: row.sweep_started_at,
            phase: phase as SweepPhase,
            place: place === null ? null : (JSON.parse(place) as SweepPlace),
            taken: row.taken,
          },
    knownSince: row.known_since,
    sweptAt: row.swept_at,
    sweptUntil: row.swept_until,
    checkedAt: row.checked_at,
    watermark: row.watermark,
    feed: row.feed,
    unclearSince: unclear.since,
    isLeftBehind: unclear.isLeftBehind,
    failedAt: row.failed_at,
    problem: row.problem === null ? null : (JSON.parse(row.problem) as SyncProblem),
  }
}

import type { RegistryState, SweepPhase, SweepPlace, SyncProblem } from '../../stores/registry-state.ts'
import type { CatalogRegistryRow } from './tables.ts'

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

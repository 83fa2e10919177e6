/** How far one registry is known. Times are epoch milliseconds. */
export interface RegistryState {
  readonly id: number
  readonly name: string
  /** Whether some rows have no times. */
  readonly hasTimeless: boolean
  /** Of the sweep under way. */
  readonly sweep: SweepState | null
  /** When the first sweep ended: since then every change is noted. */
  readonly knownSince: number | null
  /** When the last finished sweep began, and when it ended. */
  readonly sweptAt: number | null
  readonly sweptUntil: number | null
  /** When the last pass began that has seen every change before it. */
  readonly checkedAt: number | null
  /** The registry's own latest time of a change that was taken in. */
  readonly watermark: number | null
  /** Where its feed of changes goes on. */
  readonly feed: string | null
  /** Not everything after that is known: a write is under way, or was left behind by a process that is gone. */
  readonly unclearSince: number | null
  /** Whether somebody has written who is gone, and it is not read yet what. */
  readonly isLeftBehind: boolean
  readonly failedAt: number | null
  /** Why the last sync failed; null: it did not. */
  readonly problem: SyncProblem | null
}

export type SweepPhase = 'models' | 'versions' | 'gone' | 'runs'

export interface SweepState {
  readonly startedAt: number
  readonly phase: SweepPhase
  readonly place: SweepPlace | null
  /** How many rows it has taken in so far. */
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

/** Where a sweep has come with what is taken in. */
export type SweepStep = Pick<SweepState, 'phase' | 'place'>

/** The part of the catalog that is one registry's. */
export type RegistryPart = Pick<RegistryState, 'id' | 'hasTimeless'>

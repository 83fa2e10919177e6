import type { ModelRecord, ModelVersionRecord, Outcome, RunRecord, VersionKey } from '../../contract/index.ts'

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

/** Who syncs which registry. */
export interface SyncRight {
  readonly id: number
  readonly registry: string
  readonly syncer: string
}

export type SweepStep = Pick<SweepState, 'phase' | 'place'>

/** When a registry was asked, and how much had been written to its part of the catalog by then. */
export interface Look {
  readonly at: number
  readonly touch: number
}

export interface FoundRun {
  readonly runId: string
  readonly outcome: Outcome<RunRecord>
}

export interface Passed {
  readonly watermark: number | null
  readonly feed: string | null
}

/** Whole models: all their versions, and those that are not there any more. */
export interface WholeModels {
  readonly models: readonly ModelRecord[]
  readonly versions: readonly ModelVersionRecord[]
  readonly goneModels: readonly string[]
}

/** What syncs ask of what is kept. */
export interface SyncReads {
  counts(id: number): Promise<{ readonly models: number; readonly versions: number }>
  unseenModels(id: number, since: number, after: string | null): Promise<readonly string[]>
  unseenVersions(
    id: number,
    since: number,
    after: number,
  ): Promise<readonly (VersionKey & { readonly id: number })[]>
  runsToRead(
    id: number,
    wanted: { readonly since: number; readonly after: string; readonly unfinished: boolean },
  ): Promise<readonly string[]>
  /** Versions that can be used and whose size nobody knows, the youngest first. */
  versionsToSize(
    id: number,
    wanted: { readonly lookedAtBefore: number; readonly limit: number },
  ): Promise<readonly VersionKey[]>
  dirtyModels(id: number): Promise<readonly string[]>
}

/** Where syncs keep what they read: each call is done wholly, or not at all, as when the right to it is lost. */
export interface SyncStore {
  readonly reads: SyncReads
  states(): Promise<ReadonlyMap<string, RegistryState>>
  begin(registry: string, syncer: string): Promise<RegistryState>
  look(id: number): Promise<Look>
  startSweep(right: SyncRight, passed: Passed): Promise<SweepState>
  takeModels(
    right: SyncRight,
    look: Look,
    records: readonly ModelRecord[],
    step: SweepStep | null,
  ): Promise<void>
  takeVersions(
    right: SyncRight,
    look: Look,
    records: readonly ModelVersionRecord[],
    step: SweepStep | null,
  ): Promise<void>
  takeWhole(right: SyncRight, look: Look, whole: WholeModels): Promise<void>
  takeAway(
    right: SyncRight,
    look: Look,
    gone: { readonly models: readonly string[]; readonly versions: readonly VersionKey[] },
  ): Promise<void>
  takeRuns(right: SyncRight, look: Look, found: readonly FoundRun[], step: SweepStep | null): Promise<void>
  /** Some more of the words that a first sweep has left to its end. Answers how many rows; null: nothing is left. */
  takeWords(right: SyncRight): Promise<number | null>
  /** @param sizeBytes null: it cannot be told. */
  takeSize(right: SyncRight, look: Look, key: VersionKey, sizeBytes: number | null): Promise<void>
  markDirty(model: { readonly registry: string; readonly model: string }): Promise<void>
  markLeftBehind(right: SyncRight): Promise<void>
  /** The next sweep begins anew. */
  giveUpSweep(right: SyncRight): Promise<void>
  finishSweep(right: SyncRight, swept: { readonly startedAt: number; readonly touch: number }): Promise<void>
  finishCheck(right: SyncRight, checkedAt: number | null, passed: Passed): Promise<void>
  fail(right: SyncRight, problem: SyncProblem): Promise<void>
}

import type { ModelRecord, ModelVersionRecord, Outcome, RunRecord, VersionKey } from '../contract/index.ts'
import type { RegistryState, SweepState, SweepStep, SyncProblem } from './registry-state.ts'

/** Who syncs which registry. */
export interface SyncRight {
  readonly id: number
  readonly registry: string
  readonly syncer: string
}

/** When a registry was asked, and how much had been written to its part of the catalog by then. */
export interface Look {
  /** Epoch milliseconds, before the question was sent. */
  readonly at: number
  readonly touch: number
}

/** What was found out of one run. */
export interface FoundRun {
  readonly runId: string
  readonly outcome: Outcome<RunRecord>
}

/** How far a registry has told of its changes. */
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

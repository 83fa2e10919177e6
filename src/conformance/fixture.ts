import type { AliasRecord, RunRecord, TagRecord, VersionStatus } from '../contract/index.ts'

/**
 * A small registry as data: what the author of an adapter loads into the backend before the checks run, by
 * whatever means the backend has. Every model's name begins with {@link prefix}, so a shared server can be used.
 */
export interface ConformanceFixture {
  readonly prefix: string
  readonly models: readonly FixtureModel[]
  readonly runs: readonly RunRecord[]
}

export interface FixtureModel {
  readonly name: string
  readonly description: string | null
  readonly tags: readonly TagRecord[]
  readonly aliases: readonly AliasRecord[]
  readonly archived: boolean
  /** In the order of their numbers, which is the order to create them in. */
  readonly versions: readonly FixtureVersion[]
  /** Left out of what was stored: the backend takes its own time, and the checks ask it for that. */
  readonly createdAt?: Date | null
  readonly updatedAt?: Date | null
}

export interface FixtureVersion {
  readonly version: string
  readonly description: string | null
  readonly tags: readonly TagRecord[]
  /** `"None"` for none; `null` in what was stored where the registry knows no stages. */
  readonly stage: string | null
  readonly archived: boolean
  readonly status: VersionStatus
  readonly statusMessage: string | null
  readonly source: string | null
  /** May name a run that is not in {@link ConformanceFixture.runs}: that run is gone. */
  readonly runId: string | null
  readonly createdBy: string | null
  /** Left out of what was stored: as {@link FixtureModel.createdAt}. */
  readonly createdAt?: Date | null
  readonly updatedAt?: Date | null
}

/** Something of the fixture that the backend cannot hold; shown in the report. */
export interface NotStored {
  /** Such as `the model "a/b"`. */
  readonly what: string
  readonly reason: string
}

/** What the author's `seed` answers. */
export interface SeededFixture {
  /**
   * What stands in the backend now: the fixture without what could not be stored, with the run ids, versions,
   * stages and statuses that the backend gave instead. The checks expect exactly this.
   */
  readonly stored: ConformanceFixture
  readonly notStored: readonly NotStored[]
  /** Takes it all out again; called when the checks are through. */
  readonly remove?: () => Promise<void>
}

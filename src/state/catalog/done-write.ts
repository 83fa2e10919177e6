import type { ModelRecord, ModelVersionRecord } from '../../contract/index.ts'
import type { NewEvent, Written } from './event.ts'
import type { FoundRun } from './take-runs.ts'

/** A write that was done, and what its registry says of what it was done to. */
export interface DoneWrite {
  readonly model: string
  /** In the order in which it came about. */
  readonly written: readonly Written[]
  /** What was read back; `undefined`: it was not. Under the new name where it has one. */
  readonly read: {
    readonly model: ModelRecord | null | undefined
    readonly versions: readonly ModelVersionRecord[]
    readonly runs: readonly FoundRun[]
  }
  readonly by: Pick<NewEvent, 'actor' | 'requestId' | 'comment'>
}

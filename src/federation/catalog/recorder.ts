import type { DoneWrite } from '../../stores/done-write.ts'
import type { Look } from '../../stores/sync-store.ts'

/** Notes the end of a write, its events, and what it has changed of the catalog, in one step. */
export interface Recorder {
  /** Null: the registry is not in the catalog. */
  lookAt(registry: string): Promise<Look | null>
  /** `again`: another write was noted since the look. `early`: one that was done before it is not noted yet. */
  record(
    id: string,
    registry: string,
    how: RecordedHow,
    write: DoneWrite,
  ): Promise<'done' | 'again' | 'early'>
  markDirty(model: { readonly registry: string; readonly model: string }): Promise<void>
}

export interface RecordedHow {
  /** Of before the model was read back; null: it was not. */
  readonly look: Look | null
  /** Whether it may wait for a write that was done before. */
  readonly isPatient: boolean
}

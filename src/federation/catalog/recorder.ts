import type { ModelRecord, ModelVersionRecord } from '../../contract/index.ts'
import type { EventKind } from '../records/event.ts'
import type { FoundRun, Look } from './sync-store.ts'

/** Kinds of what is done to registries, and to who may. */
export type HappeningKind = Extract<
  EventKind,
  `${'MODEL' | 'VERSION' | 'TAG' | 'ALIAS'}_${string}` | 'STAGE_CHANGED' | 'PERMISSION_CHANGED'
>

/** One change that a write has made. */
export interface Happening {
  readonly kind: HappeningKind
  readonly model: string
  /** Of an alias: who holds it now. */
  readonly version: string | null
  /** Of a tag or an alias its name, of a description `description`. */
  readonly key: string | null
  /** Left out where the write does not know: then it is what the catalog had. */
  readonly before?: string | null
  readonly after: string | null
}

export interface DoneWrite {
  readonly model: string
  readonly written: readonly Happening[]
  /** What was read back; undefined: it was not. */
  readonly read: {
    readonly model: ModelRecord | null | undefined
    readonly versions: readonly ModelVersionRecord[]
    readonly runs: readonly FoundRun[]
  }
  readonly by: {
    readonly actor: string | null
    readonly requestId: string | null
    readonly comment: string | null
  }
}

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

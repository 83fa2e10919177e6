import type { ModelRecord, ModelVersionRecord } from '../contract/index.ts'
import type { FoundRun } from './sync-store.ts'

/** What is noted as an event when it happens. */
export type HappeningKind =
  | 'MODEL_CREATED'
  | 'MODEL_UPDATED'
  | 'MODEL_RENAMED'
  | 'MODEL_DELETED'
  | 'VERSION_CREATED'
  | 'VERSION_UPDATED'
  | 'VERSION_DELETED'
  | 'VERSION_COPIED'
  | 'VERSION_STATUS_CHANGED'
  | 'TAG_SET'
  | 'TAG_DELETED'
  | 'ALIAS_SET'
  | 'ALIAS_DELETED'
  | 'STAGE_CHANGED'
  | 'PERMISSION_CHANGED'

/** One change of one thing, whoever made it. */
export interface Happening {
  readonly kind: HappeningKind
  readonly model: string
  /** Of an alias: who holds it now. */
  readonly version: string | null
  /** Of a tag or an alias its name, of a description `description`. */
  readonly key: string | null
  /** An alias's version, a tag's value, a stage, a name; `null` is none. */
  readonly before: string | null
  readonly after: string | null
}

/** What a write through the gateway has changed. `before` is left out where the write does not know. */
export type Written = Omit<Happening, 'before'> & { readonly before?: string | null }

/** What a write may change of a model, or of a version of it. */
export interface WrittenPlace {
  /** Null: of the model. Of a stage, or of what is made: of any version. */
  readonly version: string | null
  readonly what: 'tag' | 'alias' | 'description' | 'stage' | 'made'
  /** Of a tag or an alias its name. */
  readonly key: string | null
}

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
  readonly by: {
    readonly actor: string | null
    readonly requestId: string | null
    readonly comment: string | null
  }
}

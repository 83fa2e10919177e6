import type { TagRecord } from '../../contract/index.ts'
import type { GrantKey } from '../../stores/grant-store.ts'
import type { Grant } from './permission.ts'
import type { ModelReference, VersionReference } from './references.ts'

/** What somebody wants written. Plain data: it can be kept, and carried out later. Called as the mutations are. */
export type Command =
  | CreateModel
  | UpdateModel
  | RenameModel
  | DeleteModel
  | SetModelTags
  | DeleteModelTags
  | CreateModelVersion
  | UpdateModelVersion
  | DeleteModelVersion
  | SetModelVersionTags
  | DeleteModelVersionTags
  | SetAlias
  | DeleteAlias
  | AssignAliasToStage
  | TransitionStage
  | CopyModelVersion
  | SetPermission
  | RemovePermission

export type Operation = Command['operation']

export type Commands = { readonly [C in Command as C['operation']]: C }

export interface CreateModel {
  readonly operation: 'createModel'
  readonly registry: string
  readonly name: string
  readonly description: string | null
  readonly tags: readonly TagRecord[]
  readonly idempotencyKey: string | null
}

export interface UpdateModel {
  readonly operation: 'updateModel'
  readonly model: ModelReference
  /** `''` removes it. */
  readonly description: string
}

export interface RenameModel {
  readonly operation: 'renameModel'
  readonly model: ModelReference
  readonly newName: string
}

export interface DeleteModel {
  readonly operation: 'deleteModel'
  readonly model: ModelReference
}

export interface SetModelTags {
  readonly operation: 'setModelTags'
  readonly model: ModelReference
  readonly tags: readonly TagRecord[]
}

export interface DeleteModelTags {
  readonly operation: 'deleteModelTags'
  readonly model: ModelReference
  readonly keys: readonly string[]
}

export interface CreateModelVersion {
  readonly operation: 'createModelVersion'
  readonly model: ModelReference
  readonly createModel: boolean
  readonly source: string
  readonly runId: string | null
  readonly description: string | null
  readonly tags: readonly TagRecord[]
  readonly idempotencyKey: string | null
}

export interface UpdateModelVersion {
  readonly operation: 'updateModelVersion'
  readonly version: VersionReference
  /** `''` removes it. */
  readonly description: string
}

export interface DeleteModelVersion {
  readonly operation: 'deleteModelVersion'
  readonly version: VersionReference
}

export interface SetModelVersionTags {
  readonly operation: 'setModelVersionTags'
  readonly version: VersionReference
  readonly tags: readonly TagRecord[]
}

export interface DeleteModelVersionTags {
  readonly operation: 'deleteModelVersionTags'
  readonly version: VersionReference
  readonly keys: readonly string[]
}

export interface SetAlias {
  readonly operation: 'setAlias'
  readonly model: ModelReference
  readonly alias: string
  readonly version: string
  readonly expectedVersion: string | null
  readonly onlyIfUnset: boolean
}

export interface DeleteAlias {
  readonly operation: 'deleteAlias'
  readonly model: ModelReference
  readonly alias: string
  readonly expectedVersion: string | null
}

/** To the highest version in the stage, which no version enters or leaves before the alias points there. */
export interface AssignAliasToStage {
  readonly operation: 'assignAliasToStage'
  readonly model: ModelReference
  readonly stage: string
  readonly alias: string
}

export interface TransitionStage {
  readonly operation: 'transitionStage'
  readonly version: VersionReference
  readonly stage: string
  /** Null: as the registry is configured. */
  readonly archiveExisting: boolean | null
  readonly expectedStage: string | null
  /** Why, for the log. */
  readonly comment: string | null
}

export interface CopyModelVersion {
  readonly operation: 'copyModelVersion'
  readonly source: VersionReference
  readonly destination: { readonly registry: string; readonly name: string }
  /** REFERENCE: the copy points to the files of the original. COPY: the files go along. */
  readonly artifacts: 'REFERENCE' | 'COPY'
  /** Besides those of the original, and instead of them where the keys are the same. */
  readonly tags: readonly TagRecord[]
  readonly idempotencyKey: string | null
}

export interface SetPermission extends Grant {
  readonly operation: 'setPermission'
}

export interface RemovePermission extends GrantKey {
  readonly operation: 'removePermission'
}

/** What a command is about, once it is found. */
export interface WriteTarget {
  readonly registry: string
  readonly model: string
  /** Left out where it is about the model, or about a version that is not made yet. */
  readonly version?: string
}

import type { Grant } from './permission.ts'

/** What a write was done to; what it is now is read when somebody asks. */
export interface WrittenModel {
  readonly registry: string
  readonly name: string
  /** Of one that was made under a key, in epoch milliseconds: another one may have its name when that is used again. */
  readonly createdAt?: number
}

export interface WrittenVersion {
  readonly registry: string
  readonly model: string
  readonly version: string
}

export interface MadeVersion extends WrittenVersion {
  readonly createdModel: boolean
  /** See {@link WrittenModel.createdAt}. */
  readonly createdAt?: number
}

export interface WrittenAlias {
  readonly registry: string
  readonly model: string
  readonly alias: string
  readonly previousVersion: string | null
}

export interface WrittenTransition extends WrittenVersion {
  /** The versions of the same model that went to Archived. */
  readonly archived: readonly string[]
  readonly comment: string | null
}

/** What each command answers. Plain data: it may be kept for who asks again. */
export interface Answers {
  readonly createModel: WrittenModel
  readonly updateModel: WrittenModel
  readonly renameModel: WrittenModel
  readonly deleteModel: WrittenModel
  readonly setModelTags: WrittenModel
  readonly deleteModelTags: WrittenModel
  readonly createModelVersion: MadeVersion
  readonly updateModelVersion: WrittenVersion
  readonly deleteModelVersion: WrittenVersion
  readonly setModelVersionTags: WrittenVersion
  readonly deleteModelVersionTags: WrittenVersion
  readonly setAlias: WrittenAlias
  readonly deleteAlias: WrittenAlias
  readonly assignAliasToStage: WrittenAlias
  readonly transitionStage: WrittenTransition
  readonly copyModelVersion: MadeVersion
  readonly setPermission: Grant
  readonly removePermission: Grant
}

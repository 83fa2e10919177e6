import type { AliasKey, Call, VersionKey } from './reads.ts'
import type { TagRecord } from './records.ts'

/**
 * Writes. Each either does the whole of what it says or throws a {@link RegistryError}: NOT_FOUND for what is not
 * there, ALREADY_EXISTS for a name that is taken, BAD_USER_INPUT with the rule in words for what the backend refuses.
 * Whatever else is asked of the same backend afterwards finds the write done.
 *
 * Where `levels.compareAndSet` is NONE, no other write of the gateway, nor of others on its database, goes to the same
 * model or one of its versions until this one has ended. Those who call an adapter without a gateway do not wait.
 *
 * The gateway has checked names, aliases, tags, descriptions and stages against the {@link RegistryDescription} before
 * it calls, has found the versions that `models:` URIs name to be there, and never repeats a call whose outcome it does not know. A write that
 * the backend cannot do at all is left out where that may be; the gateway answers UNSUPPORTED for it.
 */
export interface RegistryWrites {
  readonly models: ModelWrites
  readonly versions: VersionWrites
  readonly aliases?: AliasWrites
  readonly stages?: StageWrites
}

export interface NewModel {
  readonly name: string
  readonly description: string | null
  /** Each key once. */
  readonly tags: readonly TagRecord[]
  /** See {@link NewVersion.idempotencyKey}. */
  readonly idempotencyKey: string | null
}

export interface ModelWrites {
  create(model: NewModel, call: Call): Promise<void>
  /** `null` removes it. Left out where the description of a model cannot be changed. */
  describe?(name: string, description: string | null, call: Call): Promise<void>
  /** Sets these keys, each of them once, and leaves the others. Left out where the tags of a model cannot be changed. */
  setTags?(name: string, tags: readonly TagRecord[], call: Call): Promise<void>
  /** A key that is not there is no error. There where `setTags` is. */
  deleteTags?(name: string, keys: readonly string[], call: Call): Promise<void>
  /** With its versions, tags and aliases. Left out where models cannot be renamed. */
  rename?(name: string, newName: string, call: Call): Promise<void>
  /** With all its versions. Left out where models cannot be deleted. */
  delete?(name: string, call: Call): Promise<void>
  /**
   * Takes back what {@link create} made under this key, and frees the key, in one step for everybody: only while the
   * model is as it was made, with the same description and tags, and no version was ever made of it. Answers whether
   * nothing of it is left; what somebody has changed stays, and what others made under that name.
   *
   * Left out where the backend cannot look and delete in one step, or keeps no keys. The gateway then looks and
   * deletes while none of its other writers may write to the model.
   */
  takeBack?(name: string, idempotencyKey: string, call: Call): Promise<boolean>
}

export interface NewVersion {
  /** Is there. */
  readonly model: string
  /**
   * `runs:/RUN/PATH`, `models:/NAME/VERSION` of the same registry, the URI of the place where the files are, or one
   * that {@link VersionWrites.takesSource} holds. It reads back as it was given, `runs:/RUN/PATH` also by the backend's
   * own URI of the same thing; of a `models:/NAME/VERSION` the copy has the files, and the run when `runId` is `null`.
   */
  readonly source: string
  readonly runId: string | null
  readonly description: string | null
  /** Each key once. Empty where `levels.tags` is NONE. */
  readonly tags: readonly TagRecord[]
  /**
   * Only for an adapter whose {@link VersionWrites.keepsNotes} is true: what the gateway notes of a copy, each key once.
   * They are no tags and no part of the description: they stay as they are, and no other read or write shows them.
   */
  readonly notes?: readonly TagRecord[]
  /**
   * Unique to one wish of one caller. Only a registry whose `levels.idempotency` is NATIVE heeds it: it keeps the key
   * for a day at least, together with what was made, and answers the same key the same without making anything, also
   * when what was made is gone by then. With a key that was used for something else it throws IDEMPOTENCY_KEY_REUSED.
   * A write that was refused, or taken back, frees its key. For all others the gateway looks whether the thing is there
   * before it asks again.
   */
  readonly idempotencyKey: string | null
}

export interface VersionWrites {
  /** Answers the new version. A version is given once, also when the one that had it was deleted. */
  create(version: NewVersion, call: Call): Promise<string>
  /**
   * Whether a `models:` URI that names no version is one of the backend's own, such as MLflow's `models:/m-…` of a
   * logged model. It is given to {@link create} as it is. Left out, no such URI is taken.
   */
  takesSource?(source: string): boolean
  /** `null` removes it. Left out where the description of a version cannot be changed. */
  describe?(key: VersionKey, description: string | null, call: Call): Promise<void>
  /**
   * True: the registry has a place for what the gateway notes of a copy - a property, a part of the description - and
   * {@link NewVersion.notes} come back in every {@link ModelVersionRecord.notes}. Left out, the notes are among the
   * tags; where there is no `setTags` either, the gateway keeps them in its own database.
   */
  readonly keepsNotes?: boolean
  /** Sets these keys, each of them once, and leaves the others. Left out where the tags of a version cannot be changed. */
  setTags?(key: VersionKey, tags: readonly TagRecord[], call: Call): Promise<void>
  /** A key that is not there is no error. There where `setTags` is. */
  deleteTags?(key: VersionKey, keys: readonly string[], call: Call): Promise<void>
  /** With its tags and aliases. Left out where versions cannot be deleted. */
  delete?(key: VersionKey, call: Call): Promise<void>
}

/**
 * What has to be true for a write to happen, else it throws CONFLICT with what is there as `current`. `undefined`:
 * anything. Where `levels.compareAndSet` is NATIVE, look and write are one step for everybody. Elsewhere the adapter
 * looks and then writes, and the gateway lets no other writer of its own come in between.
 */
export type Expected<T> = T | undefined

export interface AliasMove {
  /** Who held it before; `null`: nobody did. */
  readonly previous: string | null
}

export interface AliasWrites {
  /**
   * Points the alias to a version, wherever it pointed before.
   *
   * @param expected the version that has to hold it now; `null`: nobody may.
   */
  set(key: AliasKey, version: string, expected: Expected<string | null>, call: Call): Promise<AliasMove>
  /** An alias that is not there is no error, unless a holder is expected. */
  delete(key: AliasKey, expected: Expected<string>, call: Call): Promise<AliasMove>
}

export interface StageTransition {
  /** One of {@link RegistryDescription.stages}, spelled like there. */
  readonly stage: string
  /**
   * Moves every other version of that stage to Archived; `true` only where that is one of the stages. `null`: as the
   * registry is configured.
   */
  readonly archiveExisting: boolean | null
  /** The stage the version has to be in now, spelled like there. */
  readonly expected: Expected<string>
}

export interface StageMove {
  /** The versions that went to Archived. */
  readonly archived: readonly string[]
  /** The stage it was in before, spelled like there; for the log. Left out where the adapter has not seen it. */
  readonly previous?: string
}

export interface StageWrites {
  transition(key: VersionKey, transition: StageTransition, call: Call): Promise<StageMove>
}

export interface NewCopy {
  readonly source: VersionKey
  /** The destination, which is there. */
  readonly model: string
  readonly description: string | null
  /** All that the copy has to have. */
  readonly tags: readonly TagRecord[]
  /** See {@link NewVersion.notes}. */
  readonly notes?: readonly TagRecord[]
  /** See {@link NewVersion.idempotencyKey}. */
  readonly idempotencyKey: string | null
}

/**
 * The registry's own way to copy a version within itself. Without it the gateway makes a version whose source is the
 * `models:/NAME/VERSION` URI of the original, which is how MLflow copies (RFC 0009 of mlflow, `copy_model_version`).
 */
export interface CopyWrites {
  /** Answers the new version, whose source reads back as `models:/NAME/VERSION` of the original. */
  copy(copy: NewCopy, call: Call): Promise<string>
}

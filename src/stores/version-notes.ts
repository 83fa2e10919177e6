import type { TagRecord, VersionKey } from '../contract/index.ts'

/** What is noted of a version that is made, before it has a number: the source that it is made from tells which it is. */
export interface NewNotes {
  readonly id: string
  readonly registry: string
  readonly model: string
  readonly source: string
  readonly notes: readonly TagRecord[]
}

export interface VersionNote extends Omit<NewNotes, 'registry'> {
  /** `null`: nobody has heard how the write ended. */
  readonly version: string | null
}

/** Of versions in registries that have no place for what the gateway notes of a copy. Known to this gateway only. */
export interface VersionNotes {
  note(notes: NewNotes): Promise<void>
  settle(id: string, version: string): Promise<void>
  forget(id: string): Promise<void>
  /** Those of these versions, and of their models those of no version yet. */
  find(registry: string, keys: readonly VersionKey[]): Promise<readonly VersionNote[]>
  renameModel(registry: string, model: string, newName: string): Promise<void>
  forgetModel(registry: string, model: string): Promise<void>
  forgetVersion(registry: string, key: VersionKey): Promise<void>
}

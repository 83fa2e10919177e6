import { randomUUID } from 'node:crypto'
import {
  type ModelVersionRecord,
  RegistryError,
  type TagRecord,
  type VersionKey,
} from '../../contract/index.ts'
import type { VersionNote, VersionNotes } from '../../stores/version-notes.ts'

/** A version that is going to be, without the gateway's own tags. */
interface Wish {
  readonly model: string
  readonly source: string
}

/** Where the gateway's own tags of a version are kept, when not among its tags. */
export interface NotesPlace {
  /** Makes the version, with the notes where the adapter takes them. */
  make(wish: Wish, notes: readonly TagRecord[], create: (own: OwnNotes) => Promise<string>): Promise<string>
  /** The notes among the tags. */
  read(records: readonly ModelVersionRecord[]): Promise<readonly ModelVersionRecord[]>
  renameModel(model: string, newName: string): Promise<void>
  forgetModel(model: string): Promise<void>
  forgetVersion(key: VersionKey): Promise<void>
}

/** As they stand in what the adapter is given. */
interface OwnNotes {
  readonly notes?: readonly TagRecord[]
}

const nothing = async () => {}

export const notesInRegistry: NotesPlace = {
  make: (_, notes, create) => create({ notes }),
  read: async (records) => records.map((record) => withNotes(record, record.notes)),
  renameModel: nothing,
  forgetModel: nothing,
  forgetVersion: nothing,
}

export class NotesInDatabase implements NotesPlace {
  readonly #registry: string
  readonly #notes: VersionNotes

  constructor(registry: string, notes: VersionNotes) {
    this.#registry = registry
    this.#notes = notes
  }

  /** Noted before the version is made: a gateway that ends in between leaves no copy whose origin nobody knows. */
  async make(
    { model, source }: Wish,
    notes: readonly TagRecord[],
    create: (own: OwnNotes) => Promise<string>,
  ): Promise<string> {
    const id = randomUUID()
    await this.#notes.note({ id, registry: this.#registry, model, source, notes })
    try {
      const version = await create({})
      // What is not settled is found by its source, too.
      await this.#notes.settle(id, version).catch(nothing)
      return version
    } catch (error) {
      if (RegistryError.is(error) && error.nothingWritten) await this.#notes.forget(id).catch(nothing)
      throw error
    }
  }

  async read(records: readonly ModelVersionRecord[]): Promise<readonly ModelVersionRecord[]> {
    if (records.length === 0) return records
    const keys = records.map(({ modelName, version }) => ({ model: modelName, version }))
    const found = await this.#notes.find(this.#registry, keys)
    if (found.length === 0) return records
    const ofModels = Map.groupBy(found, ({ model }) => model)
    return records.map((record) => withNotes(record, notesOf(record, ofModels.get(record.modelName) ?? [])))
  }

  renameModel(model: string, newName: string): Promise<void> {
    return this.#notes.renameModel(this.#registry, model, newName)
  }

  forgetModel(model: string): Promise<void> {
    return this.#notes.forgetModel(this.#registry, model)
  }

  forgetVersion(key: VersionKey): Promise<void> {
    return this.#notes.forgetVersion(this.#registry, key)
  }
}

/** A version under the same name and number that was made from something else is another one. */
function notesOf(
  record: ModelVersionRecord,
  found: readonly VersionNote[],
): readonly TagRecord[] | undefined {
  const same = found.filter(({ source }) => source === record.source)
  const own =
    same.find(({ version }) => version === record.version) ?? same.find(({ version }) => version === null)
  return own?.notes
}

function withNotes(record: ModelVersionRecord, notes: readonly TagRecord[] = []): ModelVersionRecord {
  return notes.length === 0 ? record : { ...record, tags: [...record.tags, ...notes] }
}

import type { ModelFilter, VersionFilter } from '../contract/index.ts'
import type { FieldText } from './word-document.ts'

/** One of the words that a document may have. */
export interface WantedWord {
  readonly text: string
  /** Whether it is enough that a word begins so. */
  readonly isBeginning: boolean
}

/** Which documents: those that have one of each of the groups. */
export interface WordCondition {
  readonly groups: readonly (readonly WantedWord[])[]
  /** In how many of the groups it is enough to have none. */
  readonly missing: 0 | 1
}

/** What is searched of one registry. */
export interface SearchedPart {
  readonly id: number
  readonly hasTimeless: boolean
  /** What a model has to be called; null: anything. */
  readonly names: ModelFilter | null
  /** Of versions. */
  readonly where: VersionFilter | null
}

export interface DocumentQuery {
  readonly condition: WordCondition
  readonly parts: readonly SearchedPart[]
  readonly includeArchived: boolean
  /** More are not given; which ones are is open. */
  readonly limit: number
}

/** A model, or a version, that has the words. */
export interface FoundDocument {
  readonly id: number
  readonly registryId: number
  readonly model: string
  /** Null: it is the model itself. */
  readonly version: string | null
  readonly isArchived: boolean
  /** See `WordDocument.words`; null of a version, whose words are asked for when it is to be ranked. */
  readonly words: string | null
}

export interface FoundVersions {
  readonly documents: readonly FoundDocument[]
  /** What is left of the filter of each registry, by its id. */
  readonly residues: ReadonlyMap<number, VersionFilter>
}

/** What a document was made of. */
export interface TextsOfDocument {
  readonly id: number
  readonly texts: readonly FieldText[]
}

export interface WordRange {
  /** The first letter. */
  readonly first: string
  /** How many letters they have, both included. */
  readonly shortest: number
  readonly longest: number
  /** These too, whatever they begin with. */
  readonly among: readonly string[]
}

/**
 * Finds documents by their words, as `words/to-words` makes them; which are best is told by the gateway, so that each
 * engine gives the same hits in the same order. What the caller may not see is given by none.
 */
export interface WordIndex {
  models(query: DocumentQuery): Promise<readonly FoundDocument[]>
  versions(query: DocumentQuery): Promise<FoundVersions>
  /** See `WordDocument.words`, by the ids of versions. */
  wordsOfVersions(ids: readonly number[]): Promise<ReadonlyMap<number, string>>
  texts(kind: 'model' | 'version', ids: readonly number[]): Promise<readonly TextsOfDocument[]>
  /** Words that documents have, or had, also such as nobody who asks may see. */
  words(range: WordRange): Promise<readonly string[]>
  /** Registries, by their ids, of which not all is in it yet. */
  unfinished(): Promise<ReadonlySet<number>>
}

/** Where nothing is kept, nothing is found. */
export const noWordIndex: WordIndex = {
  models: async () => [],
  versions: async () => ({ documents: [], residues: new Map() }),
  wordsOfVersions: async () => new Map(),
  texts: async () => [],
  words: async () => [],
  unfinished: async () => new Set(),
}

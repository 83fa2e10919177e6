import { defineTables } from '../../table-room.ts'
import type { CatalogTables } from '../tables.ts'
import { createSearchMigration } from './0017-search.ts'

/** What is kept to find and rank models and versions by words; beside it, on SQLite, the indexes `search_…_index`. */
export interface SearchTables extends CatalogTables {
  readonly search_model: SearchModelRow
  readonly search_version: SearchVersionRow
  readonly search_word: SearchWordRow
  readonly search_backlog: SearchBacklogRow
}

/** By the id of the model. On PostgreSQL there is `tokens` too. */
export interface SearchModelRow {
  id: number
  /** See `WordDocument.words`. */
  words: string
}

/** On PostgreSQL, by the id of the version, with its `tokens`. */
export interface SearchVersionRow {
  id: number
}

/** What is looked through for what somebody may have meant. Words whose last text is gone stay. */
export interface SearchWordRow {
  length: number
  word: string
}

/** Registries of which something is not taken in yet, as it was there before there was an index. */
export interface SearchBacklogRow {
  registry_id: number
  models_after: number
  versions_after: number
}

export const searchTables = defineTables<SearchTables>({ '0017-search': createSearchMigration })

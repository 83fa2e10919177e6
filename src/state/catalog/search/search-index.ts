import { type SqlBool, sql } from 'kysely'
import type { ModelFilter, VersionFilter } from '../../../contract/index.ts'
import type {
  DocumentQuery,
  FoundDocument,
  FoundVersions,
  TextsOfDocument,
  WordCondition,
  WordIndex,
  WordRange,
} from '../../../words/word-index.ts'
import type { GatewayDatabase } from '../../database.ts'
import { allOf, anyOf } from '../../lists/condition.ts'
import { pushDown } from '../../lists/pushdown.ts'
import type { SqlCondition } from '../../sql-functions.ts'
import { toModelCondition, toVersionCondition } from '../catalog-conditions.ts'
import { type DocumentTable, matching } from './match-expression.ts'
import { type DocumentSource, textsInModel, textsOfModels, textsOfVersions } from './search-documents.ts'
import { type SearchTables, searchTables } from './tables.ts'
import { versionDocuments } from './write-documents.ts'

/** Documents by words: an index of words in the gateway's own database. Which are best is not its business. */
export class SearchIndex implements WordIndex {
  readonly #database: GatewayDatabase<SearchTables>
  readonly #isOwnTag: (key: string) => boolean

  constructor(database: GatewayDatabase, isOwnTag: (key: string) => boolean) {
    this.#database = searchTables.in(database)
    this.#isOwnTag = isOwnTag
  }

  async models({ condition, parts, includeArchived, limit }: DocumentQuery): Promise<FoundDocument[]> {
    const { functions } = this.#database
    const among = parts.map(({ id, names }) => ofRegistry(id, this.#named(functions, names)))
    const rows = await this.#having('search_model', condition)
      .crossJoin('catalog_model as m')
      .crossJoin('search_model as w')
      .whereRef('m.id', '=', 'd.id')
      .whereRef('w.id', '=', 'd.id')
      .where(anyOf(among))
      .$if(!includeArchived, (models) => models.where('m.archived', '=', 0))
      .select(['d.id', 'm.registry_id', 'm.name', 'm.archived', 'w.words'])
      .limit(limit)
      .execute()
    return rows.map((row) => ({
      id: row.id,
      registryId: row.registry_id,
      model: row.name,
      version: null,
      isArchived: row.archived === 1,
      words: row.words,
    }))
  }

  async versions({ condition, parts, includeArchived, limit }: DocumentQuery): Promise<FoundVersions> {
    const { functions } = this.#database
    const residues = new Map<number, VersionFilter>()
    const among = parts.map((part) => {
      const { condition: where, residue } = pushDown(part.where, (leaf) =>
        toVersionCondition(functions, part, leaf),
      )
      if (residue !== null) residues.set(part.id, residue)
      return ofRegistry(part.id, allOf([this.#named(functions, part.names), where]))
    })
    const rows = await this.#having('search_version', condition)
      .crossJoin('catalog_version as v')
      .crossJoin('catalog_model as m')
      .whereRef('v.id', '=', 'd.id')
      .whereRef('m.id', '=', 'v.model_id')
      .where(anyOf(among))
      .$if(!includeArchived, (versions) => versions.where('v.archived', '=', 0))
      .select(['v.id', 'm.registry_id', 'm.name', 'v.version', 'v.archived'])
      // What was made last comes first where that costs nothing: by its words alone PostgreSQL would read all of them.
      .$if(this.#database.kind === 'sqlite', (versions) => versions.orderBy('d.id', 'desc'))
      .limit(limit)
      .execute()
    const documents = rows.map((row) => ({
      id: row.id,
      registryId: row.registry_id,
      model: row.name,
      version: row.version,
      isArchived: row.archived === 1,
      words: null,
    }))
    return { documents, residues }
  }

  async wordsOfVersions(ids: readonly number[]): Promise<ReadonlyMap<number, string>> {
    const documents = await versionDocuments(this.#source, ids)
    return new Map([...documents].map(([id, { words }]) => [id, words]))
  }

  /** What the documents were made of; of a model also what its versions say. */
  async texts(kind: 'model' | 'version', ids: readonly number[]): Promise<readonly TextsOfDocument[]> {
    if (kind === 'version') return textsOfVersions(this.#source, ids)
    const models = await textsOfModels(this.#source, ids)
    const shown = await textsOfVersions(
      this.#source,
      models.flatMap((model) => model.shown),
    )
    const byId = new Map(shown.map((version) => [version.id, version]))
    return models.map((model) => {
      const versions = model.shown.map((id) => byId.get(id)).filter((version) => version !== undefined)
      return { id: model.id, texts: [...model.texts, ...versions.flatMap(textsInModel)] }
    })
  }

  /** Words that any document has, or had: from this letter on, and of these lengths; and those that are named. */
  async words({ first, shortest, longest, among }: WordRange): Promise<string[]> {
    const { queries, functions } = this.#database
    const lengths = Array.from({ length: longest - shortest + 1 }, (_, index) => shortest + index)
    const rows = await queries
      .selectFrom('search_word')
      .select('word')
      .where('length', 'in', lengths)
      .where((eb) =>
        eb.or([
          eb.and([eb('word', '>=', first), eb('word', '<', `${first}\u{10ffff}`)]),
          functions.inTexts(sql.ref('word'), among) as never,
        ]),
      )
      .execute()
    return rows.map(({ word }) => word)
  }

  /** Registries, by their ids, of which something is not taken in yet. */
  async unfinished(): Promise<ReadonlySet<number>> {
    const rows = await this.#database.queries.selectFrom('search_backlog').select('registry_id').execute()
    return new Set(rows.map(({ registry_id }) => registry_id))
  }

  get #source(): DocumentSource {
    const { kind, queries, functions } = this.#database
    return { kind, queries, functions, isOwnTag: this.#isOwnTag }
  }

  /** SQLite takes tables that are crossed in the order in which they stand: the index of words comes first. */
  #having(table: DocumentTable, condition: WordCondition) {
    const { kind, queries } = this.#database
    return queries.selectFrom(sql<{ id: number }>`(${matching(kind, table, condition)})`.as('d'))
  }

  #named(functions: GatewayDatabase['functions'], names: ModelFilter | null): SqlCondition {
    return pushDown(names, (leaf) => toModelCondition(functions, leaf)).condition
  }
}

function ofRegistry(id: number, condition: SqlCondition): SqlCondition {
  return sql<SqlBool>`(m.registry_id = ${id} and ${condition})`
}

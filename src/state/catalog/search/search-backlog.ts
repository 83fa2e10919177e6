import type { Kysely } from 'kysely'
import type { GatewayDatabase } from '../../database.ts'
import type { DocumentTable } from './match-expression.ts'
import { type DocumentSource, textsOfModels, textsOfVersions } from './search-documents.ts'
import { type SearchTables, searchTables } from './tables.ts'
import { insertDocuments } from './write-documents.ts'

/** Short enough that a write of somebody waits for it and does not notice. */
const documentsAtOnce = 500
const rowsAtOnce = 2000

/**
 * What was in the catalog before there was an index. It is taken in some rows at a time, each in a transaction with its
 * place, so that it goes on from there after a kill, and several gateways may be at it at once.
 */
export class SearchBacklog {
  readonly #database: GatewayDatabase<SearchTables>
  readonly #isOwnTag: (key: string) => boolean

  constructor(database: GatewayDatabase, isOwnTag: (key: string) => boolean) {
    this.#database = searchTables.in(database)
    this.#isOwnTag = isOwnTag
  }

  /** The registries, by their ids, of which something is left. */
  async left(): Promise<ReadonlySet<number>> {
    const rows = await this.#database.queries.selectFrom('search_backlog').select('registry_id').execute()
    return new Set(rows.map(({ registry_id }) => registry_id))
  }

  /** Takes in some more. Answers how many; null: nothing is left of that registry. */
  async takeSome(registryId: number): Promise<number | null> {
    return this.#database.queries.transaction().execute(async (queries) => {
      // Whoever changes the registry's part of the catalog holds its row, and so keeps what it changes in step.
      await queries
        .updateTable('catalog_registry')
        .set((eb) => ({ touch: eb.ref('touch') }))
        .where('id', '=', registryId)
        .execute()
      const place = await queries
        .selectFrom('search_backlog')
        .selectAll()
        .where('registry_id', '=', registryId)
        .executeTakeFirst()
      if (place === undefined) return null
      const { kind, functions } = this.#database
      const source: DocumentSource = { kind, functions, queries, isOwnTag: this.#isOwnTag }
      const models = await this.#takeNext(source, 'search_model', registryId, place.models_after)
      if (models !== null) return this.#note(queries, registryId, { models_after: models.last }, models.count)
      const versions = await this.#takeNext(source, 'search_version', registryId, place.versions_after)
      if (versions !== null) {
        return this.#note(queries, registryId, { versions_after: versions.last }, versions.count)
      }
      await queries.deleteFrom('search_backlog').where('registry_id', '=', registryId).execute()
      return null
    })
  }

  async #note(
    queries: Kysely<SearchTables>,
    registryId: number,
    place: { readonly models_after?: number; readonly versions_after?: number },
    count: number,
  ): Promise<number> {
    await queries.updateTable('search_backlog').set(place).where('registry_id', '=', registryId).execute()
    return count
  }

  /** What has a document has changed since, and is in step. Ids lead on through other registries' rows. */
  async #takeNext(source: DocumentSource, table: DocumentTable, registryId: number, after: number) {
    const passed = await source.queries
      .selectFrom(table === 'search_model' ? 'catalog_model' : 'catalog_version')
      .select(['id', 'registry_id'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(rowsAtOnce)
      .execute()
    const own = passed.filter(({ registry_id }) => registry_id === registryId).map(({ id }) => id)
    const some = own.slice(0, documentsAtOnce)
    const last = some.length < own.length ? some.at(-1) : passed.at(-1)?.id
    if (last === undefined) return null
    const known = await source.queries
      .selectFrom(table)
      .select('id')
      .where('id', '>', after)
      .where('id', '<=', last)
      .execute()
    const there = new Set(known.map(({ id }) => id))
    const ids = some.filter((id) => !there.has(id))
    const texts =
      table === 'search_model' ? await textsOfModels(source, ids) : await textsOfVersions(source, ids)
    await insertDocuments(source, table, texts)
    return { last, count: some.length }
  }
}

import { type Kysely, sql } from 'kysely'
import type { GatewayDatabase } from '../../database.ts'
import type { DocumentTable } from './match-expression.ts'
import type { DocumentSource } from './search-documents.ts'
import { type SearchTables, searchTables } from './tables.ts'
import { insertDocuments, modelDocuments, versionDocuments } from './write-documents.ts'

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
    const known = await this.#known(source, table, some)
    const ids = some.filter((id) => !known.has(id))
    const made =
      table === 'search_model'
        ? await modelDocuments(source, ids, new Map())
        : await versionDocuments(source, ids)
    await insertDocuments(source, table, made)
    return { last, count: some.length }
  }

  async #known({ kind, queries }: DocumentSource, table: DocumentTable, ids: readonly number[]) {
    const rows =
      kind === 'sqlite'
        ? await sql<{ id: number }>`select rowid as id from ${sql.table(`${table}_index`)}
            where rowid in (select value from json_each(${JSON.stringify(ids)}))`.execute(queries)
        : await sql<{ id: number }>`select id from ${sql.table(table)}
            where id = any(${ids}::bigint[])`.execute(queries)
    return new Set(rows.rows.map(({ id }) => id))
  }
}

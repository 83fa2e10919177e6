import { type Kysely, sql } from 'kysely'
import type { WordDocument } from '../../../words/word-document.ts'
import type { GatewayDatabase } from '../../database.ts'
import type { WordBacklog } from '../catalog-store.ts'
import { type DocumentPart, inParts } from './document-parts.ts'
import type { DocumentTable } from './match-expression.ts'
import { type DocumentSource, textsOfModels } from './search-documents.ts'
import { type SearchTables, searchTables } from './tables.ts'
import {
  insertDocuments,
  modelsRead,
  toModelDocuments,
  versionDocuments,
  versionsRead,
} from './write-documents.ts'

/** Until which model, and which version, the backlog of a registry has come; without any, to all that will ever be. */
export async function comeTo(
  queries: Kysely<SearchTables>,
  registryId: number,
): Promise<{ readonly model: number; readonly version: number }> {
  const place = await queries
    .selectFrom('search_backlog')
    .select(['models_after as model', 'versions_after as version'])
    .where('registry_id', '=', registryId)
    .executeTakeFirst()
  return place ?? { model: Number.POSITIVE_INFINITY, version: Number.POSITIVE_INFINITY }
}

/** Short enough that a write of somebody waits for it and does not notice. */
const modelsAtOnce = 100
const versionsAtOnce = 1000
const rowsAtOnce = 2000

/**
 * What was in the catalog before there was an index, and what first sweeps leave to their end. It is taken in some rows at a
 * time, each in a transaction with its place, so that it goes on from there after a kill, and several gateways may be at
 * it at once.
 */
export class SearchBacklog implements WordBacklog {
  readonly #database: GatewayDatabase<SearchTables>
  readonly #isOwnTag: (key: string) => boolean

  constructor(database: GatewayDatabase, isOwnTag: (key: string) => boolean) {
    this.#database = searchTables.in(database)
    this.#isOwnTag = isOwnTag
  }

  /** The registries, by their ids, of which something is left; a first sweep under way sees to its own. */
  async left(): Promise<ReadonlySet<number>> {
    const rows = await this.#database.queries
      .selectFrom('search_backlog as b')
      .innerJoin('catalog_registry as r', 'r.id', 'b.registry_id')
      .select('b.registry_id')
      .where('r.swept_at', 'is not', null)
      .execute()
    return new Set(rows.map(({ registry_id }) => registry_id))
  }

  /** What is there by now is in step. */
  async open(registryId: number): Promise<void> {
    const { queries } = this.#database
    await queries
      .insertInto('search_backlog')
      .values({
        registry_id: registryId,
        models_after: lastId('catalog_model'),
        versions_after: lastId('catalog_version'),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }

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
      const models = await this.#takeModels(source, registryId, place.models_after)
      if (models !== null) return this.#note(queries, registryId, { models_after: models.last }, models.count)
      const versions = await this.#takeVersions(source, registryId, place.versions_after)
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

  /** With the versions that are shown of them, whose words are theirs too. */
  async #takeModels(source: DocumentSource, registryId: number, after: number) {
    const next = await this.#next(source, 'search_model', registryId, { after, most: modelsAtOnce })
    if (next === null) return null
    const shown = new Map<number, WordDocument>()
    const make = async (ids: readonly number[]) => {
      const models = await textsOfModels(source, ids)
      const versions = await versionDocuments(
        source,
        models.flatMap((model) => model.shown),
      )
      for (const [id, document] of versions) shown.set(id, document)
      return toModelDocuments(models, versions)
    }
    const { documents, last } = await firstPart(next, { atOnce: modelsRead, make })
    await insertDocuments(source, 'search_model', documents)
    const known = await this.#known(source, 'search_version', [...shown.keys()])
    const versions = new Map([...shown].filter(([id]) => !known.has(id)))
    await insertDocuments(source, 'search_version', versions)
    return { last, count: documents.size + versions.size }
  }

  async #takeVersions(source: DocumentSource, registryId: number, after: number) {
    const next = await this.#next(source, 'search_version', registryId, { after, most: versionsAtOnce })
    if (next === null) return null
    const make = (ids: readonly number[]) => versionDocuments(source, ids)
    const { documents, last } = await firstPart(next, { atOnce: versionsRead, make })
    await insertDocuments(source, 'search_version', documents)
    return { last, count: documents.size }
  }

  /** What has a document is in step. Ids lead on through other registries' rows. */
  async #next(
    source: DocumentSource,
    table: DocumentTable,
    registryId: number,
    { after, most }: { readonly after: number; readonly most: number },
  ) {
    const passed = await source.queries
      .selectFrom(table === 'search_model' ? 'catalog_model' : 'catalog_version')
      .select(['id', 'registry_id'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(rowsAtOnce)
      .execute()
    const own = passed.filter(({ registry_id }) => registry_id === registryId).map(({ id }) => id)
    const known = await this.#known(source, table, own)
    const left = own.filter((id) => !known.has(id))
    const ids = left.slice(0, most)
    const last = ids.length < left.length ? ids.at(-1) : passed.at(-1)?.id
    return last === undefined ? null : { ids, last }
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

/** As much as fits into one step. */
async function firstPart(
  { ids, last }: { readonly ids: readonly number[]; readonly last: number },
  how: Parameters<typeof inParts>[1],
): Promise<DocumentPart> {
  const { value: part } = await inParts(ids, how).next()
  if (!part) return { documents: new Map(), last }
  return part.last === ids.at(-1) ? { ...part, last } : part
}

function lastId(table: 'catalog_model' | 'catalog_version') {
  return sql<number>`(select coalesce(max(id), 0) from ${sql.table(table)})`
}

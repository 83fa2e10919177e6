import { type Kysely, sql } from 'kysely'
import { expect } from 'vitest'
import { isReservedTag } from '../../src/federation/records/origin-tags.ts'
import type { DocumentTable } from '../../src/state/catalog/search/match-expression.ts'
import type { DocumentSource } from '../../src/state/catalog/search/search-documents.ts'
import { searchTables } from '../../src/state/catalog/search/tables.ts'
import { modelDocuments, versionDocuments } from '../../src/state/catalog/search/write-documents.ts'
import type { GatewayDatabase } from '../../src/state/database.ts'

/** The index of words has of each model and each version what it would be given now, and nothing else. */
export async function expectIndexInStep(database: GatewayDatabase): Promise<void> {
  const { queries } = searchTables.in(database)
  const source: DocumentSource = {
    ...database,
    queries,
    functions: database.functions,
    isOwnTag: isReservedTag,
  }
  const idsOf = async (table: 'catalog_model' | 'catalog_version') =>
    (await queries.selectFrom(table).select('id').execute()).map(({ id }) => id)
  const models = await modelDocuments(source, await idsOf('catalog_model'), new Map())
  const versions = await versionDocuments(source, await idsOf('catalog_version'))
  const kept = await queries.selectFrom('search_model').selectAll().execute()
  expect(new Map(kept.map(({ id, words }) => [id, words]))).toEqual(
    new Map([...models].map(([id, { words }]) => [id, words])),
  )
  for (const [table, documents] of [
    ['search_model', models],
    ['search_version', versions],
  ] as const) {
    const given = [...documents].map(([id, { tokens }]) => [id, [...new Set(tokens)].sort()] as const)
    const found = await indexedTokens(database, table)
    // Of what has no words SQLite says nothing.
    expect(withTokens([...found])).toEqual(withTokens(given))
  }
}

async function indexedTokens(database: GatewayDatabase, table: DocumentTable) {
  const queries = database.queries as Kysely<unknown>
  if (database.kind === 'postgres') {
    const { rows } = await sql<{ id: number; tokens: string[] }>`
      select id, tsvector_to_array(tokens) as tokens from ${sql.table(table)}`.execute(queries)
    return new Map(rows.map(({ id, tokens }) => [id, [...tokens].sort()]))
  }
  const view = sql.table(`temp.words_of_${table}`)
  await sql`create virtual table if not exists ${view} using fts5vocab(main, ${sql.lit(`${table}_index`)}, 'instance')`.execute(
    queries,
  )
  const { rows } = await sql<{ doc: number; term: string }>`select doc, term from ${view}`.execute(queries)
  const byDocument = Map.groupBy(rows, ({ doc }) => doc)
  return new Map([...byDocument].map(([id, own]) => [id, own.map(({ term }) => term).sort()]))
}

function withTokens(documents: readonly (readonly [number, readonly string[]])[]) {
  return new Map(documents.filter(([, tokens]) => tokens.length > 0))
}

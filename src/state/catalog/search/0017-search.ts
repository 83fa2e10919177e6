import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../../column-types.ts'

/** So many letters of beginnings have an index of their own on SQLite: longer ones lead to few words. */
const beginnings = '2 3'

export function createSearchMigration(types: ColumnTypes): Migration {
  return {
    async up(database) {
      await createDocuments(database, 'search_model', types, true)
      await createDocuments(database, 'search_version', types, false)
      await createRest(database, types)
      // What was there before is taken in by and by; whatever comes from now on is in step at once.
      await sql`insert into search_backlog (registry_id, models_after, versions_after)
        select id, 0, 0 from catalog_registry`.execute(database)
    },
    async down(database) {
      const tables =
        types.tokens === null
          ? ['search_model_index', 'search_model', 'search_version_index']
          : ['search_model', 'search_version']
      for (const table of [...tables, 'search_word', 'search_backlog']) {
        await database.schema.dropTable(table).execute()
      }
    },
  }
}

/**
 * By the id of what they are of. The words are in the index alone; those of models, which most searches rank, stand
 * beside it in their order.
 */
async function createDocuments(
  database: Kysely<unknown>,
  table: string,
  { text, integer, rowId, tokens }: ColumnTypes,
  hasWords: boolean,
): Promise<void> {
  if (tokens === null) {
    const index = sql.table(`${table}_index`)
    await sql`create virtual table ${index} using fts5(words, content='', contentless_delete=1, detail=none,
      tokenize='ascii', prefix=${sql.lit(beginnings)})`.execute(database)
    if (!hasWords) return
  }
  const documents = database.schema
    .createTable(table)
    .addColumn('id', tokens === null ? rowId : integer, (column) => column.primaryKey())
    .$call((created) => (hasWords ? created.addColumn('words', text, (column) => column.notNull()) : created))
  if (tokens === null) return documents.execute()
  await documents.addColumn('tokens', tokens, (column) => column.notNull()).execute()
  // A search goes through what waits to be put into the index, so that is little.
  await sql`create index ${sql.id(`${table}_tokens`)} on ${sql.table(table)} using gin (tokens)
    with (gin_pending_list_limit = 512)`.execute(database)
}

async function createRest(database: Kysely<unknown>, { text, integer }: ColumnTypes): Promise<void> {
  await database.schema
    .createTable('search_word')
    .addColumn('length', integer, (column) => column.notNull())
    .addColumn('word', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('search_word_key', ['length', 'word'])
    .execute()
  await database.schema
    .createTable('search_backlog')
    .addColumn('registry_id', integer, (column) => column.primaryKey())
    .addColumn('models_after', integer, (column) => column.notNull())
    .addColumn('versions_after', integer, (column) => column.notNull())
    .execute()
}

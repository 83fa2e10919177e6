import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../column-types.ts'

/** Where copies are from is read with the next sweep. */
export function createCopiesAndSizesMigration(types: ColumnTypes): Migration {
  return {
    async up(database) {
      for (const [table, column, type] of columns)
        await database.schema.alterTable(table).addColumn(column, types[type]).execute()
      await sql`update catalog_version set total_bytes = size_bytes`.execute(database)
      await sql`update catalog_run set duration_ms = ended_at - started_at`.execute(database)
      await createIndex(database, 'catalog_version', 'copied_from')
      await createIndex(database, 'catalog_version', 'total_bytes')
      await createIndex(database, 'catalog_run', 'duration_ms')
    },
    async down(database) {
      for (const [table, column] of columns) {
        await database.schema.dropIndex(`${table}_${column}`).ifExists().execute()
        await database.schema.alterTable(table).dropColumn(column).execute()
      }
    },
  }
}

const columns = [
  ['catalog_version', 'copied_from', 'text'],
  ['catalog_version', 'total_bytes', 'integer'],
  ['catalog_version', 'files_looked_at', 'integer'],
  ['catalog_run', 'duration_ms', 'integer'],
  ['catalog_run', 'tags', 'text'],
  ['catalog_run', 'source_commit', 'text'],
  ['catalog_run', 'datasets', 'text'],
] as const

/** Most rows have no such value. */
async function createIndex(database: Kysely<unknown>, table: string, column: string): Promise<void> {
  await sql`create index ${sql.id(`${table}_${column}`)} on ${sql.table(table)} (registry_id, ${sql.id(column)})
    where ${sql.id(column)} is not null`.execute(database)
}

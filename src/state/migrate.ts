import type { Kysely } from 'kysely'
import { Migrator, NO_MIGRATIONS } from 'kysely/migration'
import type { ColumnTypes } from './column-types.ts'
import { createMigrations } from './migrations/index.ts'

/** Safe when several processes do it at once: one migrates, the others wait and find nothing left to do. */
export async function migrateToLatest<Tables>(queries: Kysely<Tables>, types: ColumnTypes): Promise<void> {
  const { error } = await createMigrator(queries, types).migrateToLatest()
  if (error !== undefined) throw error
}

/** Takes everything back, rows too. */
export async function migrateToNothing<Tables>(queries: Kysely<Tables>, types: ColumnTypes): Promise<void> {
  const { error } = await createMigrator(queries, types).migrateTo(NO_MIGRATIONS)
  if (error !== undefined) throw error
}

function createMigrator<Tables>(queries: Kysely<Tables>, types: ColumnTypes): Migrator {
  return new Migrator({
    db: queries,
    provider: { getMigrations: async () => createMigrations(types) },
    migrationTableName: 'migration',
    migrationLockTableName: 'migration_lock',
  })
}

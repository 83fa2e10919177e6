import type { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import type { ColumnTypes } from './column-types.ts'
import { createMigrations } from './migrations/index.ts'

/** Safe when several processes do it at once: one migrates, the others wait and find nothing left to do. */
export async function migrateToLatest<Tables>(queries: Kysely<Tables>, types: ColumnTypes): Promise<void> {
  const migrator = new Migrator({
    db: queries,
    provider: { getMigrations: async () => createMigrations(types) },
    migrationTableName: 'migration',
    migrationLockTableName: 'migration_lock',
  })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw error
}

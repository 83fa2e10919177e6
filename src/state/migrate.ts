import type { Kysely } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import type { ColumnTypes } from './column-types.ts'
import type { TableRoom } from './table-room.ts'

export type TableRooms = readonly Pick<TableRoom<unknown>, 'migrations'>[]

/** Safe when several processes do it at once: one migrates, the others wait and find nothing left to do. */
export async function migrateToLatest(
  queries: Kysely<unknown>,
  types: ColumnTypes,
  rooms: TableRooms,
): Promise<void> {
  const { error } = await createMigrator(queries, types, rooms).migrateToLatest()
  if (error !== undefined) throw error
}

export function createMigrator(queries: Kysely<unknown>, types: ColumnTypes, rooms: TableRooms): Migrator {
  return new Migrator({
    db: queries,
    provider: { getMigrations: async () => orderMigrations(types, rooms) },
    migrationTableName: 'migration',
    migrationLockTableName: 'migration_lock',
  })
}

/** One list over all rooms, in the order of the names. */
function orderMigrations(types: ColumnTypes, rooms: TableRooms): Record<string, Migration> {
  const all = rooms.flatMap(({ migrations }) => Object.entries(migrations))
  const ordered: Record<string, Migration> = {}
  for (const [name, create] of all.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    if (name in ordered) throw new Error(`Two rooms have a migration "${name}".`)
    ordered[name] = create(types)
  }
  return ordered
}

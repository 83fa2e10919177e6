import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../column-types.ts'

/** Since when models have to be read again, and when what is cut from the log ended. */
export function createUnclearModelsMigration({ integer }: ColumnTypes): Migration {
  return {
    async up(database: Kysely<unknown>) {
      await database.schema.alterTable('catalog_touch').addColumn('known_until', integer).execute()
      await sql`create index catalog_touch_dirty on catalog_touch (registry_id) where dirty = 1`.execute(
        database,
      )
      await database.schema.alterTable('event_log_end').addColumn('cut_at', integer).execute()
      await sql`create index event_log_renamed on event_log (registry, before) where kind = 'MODEL_RENAMED'`.execute(
        database,
      )
    },
    async down(database) {
      await database.schema.dropIndex('event_log_renamed').execute()
      await database.schema.alterTable('event_log_end').dropColumn('cut_at').execute()
      await database.schema.dropIndex('catalog_touch_dirty').execute()
      await database.schema.alterTable('catalog_touch').dropColumn('known_until').execute()
    },
  }
}

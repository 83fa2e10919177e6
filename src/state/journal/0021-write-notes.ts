import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../column-types.ts'

/** By which others know sooner that whoever began a write is gone. */
export function createWriteNotesMigration({ text, integer }: ColumnTypes): Migration {
  return {
    async up(database) {
      for (const column of ['begun_at', 'alone_until', 'left_behind'])
        await database.schema.alterTable('write_intent').addColumn(column, integer).execute()
      await database.schema.alterTable('write_intent').addColumn('writer', text).execute()
      await database.schema
        .createTable('write_writer')
        .addColumn('id', text, (column) => column.primaryKey())
        .addColumn('alive_until', integer, (column) => column.notNull())
        .execute()
    },
    async down(database) {
      await database.schema.dropTable('write_writer').execute()
      for (const column of ['writer', 'left_behind', 'alone_until', 'begun_at'])
        await database.schema.alterTable('write_intent').dropColumn(column).execute()
    },
  }
}

import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../column-types.ts'

export function createWriteJournalMigration({ text, integer }: ColumnTypes): Migration {
  return {
    async up(database) {
      await database.schema
        .createTable('write_intent')
        .addColumn('id', text, (column) => column.primaryKey())
        .addColumn('intent', text, (column) => column.notNull())
        .addColumn('settle_at', integer, (column) => column.notNull())
        .execute()
      await database.schema
        .createIndex('write_intent_settle')
        .on('write_intent')
        .column('settle_at')
        .execute()
    },
    async down(database) {
      await database.schema.dropTable('write_intent').execute()
    },
  }
}

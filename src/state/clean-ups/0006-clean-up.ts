import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../column-types.ts'

export function createCleanUpMigration({ text, integer }: ColumnTypes): Migration {
  return {
    async up(database) {
      await database.schema
        .createTable('clean_up')
        .addColumn('id', text, (column) => column.primaryKey())
        .addColumn('kind', text, (column) => column.notNull())
        .addColumn('registry', text, (column) => column.notNull())
        .addColumn('model', text, (column) => column.notNull())
        .addColumn('details', text, (column) => column.notNull())
        .addColumn('noted_at', integer, (column) => column.notNull())
        .addColumn('due_at', integer)
        .addColumn('tries', integer, (column) => column.notNull())
        .addColumn('problem', text)
        .execute()
      await database.schema.createIndex('clean_up_due').on('clean_up').column('due_at').execute()
    },
    async down(database) {
      await database.schema.dropTable('clean_up').execute()
    },
  }
}

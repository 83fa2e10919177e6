import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../../../../state/column-types.ts'

export function createLocalChangeMigration({ text, integer }: ColumnTypes): Migration {
  return {
    async up(database) {
      await database.schema
        .createTable('local_feed')
        .addColumn('registry', text, (column) => column.primaryKey())
        .addColumn('last', integer, (column) => column.notNull())
        .execute()
      await database.schema
        .createTable('local_change')
        .addColumn('registry', text, (column) => column.notNull())
        .addColumn('model', text, (column) => column.notNull())
        .addColumn('number', integer, (column) => column.notNull())
        .addPrimaryKeyConstraint('local_change_key', ['registry', 'model'])
        .execute()
      await database.schema
        .createIndex('local_change_number')
        .on('local_change')
        .columns(['registry', 'number'])
        .execute()
    },
    async down(database) {
      await database.schema.dropTable('local_change').execute()
      await database.schema.dropTable('local_feed').execute()
    },
  }
}

import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../column-types.ts'

export function createSettingMigration({ text }: ColumnTypes): Migration {
  return {
    async up(database) {
      await database.schema
        .createTable('setting')
        .addColumn('key', text, (column) => column.primaryKey())
        .addColumn('value', text, (column) => column.notNull())
        .execute()
    },
    async down(database) {
      await database.schema.dropTable('setting').execute()
    },
  }
}

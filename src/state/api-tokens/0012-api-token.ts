import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../column-types.ts'

export function createApiTokenMigration({ text, integer }: ColumnTypes): Migration {
  return {
    async up(database) {
      await database.schema
        .createTable('api_token')
        .addColumn('name', text, (column) => column.primaryKey())
        .addColumn('digest', text, (column) => column.notNull().unique())
        .addColumn('groups', text, (column) => column.notNull())
        .addColumn('created_at', integer, (column) => column.notNull())
        .addColumn('expires_at', integer)
        .execute()
    },
    async down(database) {
      await database.schema.dropTable('api_token').execute()
    },
  }
}

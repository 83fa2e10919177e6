import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../column-types.ts'

export function createPermissionMigration({ text, integer }: ColumnTypes): Migration {
  return {
    async up(database) {
      await database.schema
        .createTable('permission_grant')
        .addColumn('id', text, (column) => column.primaryKey())
        .addColumn('registry', text, (column) => column.notNull())
        .addColumn('model', text, (column) => column.notNull())
        .addColumn('principal', text, (column) => column.notNull())
        .addColumn('permission', text)
        .addColumn('place', text, (column) => column.notNull())
        .addColumn('revision', integer, (column) => column.notNull())
        .addColumn('changed_at', integer, (column) => column.notNull())
        .execute()
      for (const column of ['place', 'revision']) {
        await database.schema
          .createIndex(`permission_grant_${column}`)
          .on('permission_grant')
          .column(column)
          .execute()
      }
      await database.schema
        .createTable('permission_revision')
        .addColumn('id', integer, (column) => column.primaryKey())
        .addColumn('revision', integer, (column) => column.notNull())
        .execute()
      await database
        .insertInto('permission_revision' as never)
        .values({ id: 1, revision: 0 } as never)
        .execute()
    },
    async down(database) {
      await database.schema.dropTable('permission_revision').execute()
      await database.schema.dropTable('permission_grant').execute()
    },
  }
}

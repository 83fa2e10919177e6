import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../column-types.ts'

export function createSignInMigration({ text, integer }: ColumnTypes): Migration {
  return {
    async up(database) {
      await database.schema
        .createTable('sign_in')
        .addColumn('digest', text, (column) => column.primaryKey())
        .addColumn('principal', text, (column) => column.notNull())
        .addColumn('groups', text, (column) => column.notNull())
        .addColumn('expires_at', integer, (column) => column.notNull())
        .execute()
      await database.schema.createIndex('sign_in_expiry').on('sign_in').column('expires_at').execute()
    },
    async down(database) {
      await database.schema.dropTable('sign_in').execute()
    },
  }
}

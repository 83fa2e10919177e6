import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../column-types.ts'

export function createWriteCoordinationMigration({ text, integer }: ColumnTypes): Migration {
  return {
    async up(database) {
      await database.schema
        .createTable('lease')
        .addColumn('name', text, (column) => column.primaryKey())
        .addColumn('holder', text, (column) => column.notNull())
        .addColumn('expires_at', integer, (column) => column.notNull())
        .execute()
      await database.schema
        .createTable('idempotent_write')
        .addColumn('caller', text, (column) => column.notNull())
        .addColumn('key', text, (column) => column.notNull())
        .addColumn('digest', text, (column) => column.notNull())
        .addColumn('memo', text)
        .addColumn('answer', text)
        .addColumn('created_at', integer, (column) => column.notNull())
        .addPrimaryKeyConstraint('idempotent_write_key', ['caller', 'key'])
        .execute()
      await database.schema
        .createIndex('idempotent_write_age')
        .on('idempotent_write')
        .column('created_at')
        .execute()
    },
    async down(database) {
      await database.schema.dropTable('idempotent_write').execute()
      await database.schema.dropTable('lease').execute()
    },
  }
}

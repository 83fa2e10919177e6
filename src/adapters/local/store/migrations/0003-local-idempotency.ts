import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../../../../state/column-types.ts'

export function createLocalIdempotencyMigration({ text, integer }: ColumnTypes): Migration {
  return {
    async up(database) {
      await database.schema
        .createTable('local_idempotency')
        .addColumn('registry', text, (column) => column.notNull())
        .addColumn('kind', text, (column) => column.notNull())
        .addColumn('key_digest', text, (column) => column.notNull())
        .addColumn('made', text, (column) => column.notNull())
        .addColumn('created_at', integer, (column) => column.notNull())
        .addPrimaryKeyConstraint('local_idempotency_key', ['registry', 'kind', 'key_digest'])
        .execute()
      await database.schema
        .createIndex('local_idempotency_age')
        .on('local_idempotency')
        .column('created_at')
        .execute()
    },
    async down(database) {
      await database.schema.dropTable('local_idempotency').execute()
    },
  }
}

import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../column-types.ts'

export function createEventLogMigration({ text, integer }: ColumnTypes): Migration {
  return {
    async up(database) {
      await database.schema
        .createTable('event_log')
        .addColumn('seq', integer, (column) => column.primaryKey())
        .addColumn('kind', text, (column) => column.notNull())
        .addColumn('at', integer, (column) => column.notNull())
        .addColumn('not_before', integer)
        .addColumn('certainty', text, (column) => column.notNull())
        .addColumn('actor', text)
        .addColumn('request_id', text)
        .addColumn('registry', text)
        .addColumn('model', text)
        .addColumn('version', text)
        .addColumn('key', text)
        .addColumn('before', text)
        .addColumn('after', text)
        .addColumn('comment', text)
        .execute()
      await database.schema
        .createIndex('event_log_model')
        .on('event_log')
        .columns(['registry', 'model', 'seq'])
        .execute()
      await database.schema.createIndex('event_log_at').on('event_log').columns(['at', 'seq']).execute()
      await database.schema
        .createTable('event_log_end')
        .addColumn('id', integer, (column) => column.primaryKey())
        .addColumn('last', integer, (column) => column.notNull())
        .addColumn('cut', integer, (column) => column.notNull())
        .addColumn('cut_hash', text)
        .execute()
    },
    async down(database) {
      await database.schema.dropTable('event_log_end').execute()
      await database.schema.dropTable('event_log').execute()
    },
  }
}

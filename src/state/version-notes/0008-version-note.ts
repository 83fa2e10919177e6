import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../column-types.ts'

export function createVersionNoteMigration({ text, integer }: ColumnTypes): Migration {
  return {
    async up(database) {
      await database.schema
        .createTable('version_note')
        .addColumn('id', text, (column) => column.primaryKey())
        .addColumn('registry', text, (column) => column.notNull())
        .addColumn('model', text, (column) => column.notNull())
        .addColumn('version', text)
        .addColumn('source', text, (column) => column.notNull())
        .addColumn('notes', text, (column) => column.notNull())
        .addColumn('noted_at', integer, (column) => column.notNull())
        .execute()
      await database.schema
        .createIndex('version_note_version')
        .on('version_note')
        .columns(['registry', 'model', 'version'])
        .execute()
    },
    async down(database) {
      await database.schema.dropTable('version_note').execute()
    },
  }
}

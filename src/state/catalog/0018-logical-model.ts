import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../column-types.ts'

export function createLogicalModelMigration({ text, integer }: ColumnTypes): Migration {
  return {
    async up({ schema }) {
      await schema
        .createTable('logical_registry')
        .addColumn('registry', text, (column) => column.primaryKey())
        .addColumn('rules', text, (column) => column.notNull())
        .addColumn('place', integer, (column) => column.notNull())
        .addColumn('done', integer, (column) => column.notNull())
        .execute()
      await schema
        .createTable('logical_claim')
        .addColumn('model_id', integer, (column) => column.primaryKey())
        .addColumn('registry_id', integer, (column) => column.notNull())
        .addColumn('name', text, (column) => column.notNull())
        .addColumn('environment', text, (column) => column.notNull())
        .addColumn('matched_by', text, (column) => column.notNull())
        .execute()
      await schema
        .createIndex('logical_claim_name')
        .on('logical_claim')
        .columns(['name', 'registry_id', 'environment'])
        .execute()
    },
    async down({ schema }) {
      for (const table of ['logical_claim', 'logical_registry']) await schema.dropTable(table).execute()
    },
  }
}

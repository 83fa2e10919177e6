import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../../../../state/column-types.ts'

/** Of a run that came with a copy: whose it was. */
export function createLocalRunOriginMigration({ text }: ColumnTypes): Migration {
  return {
    async up(database) {
      await database.schema.alterTable('local_run').addColumn('origin', text).execute()
    },
    async down(database) {
      await database.schema.alterTable('local_run').dropColumn('origin').execute()
    },
  }
}

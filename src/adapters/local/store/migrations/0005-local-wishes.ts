import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../../../../state/column-types.ts'

/** What was asked under a key, to compare what is asked under it again. */
export function createLocalWishesMigration({ text }: ColumnTypes): Migration {
  return {
    async up(database) {
      await database.schema.alterTable('local_idempotency').addColumn('wish', text).execute()
    },
    async down(database) {
      await database.schema.alterTable('local_idempotency').dropColumn('wish').execute()
    },
  }
}

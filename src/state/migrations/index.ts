import type { Migration } from 'kysely/migration'
import type { ColumnTypes } from '../column-types.ts'
import { createSettingMigration } from './0001-setting.ts'
import { createLocalRegistryMigration } from './0002-local-registry.ts'
import { createLocalIdempotencyMigration } from './0003-local-idempotency.ts'
import { createWriteCoordinationMigration } from './0004-write-coordination.ts'
import { createLocalWishesMigration } from './0005-local-wishes.ts'
import { createCleanUpMigration } from './0006-clean-up.ts'
import { createLocalRunOriginMigration } from './0007-local-run-origin.ts'
import { createVersionNoteMigration } from './0008-version-note.ts'

/** In the order of their names. A migration that was released is never changed. */
export function createMigrations(types: ColumnTypes): Record<string, Migration> {
  return {
    '0001-setting': createSettingMigration(types),
    '0002-local-registry': createLocalRegistryMigration(types),
    '0003-local-idempotency': createLocalIdempotencyMigration(types),
    '0004-write-coordination': createWriteCoordinationMigration(types),
    '0005-local-wishes': createLocalWishesMigration(types),
    '0006-clean-up': createCleanUpMigration(types),
    '0007-local-run-origin': createLocalRunOriginMigration(types),
    '0008-version-note': createVersionNoteMigration(types),
  }
}

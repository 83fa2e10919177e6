import { localTables } from '../adapters/local/store/tables.ts'
import { apiTokenTables } from '../state/api-tokens/tables.ts'
import { searchTables } from '../state/catalog/search/tables.ts'
import { catalogTables } from '../state/catalog/tables.ts'
import { cleanUpTables } from '../state/clean-ups/tables.ts'
import type { GatewayDatabase } from '../state/database.ts'
import { writeJournalTables } from '../state/journal/tables.ts'
import type { TableRooms } from '../state/migrate.ts'
import { type OpenDatabaseOptions, openDatabase } from '../state/open-database.ts'
import { permissionTables } from '../state/permissions/tables.ts'
import { settingTables } from '../state/settings/tables.ts'
import { signInTables } from '../state/sign-ins/tables.ts'
import { versionNoteTables } from '../state/version-notes/tables.ts'
import { writeCoordinationTables } from '../state/write-coordination/tables.ts'

/** Everything that keeps something in the gateway's database. */
export const tableRooms: TableRooms = [
  settingTables,
  localTables,
  writeCoordinationTables,
  cleanUpTables,
  versionNoteTables,
  writeJournalTables,
  permissionTables,
  apiTokenTables,
  signInTables,
  catalogTables,
  searchTables,
]

export function openGatewayDatabase(
  url: string,
  options: Omit<OpenDatabaseOptions, 'rooms'>,
): Promise<GatewayDatabase> {
  return openDatabase(url, { ...options, rooms: tableRooms })
}

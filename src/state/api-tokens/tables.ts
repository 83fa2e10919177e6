import { defineTables } from '../table-room.ts'
import { createApiTokenMigration } from './0012-api-token.ts'

export interface ApiTokenTables {
  readonly api_token: ApiTokenRow
}

export interface ApiTokenRow {
  name: string
  /** SHA-256 of the token, in hexadecimal. The token itself is kept nowhere. */
  digest: string
  /** A JSON list. */
  groups: string
  created_at: number
  /** Epoch milliseconds; null: never. */
  expires_at: number | null
}

export const apiTokenTables = defineTables<ApiTokenTables>({ '0012-api-token': createApiTokenMigration })

import { defineTables } from '../table-room.ts'
import { createSignInMigration } from './0013-sign-in.ts'

export interface SignInTables {
  readonly sign_in: SignInRow
}

export interface SignInRow {
  /** SHA-256 of what the browser's cookie holds, in hexadecimal. */
  digest: string
  principal: string
  /** A JSON list. */
  groups: string
  /** Epoch milliseconds. */
  expires_at: number
}

export const signInTables = defineTables<SignInTables>({ '0013-sign-in': createSignInMigration })

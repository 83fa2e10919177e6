import { defineTables } from '../table-room.ts'
import { createWriteCoordinationMigration } from './0004-write-coordination.ts'

/** Times are epoch milliseconds. */
export interface WriteCoordinationTables {
  readonly lease: LeaseRow
  readonly idempotent_write: IdempotentWriteRow
}

export interface LeaseRow {
  name: string
  holder: string
  expires_at: number
}

export interface IdempotentWriteRow {
  caller: string
  key: string
  /** Of the operation and its arguments. */
  digest: string
  /** JSON: what was known before the write began, to find out by whether it was done. */
  memo: string | null
  /** JSON; `null` until it is known. */
  answer: string | null
  created_at: number
}

export const writeCoordinationTables = defineTables<WriteCoordinationTables>({
  '0004-write-coordination': createWriteCoordinationMigration,
})

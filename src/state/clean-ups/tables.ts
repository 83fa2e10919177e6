import { defineTables } from '../table-room.ts'
import { createCleanUpMigration } from './0006-clean-up.ts'

/** Times are epoch milliseconds. */
export interface CleanUpTables {
  readonly clean_up: CleanUpRow
}

export interface CleanUpRow {
  id: string
  /** `files` or `model`. */
  kind: string
  registry: string
  model: string
  /** JSON: what else has to be known to do it. */
  details: string
  noted_at: number
  /** `null`: left to people. */
  due_at: number | null
  tries: number
  /** Why it is not done yet. */
  problem: string | null
}

export const cleanUpTables = defineTables<CleanUpTables>({
  '0006-clean-up': createCleanUpMigration,
})

import { defineTables } from '../table-room.ts'
import { createWriteJournalMigration } from './0009-write-journal.ts'

/** Times are epoch milliseconds. */
export interface WriteJournalTables {
  readonly write_intent: WriteIntentRow
}

/** A write that began and of which nobody has said yet how it ended. */
export interface WriteIntentRow {
  id: string
  /** JSON: what it was to do, to what, and for whom. */
  intent: string
  /** From then on whoever looks may conclude that nobody will say it any more. */
  settle_at: number
}

export const writeJournalTables = defineTables<WriteJournalTables>({
  '0009-write-journal': createWriteJournalMigration,
})

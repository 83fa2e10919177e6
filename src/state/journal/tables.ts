import { defineTables } from '../table-room.ts'
import { createWriteJournalMigration } from './0009-write-journal.ts'
import { createWriteNotesMigration } from './0021-write-notes.ts'

/** Times are epoch milliseconds, but those that say so. */
export interface WriteJournalTables {
  readonly write_intent: WriteIntentRow
  readonly write_writer: WriteWriterRow
}

/** A write that began and of which nobody has said yet how it ended. */
export interface WriteIntentRow {
  id: string
  /** JSON: what it was to do, to what, and for whom. */
  intent: string
  /** From then on whoever looks may conclude that nobody will say it any more. */
  settle_at: number
  begun_at: number | null
  /** The process that does it; `null`: it was noted by an earlier release. */
  writer: string | null
  /** By the steady clock: from then on the writer gives signs of life, or is gone. */
  alone_until: number | null
  /** 1: somebody has found that the writer is gone, and sees to what it has written. */
  left_behind: number | null
}

/** A process that is writing for longer than most writes take. */
export interface WriteWriterRow {
  id: string
  /** By the steady clock. */
  alive_until: number
}

export const writeJournalTables = defineTables<WriteJournalTables>({
  '0009-write-journal': createWriteJournalMigration,
  '0021-write-notes': createWriteNotesMigration,
})

import { defineTables } from '../table-room.ts'
import { createVersionNoteMigration } from './0008-version-note.ts'

/** Times are epoch milliseconds. */
export interface VersionNoteTables {
  readonly version_note: VersionNoteRow
}

/** Where a copy is from, in a registry that has no place for it. */
export interface VersionNoteRow {
  id: string
  registry: string
  model: string
  /** `null` until it is known. */
  version: string | null
  /** What it was made from, as its registry gives it back. */
  source: string
  /** JSON: keys with values. */
  notes: string
  noted_at: number
}

export const versionNoteTables = defineTables<VersionNoteTables>({
  '0008-version-note': createVersionNoteMigration,
})

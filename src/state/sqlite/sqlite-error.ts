import type { SqliteFailure } from './sqlite-statement.ts'

const locked = new Set([5, 6])

/** As `node:sqlite` throws it, in the thread that asked. */
export class SqliteError extends Error {
  readonly code = 'ERR_SQLITE_ERROR'
  readonly errcode: number

  constructor({ message, errcode }: SqliteFailure) {
    super(message)
    this.name = 'SqliteError'
    this.errcode = errcode
  }
}

/** There is no thread that could be asked: closed, or ended by itself. */
export class SqliteGoneError extends Error {}

/** SQLITE_BUSY and SQLITE_LOCKED: somebody else holds the file. */
export function isLocked(error: unknown): boolean {
  return locked.has(sqliteCodeOf(error) & 0xff)
}

/** The extended result code; 0 when it is not of SQLite. */
export function sqliteCodeOf(error: unknown): number {
  return error instanceof Error && 'errcode' in error ? Number(error.errcode) : 0
}

export function lockedTooLong(): SqliteError {
  return new SqliteError({ message: 'database is locked', errcode: 5 })
}

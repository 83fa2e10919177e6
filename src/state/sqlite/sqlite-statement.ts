import type { SQLInputValue, SQLOutputValue } from 'node:sqlite'

/** What a thread is sent. */
export interface SqliteStatement {
  readonly sql: string
  readonly parameters: readonly SQLInputValue[]
  /** Fails without a transaction, as that was taken back by SQLite itself or was another thread's. */
  readonly inTransaction: boolean
}

export interface SqliteAnswer {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly SQLOutputValue[])[]
  readonly changes: number | bigint
  readonly lastInsertRowid: number | bigint
}

/** What carries statements out: a connection, or threads that have some. */
export interface StatementTaker {
  /** Whoever leaves by the signal before the statement was begun leaves nothing behind. */
  execute(statement: SqliteStatement, signal?: AbortSignal): Promise<SqliteAnswer>
  /** When everything that was asked is answered. */
  close(): Promise<void>
}

/** An error does not keep its number on the way from a thread to another. */
export interface SqliteFailure {
  readonly message: string
  /** SQLite's extended result code; 0 when it was not SQLite that failed. */
  readonly errcode: number
}

export type SqliteOutcome = { readonly answer: SqliteAnswer } | { readonly failure: SqliteFailure }

/** What a thread is started with. */
export interface SqliteThreadData {
  readonly path: string
  readonly readOnly: boolean
  /** The number of statements of the batch that were begun, or more than there are: then no other is begun. */
  readonly begun: Int32Array<SharedArrayBuffer>
}

import { ConnectionRunner } from './connection-runner.ts'
import { SqliteError, SqliteGoneError } from './sqlite-error.ts'
import type { SqliteAnswer, SqliteStatement } from './sqlite-statement.ts'

/** A connection in the thread that asks: for a start, when nobody else is there whom a statement could hold up. */
export class SqliteInPlace {
  readonly #path: string
  #runner: ConnectionRunner | null = null
  #isClosed = false

  constructor(path: string) {
    this.#path = path
  }

  async execute(statement: SqliteStatement): Promise<SqliteAnswer> {
    if (this.#isClosed) throw new SqliteGoneError('The database is closed.')
    this.#runner ??= new ConnectionRunner(this.#path, false)
    const outcome = this.#runner.run(statement)
    if ('answer' in outcome) return outcome.answer
    throw new SqliteError(outcome.failure)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#runner?.close()
    this.#runner = null
  }
}

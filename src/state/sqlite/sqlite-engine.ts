import { Turns } from '../turns.ts'
import { lockedTooLong } from './sqlite-error.ts'
import type { SqliteAnswer, SqliteStatement } from './sqlite-statement.ts'
import { SqliteThreads } from './sqlite-threads.ts'
import { SqliteTransaction } from './sqlite-transaction.ts'
import { untilUnlocked } from './until-unlocked.ts'

/** So many long statements hold up nothing; the threads beyond the first are started when they are needed. */
const mostReaders = 4

export type PlainStatement = Omit<SqliteStatement, 'inTransaction'>

/**
 * SQLite beside the thread that answers requests: a thread that writes, and threads that read. Times are by
 * `performance.now()`: until then a statement waits for its turn and for the locks of others.
 */
export class SqliteEngine {
  readonly #writer: SqliteThreads
  readonly #readers: SqliteThreads
  readonly #turns = new Turns()

  constructor(path: string) {
    this.#writer = new SqliteThreads({ path, readOnly: false, most: 1 })
    // What is in memory belongs to the one connection that made it.
    this.#readers =
      path === ':memory:' ? this.#writer : new SqliteThreads({ path, readOnly: true, most: mostReaders })
  }

  read(statement: PlainStatement, until: number, signal?: AbortSignal): Promise<SqliteAnswer> {
    // On the one connection it would see what a transaction that is under way may take back.
    if (this.#readers === this.#writer) return this.write(statement, until, signal)
    const plain = { ...statement, inTransaction: false }
    return untilUnlocked(until, () => this.#readers.execute(plain, signal))
  }

  async write(statement: PlainStatement, until: number, signal?: AbortSignal): Promise<SqliteAnswer> {
    const leave = await this.#takeTurn(until)
    try {
      return await untilUnlocked(until, () =>
        this.#writer.execute({ ...statement, inTransaction: false }, signal),
      )
    } finally {
      leave()
    }
  }

  /**
   * A transaction that starts by reading and then wants to write fails at once when another process wrote in between.
   * One that takes the write lock first waits for it.
   */
  async begin(until: number): Promise<SqliteTransaction> {
    const leave = await this.#takeTurn(until)
    try {
      const statement = { sql: 'begin immediate', parameters: [], inTransaction: false }
      await untilUnlocked(until, () => this.#writer.execute(statement))
    } catch (error) {
      leave()
      throw error
    }
    return new SqliteTransaction(this.#writer, until, leave)
  }

  /** When the statements and the transaction under way are done. */
  async close(): Promise<void> {
    const leave = await this.#takeTurn(Number.POSITIVE_INFINITY)
    await this.#readers.close()
    await this.#writer.close()
    leave()
  }

  async #takeTurn(until: number): Promise<() => void> {
    const leave = await this.#turns.take('write', until - performance.now())
    if (leave === null) throw lockedTooLong()
    return leave
  }
}

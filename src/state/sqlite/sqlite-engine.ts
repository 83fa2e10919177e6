import { randomUUID } from 'node:crypto'
import { Turns } from '../turns.ts'
import { lockedTooLong } from './sqlite-error.ts'
import { SqliteInPlace } from './sqlite-in-place.ts'
import type { SqliteAnswer, SqliteStatement, StatementTaker } from './sqlite-statement.ts'
import { SqliteThreads } from './sqlite-threads.ts'
import { SqliteTransaction } from './sqlite-transaction.ts'
import { untilUnlocked } from './until-unlocked.ts'

/** So many long statements hold up nothing; the threads beyond the first are started when they are needed. */
const mostReaders = 4

interface Threads {
  readonly writer: StatementTaker
  readonly readers: StatementTaker
}

function openThreads(
  path: string,
  { isInMemory, isOfThread }: { readonly isInMemory: boolean; readonly isOfThread: boolean },
): Threads {
  const writer = new SqliteThreads({ path, readOnly: false, most: 1, isOfThread })
  // What is in memory has one connection for both, which reads nothing that a transaction may take back.
  if (isInMemory) return { writer, readers: writer }
  return { writer, readers: new SqliteThreads({ path, readOnly: true, most: mostReaders, isOfThread }) }
}

/** A database in memory that all connections of this process find under its name, and no other process. */
function nameInMemory(): string {
  return `file:${randomUUID()}?mode=memory&cache=shared`
}

export type PlainStatement = Omit<SqliteStatement, 'inTransaction'>

/**
 * SQLite beside the thread that answers requests: a thread that writes, and threads that read. Times are by
 * `performance.now()`: until then a statement waits for its turn and for the locks of others.
 */
export class SqliteEngine {
  #writer: StatementTaker
  #readers: StatementTaker
  readonly #turns = new Turns()

  /** What a start in place leaves to the threads. */
  #leaveTo: (() => Threads) | null = null
  /** Keeps a database in memory that threads share. */
  #keeper: StatementTaker | null = null

  /** @param startsInPlace without any thread, until {@link serve} is called. */
  constructor(path: string, startsInPlace = false) {
    const isInMemory = path === ':memory:'
    if (startsInPlace) {
      const shared = isInMemory ? nameInMemory() : path
      const inPlace = new SqliteInPlace(shared)
      this.#writer = inPlace
      this.#readers = inPlace
      this.#leaveTo = () => openThreads(shared, { isInMemory, isOfThread: false })
      this.#keeper = isInMemory ? inPlace : null
    } else {
      const { writer, readers } = openThreads(path, { isInMemory, isOfThread: isInMemory })
      this.#writer = writer
      this.#readers = readers
    }
  }

  /** From now on, no statement is carried out in this thread. */
  async serve(): Promise<void> {
    // A transaction ends where it began.
    const leave = await this.#takeTurn(Number.POSITIVE_INFINITY)
    try {
      const threads = this.#leaveTo?.()
      if (threads === undefined) return
      this.#leaveTo = null
      const inPlace = this.#writer
      this.#writer = threads.writer
      this.#readers = threads.readers
      if (this.#keeper === null) await inPlace.close()
    } finally {
      leave()
    }
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
    this.#leaveTo = null
    await this.#readers.close()
    await this.#writer.close()
    await this.#keeper?.close()
    leave()
  }

  async #takeTurn(until: number): Promise<() => void> {
    const leave = await this.#turns.take('write', until - performance.now())
    if (leave === null) throw lockedTooLong()
    return leave
  }
}

import { SqliteGoneError } from './sqlite-error.ts'
import type { SqliteAnswer, SqliteStatement, StatementTaker } from './sqlite-statement.ts'
import { type PendingStatement, SqliteThread } from './sqlite-thread.ts'

export interface SqliteThreadsOptions {
  readonly path: string
  readonly readOnly: boolean
  /** Another thread is started, up to so many, when those that are there are held up. */
  readonly most: number
  /** Whether the database ends with the thread. */
  readonly isOfThread: boolean
}

/** Large, as the way to a thread and back takes longer than to read a row; what stands behind a long one is taken back. */
const batchSize = 32
/** A thread takes some megabytes, also when it rests. */
const spareMs = 60_000

/**
 * Threads that share one line of statements. Those that stand behind a long one are taken back and given to another
 * thread; one that was lost is replaced.
 */
export class SqliteThreads implements StatementTaker {
  readonly #options: SqliteThreadsOptions
  readonly #threads = new Set<SqliteThread>()
  #waiting: PendingStatement[] = []
  #isDispatching = false
  #closing: PromiseWithResolvers<void> | null = null
  #isLost = false
  #spareTimer: NodeJS.Timeout | undefined

  constructor(options: SqliteThreadsOptions) {
    this.#options = options
  }

  execute(statement: SqliteStatement, signal?: AbortSignal): Promise<SqliteAnswer> {
    return new Promise((resolve, reject) => {
      if (this.#closing !== null) return reject(new SqliteGoneError('The database is closed.'))
      if (this.#isLost) return reject(new SqliteGoneError('The database in memory was lost with its thread.'))
      this.#waiting.push({ statement, signal, resolve, reject })
      this.#dispatchSoon()
    })
  }

  async close(): Promise<void> {
    this.#closing ??= Promise.withResolvers()
    this.#endWhenDone()
    await this.#closing.promise
    await Promise.all([...this.#threads].map((thread) => thread.close()))
  }

  /** What is asked in one turn travels together, which is cheaper than one by one. */
  #dispatchSoon(): void {
    if (this.#isDispatching) return
    this.#isDispatching = true
    process.nextTick(() => {
      this.#isDispatching = false
      this.#dispatch()
    })
  }

  #dispatch(): void {
    if (this.#waiting.length > 0 && this.#threads.size === 0) this.#start()
    for (const thread of this.#threads) {
      if (thread.isIdle) this.#giveBatch(thread)
    }
    this.#endWhenDone()
  }

  #giveBatch(thread: SqliteThread): void {
    const batch: PendingStatement[] = []
    while (batch.length < batchSize) {
      const next = this.#waiting.shift()
      if (next === undefined) break
      if (next.signal?.aborted) next.reject(next.signal.reason)
      else batch.push(next)
    }
    if (batch.length > 0) thread.run(batch)
  }

  #start(): void {
    const { path, readOnly, isOfThread } = this.#options
    const thread = new SqliteThread(
      { path, readOnly },
      {
        onIdle: () => this.#dispatch(),
        onSlow: () => this.#relieve(thread),
        onLost: () => {
          this.#threads.delete(thread)
          if (isOfThread) this.#isLost = true
          this.#dispatch()
        },
      },
    )
    this.#threads.add(thread)
  }

  /** Somebody is free for the next one before it comes. */
  #relieve(slow: SqliteThread): void {
    const threads = [...this.#threads]
    if (!threads.some(({ isIdle }) => isIdle) && threads.length < this.#options.most) this.#start()
    clearTimeout(this.#spareTimer)
    this.#spareTimer = setTimeout(() => this.#endSpare(), spareMs).unref()
    if (this.#threads.size > 1) this.#waiting.unshift(...slow.takeBack())
    this.#dispatch()
  }

  #endSpare(): void {
    for (const thread of [...this.#threads].slice(1)) {
      if (!thread.isIdle) continue
      this.#threads.delete(thread)
      void thread.close()
    }
  }

  #endWhenDone(): void {
    const isDone = this.#waiting.length === 0 && [...this.#threads].every(({ isIdle }) => isIdle)
    if (isDone) this.#closing?.resolve()
  }
}

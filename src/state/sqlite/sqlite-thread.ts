import { SHARE_ENV, Worker } from 'node:worker_threads'
import { SqliteError, SqliteGoneError } from './sqlite-error.ts'
import type { SqliteAnswer, SqliteOutcome, SqliteStatement, SqliteThreadData } from './sqlite-statement.ts'

/** A statement that somebody waits for. */
export interface PendingStatement {
  readonly statement: SqliteStatement
  /** Fires when nobody waits any more. */
  readonly signal: AbortSignal | undefined
  resolve(answer: SqliteAnswer): void
  reject(reason: unknown): void
}

export interface SqliteThreadEvents {
  /** Everything it was given is answered. */
  onIdle(): void
  /** It has been at one batch for {@link slowMs}; told again and again until it is done. */
  onSlow(): void
  /** It ended, and nobody had asked it to. What it was at has failed. */
  onLost(): void
}

const slowMs = 10
const noMore = 2 ** 30
/** It runs from the sources as well as built. */
const program = new URL(`./sqlite-worker${import.meta.url.slice(-3)}`, import.meta.url)

/** A connection in a thread of its own, at one batch of statements at a time. */
export class SqliteThread {
  readonly #worker: Worker
  readonly #events: SqliteThreadEvents
  readonly #begun = new Int32Array(new SharedArrayBuffer(4))
  readonly #ended = Promise.withResolvers<void>()
  #batch: readonly PendingStatement[] = []
  #timer: NodeJS.Timeout | undefined
  #failure: unknown = null
  #isClosing = false

  constructor(options: Omit<SqliteThreadData, 'begun'>, events: SqliteThreadEvents) {
    this.#events = events
    const workerData: SqliteThreadData = { ...options, begun: this.#begun }
    // The flags of the process need not suit a thread: with `--input-type` it does not even start.
    this.#worker = new Worker(program, { workerData, execArgv: [], env: SHARE_ENV, name: 'sqlite' })
    this.#worker.unref()
    // Node holds on to it anew once it has come up.
    this.#worker.on('online', () => {
      if (this.isIdle && !this.#isClosing) this.#worker.unref()
    })
    this.#worker.on('message', (outcomes: readonly SqliteOutcome[]) => this.#answer(outcomes))
    this.#worker.on('error', (error) => {
      this.#failure = error
    })
    this.#worker.on('exit', () => this.#leave())
  }

  get isIdle(): boolean {
    return this.#batch.length === 0
  }

  /** When it is idle. Until it has answered, the process goes on. */
  run(batch: readonly PendingStatement[]): void {
    this.#batch = batch
    Atomics.store(this.#begun, 0, 0)
    this.#worker.ref()
    this.#worker.postMessage(batch.map(({ statement }) => statement))
    this.#watch()
  }

  /** What it has not begun, and will not begin any more. */
  takeBack(): readonly PendingStatement[] {
    const begun = Atomics.exchange(this.#begun, 0, noMore)
    const rest = this.#batch.slice(begun)
    this.#batch = this.#batch.slice(0, begun)
    return rest
  }

  /** When it is idle. */
  async close(): Promise<void> {
    this.#isClosing = true
    this.#worker.ref()
    this.#worker.postMessage(null)
    await this.#ended.promise
  }

  #watch(): void {
    this.#timer = setTimeout(() => {
      if (Atomics.load(this.#begun, 0) > 0) this.#events.onSlow()
      this.#watch()
    }, slowMs).unref()
  }

  #answer(outcomes: readonly SqliteOutcome[]): void {
    const answered = this.#rest()
    for (const [index, outcome] of outcomes.entries()) {
      if ('answer' in outcome) answered[index]?.resolve(outcome.answer)
      else answered[index]?.reject(new SqliteError(outcome.failure))
    }
    this.#events.onIdle()
  }

  #leave(): void {
    const reason = this.#failure ?? new SqliteGoneError('A thread of the database ended by itself.')
    for (const { reject } of this.#rest()) reject(reason)
    this.#ended.resolve()
    if (!this.#isClosing) this.#events.onLost()
  }

  /** What it was at, and is no longer. */
  #rest(): readonly PendingStatement[] {
    const batch = this.#batch
    this.#batch = []
    clearTimeout(this.#timer)
    this.#worker.unref()
    return batch
  }
}

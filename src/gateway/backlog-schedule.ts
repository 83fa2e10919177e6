import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from '../contract/index.ts'

/** What is left to be taken into the index of words, by registry. */
interface Backlog {
  left(): Promise<ReadonlySet<number>>
  /** Null: nothing is left of it. */
  takeSome(registryId: number): Promise<number | null>
}

/** Others are at their start until then, and it takes a thread of the database. */
const firstPauseMs = 2000
/** Between two steps others write. */
const betweenMs = 10
/** While people wait for answers it goes on, and leaves more of the time to them. */
const busyMs = 100
const afterFailureMs = 10_000

/** Takes in what was in the catalog before there was an index of words, in the background; once. */
export class BacklogSchedule {
  readonly #backlog: Backlog
  readonly #requestsInFlight: () => number
  readonly #log: Logger
  readonly #closing = new AbortController()
  #running: Promise<void> = Promise.resolve()

  constructor(backlog: Backlog, requestsInFlight: () => number, log: Logger) {
    this.#backlog = backlog
    this.#requestsInFlight = requestsInFlight
    this.#log = log
  }

  start(): void {
    this.#running = this.#run()
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await this.#running
  }

  async #run(): Promise<void> {
    await this.#pause(firstPauseMs)
    while (!this.#closing.signal.aborted) {
      try {
        return await this.#takeAll()
      } catch (error) {
        this.#log.warn(
          { err: error },
          'taking the catalog into the index of words failed, and is tried again',
        )
        await this.#pause(afterFailureMs)
      }
    }
  }

  async #takeAll(): Promise<void> {
    const left = await this.#backlog.left()
    let rows = 0
    for (const registryId of left) {
      for (;;) {
        if (this.#closing.signal.aborted) return
        const taken = await this.#backlog.takeSome(registryId)
        if (taken === null) break
        rows += taken
        await this.#pause(this.#requestsInFlight() > 0 ? busyMs : betweenMs)
      }
    }
    if (rows > 0) this.#log.info({ rows }, 'the catalog was taken into the index of words')
  }

  async #pause(milliseconds: number): Promise<void> {
    const { signal } = this.#closing
    // Woken by the end, which is looked for next.
    await wait(milliseconds, undefined, { signal, ref: false }).catch(() => {})
  }
}

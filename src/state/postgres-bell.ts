import { type Kysely, sql } from 'kysely'
import type pg from 'pg'
import type { Logger } from '../contract/index.ts'
import { type Bell, LocalBell } from './bell.ts'

const channel = 'modelgate_events'
/** Each NOTIFY takes a lock that all commits with one wait for. */
const notifyEveryMs = 50
const firstPauseMs = 500
const longestPauseMs = 30_000

/**
 * Heard by all processes on one database. Nothing of it is in the transactions that write. A connection of its own
 * listens while somebody here does; while it is lost, nothing is heard from elsewhere.
 */
export class PostgresBell implements Bell {
  readonly #url: string
  readonly #queries: Kysely<unknown>
  readonly #log: Logger
  readonly #here = new LocalBell()
  #notifiedAt = Number.NEGATIVE_INFINITY
  #notifyLater: NodeJS.Timeout | null = null
  #notifying: Promise<unknown> = Promise.resolve()
  #client: pg.Client | null = null
  #connectLater: NodeJS.Timeout | null = null
  #connecting: Promise<void> = Promise.resolve()
  #failures = 0

  constructor(url: string, queries: Kysely<unknown>, log: Logger) {
    this.#url = url
    this.#queries = queries
    this.#log = log
  }

  ring(): void {
    this.#here.ring()
    if (this.#notifyLater) return
    const waitMs = Math.max(0, this.#notifiedAt + notifyEveryMs - performance.now())
    this.#notifyLater = setTimeout(() => this.#notify(), waitMs)
    this.#notifyLater.unref()
  }

  listen(listener: () => void): () => void {
    const isFirst = !this.#here.isHeard
    const leave = this.#here.listen(listener)
    if (isFirst) this.#connect()
    return () => {
      leave()
      if (!this.#here.isHeard) this.#hangUp()
    }
  }

  async close(): Promise<void> {
    await this.#here.close()
    if (this.#notifyLater) {
      clearTimeout(this.#notifyLater)
      this.#notify()
    }
    this.#hangUp()
    await Promise.all([this.#notifying, this.#connecting])
  }

  #notify(): void {
    this.#notifyLater = null
    this.#notifiedAt = performance.now()
    this.#notifying = sql`select pg_notify(${channel}, '')`
      .execute(this.#queries)
      .catch((error: unknown) =>
        this.#log.debug({ err: error }, 'other gateways could not be told of events'),
      )
  }

  #connect(): void {
    this.#connectLater = null
    this.#connecting = this.#connecting.then(async () => {
      if (!this.#here.isHeard || this.#client) return
      try {
        await this.#open()
        this.#failures = 0
        // What came meanwhile.
        this.#here.ring()
      } catch (error) {
        this.#lost(error)
      }
    })
  }

  async #open(): Promise<void> {
    const { Client } = (await import('pg')).default
    // Who listened may have left meanwhile, and would not be there to hang up.
    if (!this.#here.isHeard) return
    const client = new Client({
      connectionString: this.#url,
      application_name: 'modelgate events',
      connectionTimeoutMillis: 5000,
      keepAlive: true,
    })
    this.#client = client
    client.on('notification', () => this.#here.ring())
    client.on('error', (error) => this.#lost(error, client))
    client.on('end', () => this.#lost(null, client))
    await client.connect()
    await client.query(`listen ${channel}`)
  }

  #lost(error: unknown, client = this.#client): void {
    if (client !== this.#client) return
    this.#client = null
    client?.end().catch(() => {})
    if (!this.#here.isHeard || this.#connectLater) return
    const pauseMs = Math.min(firstPauseMs * 2 ** this.#failures, longestPauseMs)
    this.#failures = Math.min(this.#failures + 1, 10)
    this.#log.warn(
      { err: error, pauseMs },
      'the connection that hears of events of other gateways was lost; until it is there again, they are looked for each second',
    )
    this.#connectLater = setTimeout(() => this.#connect(), pauseMs)
    this.#connectLater.unref()
  }

  #hangUp(): void {
    if (this.#connectLater) clearTimeout(this.#connectLater)
    this.#connectLater = null
    const client = this.#client
    this.#client = null
    client?.end().catch(() => {})
  }
}

import { createHash, randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { type Logger, RegistryError } from '../../contract/index.ts'
import { beforeAnyWrite } from '../coordination-failure.ts'
import type { GatewayDatabase } from '../database.ts'
import { isDatabaseBusy } from '../database-failure.ts'
import { Turns } from '../turns.ts'
import { type WriteCoordinationTables, writeCoordinationTables } from './tables.ts'

export interface LeasesOptions {
  readonly log: Logger
  /** How long a lease outlives a process that was killed. */
  readonly holdMs?: number
}

interface Lease {
  readonly name: string
  readonly holder: string
}

/** However long others may be waited for, a database that is locked is not. */
const longestLockMs = 5000
const longestHoldMs = 60_000

/**
 * One holder at a time of each name, among all processes on one database. A lease is renewed while the work lasts;
 * that of a process that died runs out.
 */
export class Leases {
  readonly #database: GatewayDatabase<WriteCoordinationTables>
  readonly #log: Logger
  readonly #holdMs: number
  /** Within a process they stand in line here, so that one of them at most looks into the database again and again. */
  readonly #turns = new Turns()

  constructor(database: GatewayDatabase, { log, holdMs = 5000 }: LeasesOptions) {
    this.#database = writeCoordinationTables.in(database)
    this.#log = log
    this.#holdMs = holdMs
  }

  /**
   * `work` is told by its signal when the lease is lost, as happens to a process that was suspended.
   *
   * @throws RegistryError REGISTRY_TIMEOUT when others hold it for longer than `waitMs`.
   */
  async run<T>(name: string, waitMs: number, work: (lost: AbortSignal) => Promise<T>): Promise<T> {
    const until = performance.now() + waitMs
    const leave = await this.#turns.take(name, waitMs)
    if (leave === null) throw busy()
    try {
      const lease = { name: digestOf(name), holder: randomUUID() }
      const heldSince = await beforeAnyWrite(this.#acquire(lease, until))
      return await this.#hold(lease, heldSince, work)
    } finally {
      leave()
    }
  }

  /** Answers since when it is held at the latest, by `performance.now()`, as all times here: a wall clock jumps. */
  async #acquire(lease: Lease, until: number): Promise<number> {
    let isHeld = false
    for (let pause = 10; ; pause = Math.min(pause * 2, 200)) {
      const askedAt = performance.now()
      const claimed = this.#claim(lease, Math.min(until - askedAt, longestLockMs))
      const isOurs = await (isHeld ? claimed.catch(stillHeld) : claimed)
      // A process that was suspended meanwhile holds it no more.
      if (isOurs && performance.now() - askedAt < this.#holdMs) return askedAt
      isHeld = true
      if (performance.now() + pause > until) throw busy()
      await wait(pause * (0.5 + Math.random()))
    }
  }

  async #claim({ name, holder }: Lease, waitMs: number): Promise<boolean> {
    const { isOver } = this.#database.functions
    const expires_at = this.#expiry()
    const row = await this.#database
      .queriesUntil(Date.now() + waitMs)
      .insertInto('lease')
      .values({ name, holder, expires_at })
      .onConflict((conflict) =>
        conflict
          .column('name')
          .doUpdateSet({ holder, expires_at })
          .where(isOver(sql.ref('lease.expires_at'), longestHoldMs)),
      )
      .returning('name')
      .executeTakeFirst()
    return row !== undefined
  }

  async #hold<T>(lease: Lease, heldSince: number, work: (lost: AbortSignal) => Promise<T>): Promise<T> {
    const lost = new AbortController()
    const done = new AbortController()
    const renewing = this.#keepRenewing(lease, heldSince, lost, done.signal)
    try {
      return await work(lost.signal)
    } finally {
      done.abort()
      await renewing
      await this.#release(lease)
    }
  }

  async #keepRenewing(
    lease: Lease,
    heldSince: number,
    lost: AbortController,
    done: AbortSignal,
  ): Promise<void> {
    let heldUntil = heldSince + this.#holdMs
    while (!done.aborted) {
      await wait(this.#holdMs / 4, undefined, { signal: done }).catch(() => {})
      if (done.aborted) return
      const askedAt = performance.now()
      const isHeld = await Promise.race([
        this.#renew(lease).catch((error: unknown) => {
          this.#log.warn({ err: error, lease: lease.name }, 'a lease could not be renewed')
          return null
        }),
        // A database that does not answer renews nothing either.
        wait(Math.max(0, heldUntil - askedAt), null, { signal: done }).catch(() => null),
      ])
      if (isHeld) heldUntil = askedAt + this.#holdMs
      else if (isHeld === false || performance.now() >= heldUntil) return lost.abort(lostToAnother())
    }
  }

  async #renew({ name, holder }: Lease): Promise<boolean> {
    const row = await this.#database.queries
      .updateTable('lease')
      .set({ expires_at: this.#expiry() })
      .where('name', '=', name)
      .where('holder', '=', holder)
      .returning('name')
      .executeTakeFirst()
    return row !== undefined
  }

  /** Waits for it no longer than the lease would take to run out by itself. */
  async #release({ name, holder }: Lease): Promise<void> {
    const { queries } = this.#database
    const released = queries
      .deleteFrom('lease')
      .where('name', '=', name)
      .where('holder', '=', holder)
      .execute()
      .catch((error: unknown) => {
        // The work is done; the next one waits until the lease has run out.
        this.#log.warn({ err: error, lease: name }, 'a lease could not be given back')
      })
    const enough = new AbortController()
    await Promise.race([released, wait(this.#holdMs, undefined, { signal: enough.signal }).catch(() => {})])
    enough.abort()
  }

  #expiry() {
    return sql<number>`${this.#database.functions.steadyNow} + ${this.#holdMs}`
  }
}

/** Of a fixed length, however long the names are that a client makes up: an index of PostgreSQL takes no more. */
function digestOf(name: string): string {
  return createHash('sha256').update(name, 'utf16le').digest('hex')
}

/** Who waits for another writer is told of that one, not of a database that was busy at the last look. */
function stillHeld(error: unknown): boolean {
  if (isDatabaseBusy(error)) return false
  throw error
}

/** What was begun under the lease may have been done or not. */
function lostToAnother(): RegistryError {
  return new RegistryError(
    'REGISTRY_TIMEOUT',
    'This write was held up for so long that another one may have come in between.',
  )
}

function busy(): RegistryError {
  return new RegistryError(
    'REGISTRY_TIMEOUT',
    'Another write to the same thing is still under way; nothing was written.',
    { nothingWritten: true },
  )
}

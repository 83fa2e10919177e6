import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { type Logger, RegistryError } from '../contract/index.ts'
import { beforeAnyWrite } from './coordination-failure.ts'
import type { GatewayDatabase } from './database.ts'
import { Turns } from './turns.ts'

export interface LeasesOptions {
  readonly log: Logger
  /** How long a lease outlives a process that was killed. */
  readonly holdMs?: number
}

/**
 * One holder at a time of each name, among all processes on one database. A lease is renewed while the work lasts;
 * that of a process that died runs out.
 */
export class Leases {
  readonly #database: GatewayDatabase
  readonly #log: Logger
  readonly #holdMs: number
  /** Within a process they stand in line here, so that one of them at most looks into the database again and again. */
  readonly #turns = new Turns()

  constructor(database: GatewayDatabase, { log, holdMs = 5000 }: LeasesOptions) {
    this.#database = database
    this.#log = log
    this.#holdMs = holdMs
  }

  /**
   * `work` is told by its signal when the lease is lost, as happens to a process that was suspended.
   *
   * @throws RegistryError REGISTRY_TIMEOUT when others hold it for longer than `waitMs`.
   */
  async run<T>(name: string, waitMs: number, work: (lost: AbortSignal) => Promise<T>): Promise<T> {
    const deadline = Date.now() + waitMs
    const leave = await this.#turns.take(name, waitMs)
    if (leave === null) throw busy()
    try {
      const holder = randomUUID()
      await beforeAnyWrite(this.#acquire(name, holder, deadline))
      return await this.#hold(name, holder, work)
    } finally {
      leave()
    }
  }

  async #acquire(name: string, holder: string, deadline: number): Promise<void> {
    for (let pause = 10; !(await this.#claim(name, holder)); pause = Math.min(pause * 2, 200)) {
      if (Date.now() + pause > deadline) throw busy()
      await wait(pause * (0.5 + Math.random()))
    }
  }

  async #claim(name: string, holder: string): Promise<boolean> {
    const { now } = this.#database.functions
    const expires_at = this.#expiry()
    const row = await this.#database.queries
      .insertInto('lease')
      .values({ name, holder, expires_at })
      .onConflict((conflict) =>
        conflict.column('name').doUpdateSet({ holder, expires_at }).where('lease.expires_at', '<=', now),
      )
      .returning('name')
      .executeTakeFirst()
    return row !== undefined
  }

  async #hold<T>(name: string, holder: string, work: (lost: AbortSignal) => Promise<T>): Promise<T> {
    const lost = new AbortController()
    const done = new AbortController()
    const renewing = this.#keepRenewing(name, holder, lost, done.signal)
    try {
      return await work(lost.signal)
    } finally {
      done.abort()
      await renewing
      await this.#release(name, holder)
    }
  }

  async #keepRenewing(name: string, holder: string, lost: AbortController, done: AbortSignal): Promise<void> {
    let heldUntil = Date.now() + this.#holdMs
    while (!done.aborted) {
      await wait(this.#holdMs / 4, undefined, { signal: done }).catch(() => {})
      if (done.aborted) return
      const askedAt = Date.now()
      const isHeld = await Promise.race([
        this.#renew(name, holder).catch((error: unknown) => {
          this.#log.warn({ err: error, lease: name }, 'a lease could not be renewed')
          return null
        }),
        // A database that does not answer renews nothing either.
        wait(Math.max(0, heldUntil - askedAt), null, { signal: done }).catch(() => null),
      ])
      if (isHeld) heldUntil = askedAt + this.#holdMs
      else if (isHeld === false || Date.now() >= heldUntil) return lost.abort(lostToAnother())
    }
  }

  async #renew(name: string, holder: string): Promise<boolean> {
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
  async #release(name: string, holder: string): Promise<void> {
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
    return sql<number>`${this.#database.functions.now} + ${this.#holdMs}`
  }
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

import type { GatewayDatabase } from '../database.ts'
import { isDatabaseUnavailable, writeRefusal } from '../database-failure.ts'
import { type SettingTables, settingTables } from './tables.ts'

const triedAgainMs = 2000
const tryMs = 250
const key = 'write-check'

/** How the gateway's own database is, for whoever looks after the gateway. */
export class DatabaseHealth {
  readonly #database: GatewayDatabase<SettingTables>
  #triedAt = Number.NEGATIVE_INFINITY
  #refusal: Promise<string | null> = Promise.resolve(null)

  constructor(database: GatewayDatabase) {
    this.#database = settingTables.in(database)
  }

  /** Whether it answers; without that a gateway can do nothing. */
  async answers(): Promise<boolean> {
    try {
      await this.#database.queries.selectFrom('setting').select('key').limit(1).execute()
      return true
    } catch {
      // Why it does not is logged where somebody wanted something of it.
      return false
    }
  }

  /** Why it cannot write, in words, or null. It is tried, as a database may not know: at most every few seconds. */
  writeRefusal(): Promise<string | null> {
    const now = performance.now()
    if (now - this.#triedAt < triedAgainMs) return this.#refusal
    this.#triedAt = now
    this.#refusal = this.#tryToWrite()
    return this.#refusal
  }

  async #tryToWrite(): Promise<string | null> {
    const value = new Date().toISOString()
    const { abortStrategy } = this.#database
    try {
      await this.#database
        .queriesUntil(Date.now() + tryMs)
        .insertInto('setting')
        .values({ key, value })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
        .execute({ signal: AbortSignal.timeout(tryMs), inflightQueryAbortStrategy: abortStrategy })
      return null
    } catch (error) {
      return writeRefusal(error) ?? (isDatabaseUnavailable(error) ? 'it is busy' : 'it did not do so in time')
    }
  }
}

import { sql } from 'kysely'
import type { Logger } from '../../contract/index.ts'
import type { GatewayDatabase } from '../database.ts'
import { type WriteJournalTables, writeJournalTables } from './tables.ts'

/** For so long a write needs no sign of life, which most need not longer. */
export const aloneMs = 5000
const firstAfterMs = 2000
const everyMs = 1500
const holdMs = 5000
/** No sign of life is for longer: one further ahead is of an earlier run of the machine. */
export const longestSignMs = 60_000

/** Says of this process that it lives, as long as it is at writes that take long; most are over before. */
export class SignsOfLife {
  readonly #database: Pick<GatewayDatabase<WriteJournalTables>, 'queries' | 'functions'>
  readonly #writer: string
  readonly #log: Logger
  /** By when the end of each write has to be known, by `performance.now()`. */
  readonly #open = new Map<string, number>()
  #timer: NodeJS.Timeout | null = null
  #saying: Promise<void> = Promise.resolve()
  #hasSaid = false

  constructor(database: GatewayDatabase, writer: string, log: Logger) {
    this.#database = writeJournalTables.in(database)
    this.#writer = writer
    this.#log = log
  }

  begin(id: string, endsInMs: number): void {
    this.#open.set(id, performance.now() + endsInMs)
    this.#timer ??= this.#in(firstAfterMs)
  }

  end(id: string): void {
    this.#open.delete(id)
  }

  /** Whatever is not over now is nobody's. */
  async close(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer)
    this.#open.clear()
    await this.#saying
    if (!this.#hasSaid) return
    await this.#database.queries.deleteFrom('write_writer').where('id', '=', this.#writer).execute()
  }

  #in(milliseconds: number): NodeJS.Timeout {
    const timer = setTimeout(() => {
      this.#saying = this.#say()
    }, milliseconds)
    return timer.unref()
  }

  async #say(): Promise<void> {
    for (const [id, until] of this.#open) if (until < performance.now()) this.#open.delete(id)
    this.#timer = null
    if (this.#open.size === 0) return
    const { queries, functions } = this.#database
    const alive_until = sql<number>`${functions.steadyNow} + ${holdMs}`
    try {
      this.#hasSaid = true
      await queries
        .insertInto('write_writer')
        .values({ id: this.#writer, alive_until })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ alive_until }))
        .execute()
      await queries
        .deleteFrom('write_writer')
        .where(functions.isOver(sql.ref('alive_until'), longestSignMs))
        .execute()
    } catch (error) {
      this.#log.warn({ err: error }, 'that a write goes on could not be noted')
    }
    this.#timer ??= this.#in(everyMs)
  }
}

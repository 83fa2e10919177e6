import { type Kysely, sql } from 'kysely'
import type { Logger } from '../../contract/index.ts'
import { beforeAnyWrite } from '../coordination-failure.ts'
import type { GatewayDatabase } from '../database.ts'
import { type WriteJournalTables, writeJournalTables } from './tables.ts'

/** How long what has ended waits for more of the kind. */
const gatheredMs = 200
/** Of a statement, whose parameters are counted. */
const mostAtOnce = 1000
/** However long a write may take, a database that is locked is not waited for longer. */
const longestWaitMs = 5000

/** Of each write that is under way a note, which a kill leaves behind. */
export class WriteJournal<Intent extends { readonly id: string }> {
  readonly #database: Pick<GatewayDatabase<WriteJournalTables>, 'queries' | 'queriesUntil' | 'functions'>

  readonly #log: Logger
  readonly #ended: string[] = []
  #timer: NodeJS.Timeout | null = null
  #forgetting: Promise<void> = Promise.resolve()

  constructor(database: GatewayDatabase, { log }: { readonly log: Logger }) {
    this.#database = writeJournalTables.in(database)
    this.#log = log
  }

  /** @throws RegistryError that says `nothingWritten`. */
  async begin(
    intent: Intent,
    { waitMs, settleInMs }: { readonly waitMs: number; readonly settleInMs: number },
  ): Promise<void> {
    const queries = this.#database.queriesUntil(Date.now() + Math.min(waitMs, longestWaitMs))
    const row = { id: intent.id, intent: JSON.stringify(intent), settle_at: this.#in(settleInMs) }
    await beforeAnyWrite(queries.insertInto('write_intent').values(row).execute())
  }

  /** Nobody waits for it: a kill before it is done costs no more than a look at a write that is done. */
  async end(id: string): Promise<void> {
    this.#ended.push(id)
    this.#timer ??= setTimeout(() => this.#forgetEnded(), gatheredMs)
  }

  /** As a part of a transaction, with what is told of its end. */
  async endIn(queries: Kysely<unknown>, id: string): Promise<void> {
    await writeJournalTables.in({ queries }).queries.deleteFrom('write_intent').where('id', '=', id).execute()
  }

  /**
   * Of all gateways, as that transaction sees them: begun, and nobody has said yet how they ended.
   *
   * @param overdueMs so long before they are settled nobody is expected to say it any more.
   */
  async underWay(
    queries: Kysely<unknown>,
    overdueMs: number,
  ): Promise<readonly { readonly intent: Intent; readonly isOverdue: boolean }[]> {
    const rows = await writeJournalTables
      .in({ queries })
      .queries.selectFrom('write_intent')
      .select(['intent', 'settle_at', this.#database.functions.now.as('now')])
      .execute()
    return rows.map(({ intent, settle_at, now }) => ({
      intent: JSON.parse(intent) as Intent,
      isOverdue: settle_at - overdueMs <= now,
    }))
  }

  close(): Promise<void> {
    return this.#forgetEnded()
  }

  /** One that is due, and for so long nobody else's. */
  async claim(forMs: number): Promise<Intent | null> {
    // What could not be noted before is not to be taken for what nobody knows.
    await this.#forgetEnded()
    const { queries, functions } = this.#database
    const due = await queries
      .selectFrom('write_intent')
      .select(['id', 'settle_at'])
      .where('settle_at', '<=', functions.now)
      .orderBy('settle_at')
      .executeTakeFirst()
    if (!due) return null
    const row = await queries
      .updateTable('write_intent')
      .set({ settle_at: this.#in(forMs) })
      .where('id', '=', due.id)
      .where('settle_at', '=', due.settle_at)
      .returning('intent')
      .executeTakeFirst()
    return row ? (JSON.parse(row.intent) as Intent) : null
  }

  #forgetEnded(): Promise<void> {
    clearTimeout(this.#timer ?? undefined)
    this.#timer = null
    if (this.#ended.length > 0) this.#forgetting = this.#forgetting.then(() => this.#forget())
    return this.#forgetting
  }

  /** Many in one step, as each costs a write of the disk. What fails is tried again with what ends later. */
  async #forget(): Promise<void> {
    while (this.#ended.length > 0) {
      const ids = this.#ended.splice(0, mostAtOnce)
      try {
        await this.#database.queries.deleteFrom('write_intent').where('id', 'in', ids).execute()
      } catch (error) {
        this.#ended.push(...ids)
        this.#log.warn({ err: error }, 'the outcome of a write could not be noted yet')
        return
      }
    }
  }

  #in(milliseconds: number) {
    return sql<number>`${this.#database.functions.now} + ${milliseconds}`
  }
}

import { randomUUID } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Logger } from '../../contract/index.ts'
import { beforeAnyWrite } from '../coordination-failure.ts'
import type { GatewayDatabase } from '../database.ts'
import { aloneMs, longestSignMs, SignsOfLife } from './signs-of-life.ts'
import { type WriteJournalTables, writeJournalTables } from './tables.ts'

/** How long what has ended waits for more of the kind. */
const gatheredMs = 200
/** Of a statement, whose parameters are counted. */
const mostAtOnce = 1000
/** However long a write may take, a database that is locked is not waited for longer. */
const longestWaitMs = 5000

/** One whose end nobody has noted. */
export interface UnderWay<Intent> {
  readonly intent: Intent
  /** Epoch milliseconds. */
  readonly begunAt: number
  /** Whoever began it does not note its end any more. */
  readonly isOverdue: boolean
  /** That is known, and seen to. */
  readonly isLeftBehind: boolean
}

/** What is known of a note that is over. */
export interface EndedNote {
  /** Epoch milliseconds; `null`: not known. */
  readonly begunAt: number | null
  /** Others have seen to what was written, or may have. */
  readonly isLate: boolean
}

/** Of each write that is under way a note, which a kill leaves behind. */
export class WriteJournal<Intent extends { readonly id: string }> {
  readonly #database: Pick<GatewayDatabase<WriteJournalTables>, 'queries' | 'queriesUntil' | 'functions'>

  readonly #log: Logger
  readonly #writer = randomUUID()
  readonly #life: SignsOfLife
  readonly #ended: string[] = []
  #timer: NodeJS.Timeout | null = null
  #forgetting: Promise<void> = Promise.resolve()

  constructor(database: GatewayDatabase, { log }: { readonly log: Logger }) {
    this.#database = writeJournalTables.in(database)
    this.#log = log
    this.#life = new SignsOfLife(database, this.#writer, log)
  }

  /** @throws RegistryError that says `nothingWritten`. */
  async begin(
    intent: Intent,
    { waitMs, settleInMs }: { readonly waitMs: number; readonly settleInMs: number },
  ): Promise<void> {
    const queries = this.#database.queriesUntil(Date.now() + Math.min(waitMs, longestWaitMs))
    const { now, steadyNow } = this.#database.functions
    const row = {
      id: intent.id,
      intent: JSON.stringify(intent),
      settle_at: this.#in(settleInMs),
      begun_at: sql<number>`${now}`,
      writer: this.#writer,
      alone_until: sql<number>`${steadyNow} + ${aloneMs}`,
    }
    this.#life.begin(intent.id, settleInMs)
    try {
      await beforeAnyWrite(queries.insertInto('write_intent').values(row).execute())
    } catch (error) {
      this.#life.end(intent.id)
      throw error
    }
  }

  /** Nobody waits for it: a kill before it is done costs no more than a look at a write that is done. */
  async end(id: string): Promise<void> {
    this.#life.end(id)
    this.#ended.push(id)
    this.#timer ??= setTimeout(() => this.#forgetEnded(), gatheredMs)
  }

  /** As a part of a transaction, with what is told of its end. */
  async endIn(queries: Kysely<unknown>, id: string): Promise<EndedNote> {
    this.#life.end(id)
    const row = await writeJournalTables
      .in({ queries })
      .queries.deleteFrom('write_intent')
      .where('id', '=', id)
      .returning(['begun_at', 'left_behind'])
      .executeTakeFirst()
    return { begunAt: row?.begun_at ?? null, isLate: row === undefined || row.left_behind === 1 }
  }

  /**
   * Of all gateways, as that transaction sees them: begun, and nobody has said yet how they ended.
   *
   * @param overdueMs so long before they are settled nobody is expected to say it any more, whoever lives.
   */
  async underWay(queries: Kysely<unknown>, overdueMs: number): Promise<readonly UnderWay<Intent>[]> {
    const { now, isOver } = this.#database.functions
    const rows = await writeJournalTables
      .in({ queries })
      .queries.selectFrom('write_intent as i')
      .leftJoin('write_writer as w', 'w.id', 'i.writer')
      .select(['i.intent', 'i.settle_at', 'i.begun_at', 'i.left_behind', now.as('now')])
      .select(
        sql<number>`case when i.alone_until is not null and ${isOver(sql.ref('i.alone_until'), longestSignMs)}
          and (w.id is null or ${isOver(sql.ref('w.alive_until'), longestSignMs)}) then 1 else 0 end`.as(
          'is_alone',
        ),
      )
      .execute()
    return rows.map((row) => ({
      intent: JSON.parse(row.intent) as Intent,
      begunAt: row.begun_at ?? row.now,
      isOverdue: row.is_alone === 1 || row.settle_at - overdueMs <= row.now,
      isLeftBehind: row.left_behind === 1,
    }))
  }

  /** Whoever notes their end after all is told that others have seen to them. */
  async leaveBehind(ids: readonly string[]): Promise<void> {
    const { queries, functions } = this.#database
    await queries
      .updateTable('write_intent')
      .set({ left_behind: 1 })
      .where(functions.inTexts(sql.ref('id'), ids))
      .execute()
  }

  async close(): Promise<void> {
    await this.#forgetEnded()
    await this.#life.close()
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

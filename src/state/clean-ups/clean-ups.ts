import { sql } from 'kysely'
import type { CleanUp, NotedCleanUp } from '../../stores/clean-ups.ts'
import { beforeAnyWrite } from '../coordination-failure.ts'
import type { GatewayDatabase } from '../database.ts'
import { type CleanUpRow, type CleanUpTables, cleanUpTables } from './tables.ts'

/** What writes have left behind, or may leave behind. */
export class CleanUps {
  readonly #database: GatewayDatabase<CleanUpTables>

  constructor(database: GatewayDatabase) {
    this.#database = cleanUpTables.in(database)
  }

  /** False when it was tried already, and so may be under way. */
  async note({ id, kind, registry, model, details }: CleanUp, dueInMs: number): Promise<boolean> {
    const { queries, functions } = this.#database
    const due_at = this.#in(dueInMs)
    const fresh = { noted_at: functions.now, due_at, tries: 0, problem: null }
    const row = await beforeAnyWrite(
      queries
        .insertInto('clean_up')
        .values({ id, kind, registry, model, details, ...fresh })
        .onConflict((conflict) =>
          conflict.column('id').doUpdateSet({ due_at, problem: null }).where('clean_up.tries', '=', 0),
        )
        .returning('id')
        .executeTakeFirst(),
    )
    return row !== undefined
  }

  /** False when it was tried already, and so may be under way or done. */
  async leaveToPeople(id: string, problem: string): Promise<boolean> {
    const row = await this.#database.queries
      .updateTable('clean_up')
      .set({ due_at: null, problem })
      .where('id', '=', id)
      .where('tries', '=', 0)
      .returning('id')
      .executeTakeFirst()
    return row !== undefined
  }

  async postpone(id: string, dueInMs: number | null, problem: string | null): Promise<void> {
    await this.#database.queries
      .updateTable('clean_up')
      .set({ due_at: dueInMs === null ? null : this.#in(dueInMs), problem })
      .where('id', '=', id)
      .execute()
  }

  async forget(id: string): Promise<boolean> {
    const row = await this.#database.queries
      .deleteFrom('clean_up')
      .where('id', '=', id)
      .returning('id')
      .executeTakeFirst()
    return row !== undefined
  }

  /** One that is due, and for so long nobody else's. */
  async claim(forMs: number): Promise<NotedCleanUp | null> {
    const { queries, functions } = this.#database
    const due = await queries
      .selectFrom('clean_up')
      .select(['id', 'due_at'])
      .where('due_at', '<=', functions.now)
      .orderBy('due_at')
      .executeTakeFirst()
    if (!due) return null
    const row = await queries
      .updateTable('clean_up')
      .set(({ eb }) => ({ due_at: this.#in(forMs), tries: eb('tries', '+', 1) }))
      .where('id', '=', due.id)
      .where('due_at', '=', due.due_at)
      .returningAll()
      .executeTakeFirst()
    return row ? toNoted(row) : null
  }

  async list(): Promise<readonly NotedCleanUp[]> {
    const rows = await this.#database.queries
      .selectFrom('clean_up')
      .selectAll()
      .orderBy('noted_at')
      .orderBy('id')
      .execute()
    return rows.map(toNoted)
  }

  #in(milliseconds: number) {
    return sql<number>`${this.#database.functions.now} + ${milliseconds}`
  }
}

function toNoted({ noted_at, due_at, kind, ...row }: CleanUpRow): NotedCleanUp {
  return {
    ...row,
    kind: kind === 'model' ? 'model' : 'files',
    notedAt: noted_at,
    dueAt: due_at,
  }
}

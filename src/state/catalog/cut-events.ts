import { sql } from 'kysely'
import type { GatewayDatabase } from '../database.ts'
import type { CatalogTables } from './tables.ts'

/** Whoever else adds to the log waits meanwhile. */
const atOnce = 2000

/**
 * Takes away what is older, from the beginning of the log on and some at a time, and keeps where and when that was.
 *
 * @returns how many events are gone.
 */
export async function cutEvents(database: GatewayDatabase<CatalogTables>, at: number): Promise<number> {
  for (let gone = 0; ; ) {
    const some = await cutSome(database, at)
    gone += some
    if (some < atOnce) return gone
  }
}

async function cutSome({ queries: all }: GatewayDatabase<CatalogTables>, before: number): Promise<number> {
  return all.transaction().execute(async (queries) => {
    const end = await queries
      .updateTable('event_log_end')
      .set((eb) => ({ cut: eb.ref('cut') }))
      .returning(['cut', 'last'])
      .executeTakeFirst()
    if (!end) return 0
    const most = Math.min(end.last, end.cut + atOnce)
    const { kept, latest } = await queries
      .selectFrom('event_log')
      .select(sql<number | null>`min(case when at >= ${before} then seq end)`.as('kept'))
      .select(sql<number | null>`max(case when at < ${before} then at end)`.as('latest'))
      .where('seq', '<=', most)
      .executeTakeFirstOrThrow()
    const cut = kept === null ? most : Number(kept) - 1
    if (cut <= end.cut) return 0
    await queries
      .updateTable('event_log_end')
      .set({ cut, cut_at: latest === null ? null : Number(latest) })
      .execute()
    await queries.deleteFrom('event_log').where('seq', '<=', cut).execute()
    return cut - end.cut
  })
}

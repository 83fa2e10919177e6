import { sql } from 'kysely'
import { afterAll, expect, it } from 'vitest'
import { openGatewayDatabase } from '../../src/gateway/open-database.ts'
import { appendEvents } from '../../src/state/catalog/append-events.ts'
import { EventLog } from '../../src/state/catalog/event-log.ts'
import { catalogTables } from '../../src/state/catalog/tables.ts'
import type { GatewayDatabase } from '../../src/state/database.ts'
import { createFileSource, silent } from '../state/database-source.ts'

const source = createFileSource()
afterAll(() => source.dispose())

const eventAt = (at: number) => ({
  ...({ kind: 'TAG_SET', model: 'm', version: null, key: 'k', before: null, after: String(at) } as const),
  ...({
    registry: 'main',
    at,
    notBefore: null,
    certainty: 'RECORDED',
    actor: null,
    requestId: null,
    comment: null,
  } as const),
})

/** The events have their own numbers for times. */
async function fill(database: GatewayDatabase, from: number, to: number) {
  const { kind, queries } = catalogTables.in(database)
  const events = Array.from({ length: to - from + 1 }, (_, index) => eventAt(from + index))
  await queries.transaction().execute((own) => appendEvents({ kind, queries: own }, events))
}

async function kept(database: GatewayDatabase) {
  const { queries } = catalogTables.in(database)
  const end = await queries
    .selectFrom('event_log_end')
    .select(['last', 'cut', 'cut_at'])
    .executeTakeFirstOrThrow()
  const rows = await queries.selectFrom('event_log').select('seq').orderBy('seq').execute()
  return { ...end, seqs: rows.map(({ seq }) => seq) }
}

const upTo = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)

it('a cut that breaks off has taken away a beginning of the log as a whole, and goes on the next time', async () => {
  const url = await source.createUrl()
  const [database, other] = [
    await openGatewayDatabase(url, { log: silent }),
    await openGatewayDatabase(url, { log: silent }),
  ]
  await fill(database, 1, 4500)
  await sql`create trigger breaks before delete on event_log when old.seq = 3000
    begin select raise(abort, 'broken off'); end`.execute(database.queries)
  await expect(new EventLog(database).cutBefore(4000)).rejects.toThrow()
  expect(await kept(database)).toEqual({ last: 4500, cut: 2000, cut_at: 2000, seqs: upTo(2001, 4500) })
  await sql`drop trigger breaks`.execute(database.queries)
  // Two gateways at once, while another one adds to it.
  const cuts = [database, other].map((each) => new EventLog(each).cutBefore(4000))
  const [[one, two]] = await Promise.all([Promise.all(cuts), fill(other, 4501, 4600)])
  expect((one ?? 0) + (two ?? 0)).toBe(1999)
  expect(await kept(database)).toEqual({ last: 4600, cut: 3999, cut_at: 3999, seqs: upTo(4000, 4600) })
  expect(await new EventLog(database).cutBefore(10_000)).toBe(601)
  await fill(database, 4601, 4601)
  expect(await kept(database)).toEqual({ last: 4601, cut: 4600, cut_at: 4600, seqs: [4601] })
  await database.close()
  await other.close()
})

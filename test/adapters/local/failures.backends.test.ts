import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { openGatewayDatabase } from '../../../src/gateway/open-database.ts'
import type { GatewayDatabase } from '../../../src/state/database.ts'
import { openFrom, silent } from '../../state/database-source.ts'
import { providedPostgres } from '../../state/provided-postgres.ts'
import { newCall } from '../counted-call.ts'
import { openRegistry } from './open-registry.ts'

describe('PostgreSQL', () => {
  const source = providedPostgres()
  afterAll(() => source.dispose())

  test('that ends every connection is unavailable for a moment, and the process lives on', async () => {
    const url = await source.createUrl()
    const [database, other] = await Promise.all([1, 2].map(() => openGatewayDatabase(url, { log: silent })))
    if (database === undefined || other === undefined) throw new Error('two databases were opened')
    const { adapter, store } = await openRegistry(database)
    await store.models.create({ name: 'm' })
    const outcomes = await other.queries.transaction().execute(async (transaction) => {
      await sql`lock table local_model in access exclusive mode`.execute(transaction)
      const reading = Promise.allSettled([1, 2, 3].map(() => adapter.models.get(['m'], newCall())))
      await waiting(transaction, 3)
      await sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`.execute(transaction)
      return reading
    })
    expect(outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason)).toEqual(
      Array(3).fill(expect.objectContaining({ code: 'REGISTRY_UNAVAILABLE', retryable: true })),
    )
    await expect
      .poll(() => adapter.models.get(['m'], newCall()).catch(() => []))
      .toMatchObject([{ name: 'm' }])
    await other.close()
    await database.close()
  })

  test('that hangs is left within 100 ms of the signal, and its statement is ended', async () => {
    const database = await openFrom(source)
    const { adapter, store } = await openRegistry(database)
    await store.models.create({ name: 'm' })
    await database.queries.transaction().execute(async (transaction) => {
      await sql`lock table local_model in access exclusive mode`.execute(transaction)
      const controller = new AbortController()
      const call = newCall(controller.signal)
      const reading = adapter.models.get(['m'], call).catch((error: unknown) => error)
      await waiting(transaction, 1)
      const start = performance.now()
      controller.abort()
      expect(await reading).toMatchObject({ code: 'REGISTRY_TIMEOUT', retryable: true })
      expect(performance.now() - start).toBeLessThan(100)
      expect(call.requests).toBe(1)
      await waiting(transaction, 0)
    })
    expect(await adapter.models.get(['m'], newCall())).toMatchObject([{ name: 'm' }])
    await database.close()
  })

  test('that holds up a write is left within 100 ms of the signal, and nothing is written', async () => {
    const database = await openFrom(source)
    const { adapter, store } = await openRegistry(database)
    await store.models.create({ name: 'm' })
    await database.queries.transaction().execute(async (transaction) => {
      await sql`lock table local_model in access exclusive mode`.execute(transaction)
      const controller = new AbortController()
      const call = Object.assign(newCall(controller.signal), { deadline: Date.now() + 800 })
      const writing = adapter.writes?.models.describe?.('m', 'late', call).catch((error: unknown) => error)
      await waiting(transaction, 1)
      const start = performance.now()
      controller.abort()
      expect(await writing).toMatchObject({ code: 'REGISTRY_TIMEOUT', nothingWritten: true })
      expect(performance.now() - start).toBeLessThan(100)
      expect(call.requests).toBe(1)
      // By the deadline the connection is free for others again.
      await waiting(transaction, 0)
    })
    expect(await adapter.models.get(['m'], newCall())).toMatchObject([{ description: null }])
    await database.close()
  })
})

/** Until that many statements wait for the lock. */
async function waiting(queries: GatewayDatabase['queries'], wanted: number): Promise<void> {
  const locks = sql`select 1 from pg_locks where relation = 'local_model'::regclass and not granted`
  await expect.poll(async () => (await locks.execute(queries)).rows.length, { timeout: 10_000 }).toBe(wanted)
}

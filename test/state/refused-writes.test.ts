import { sql } from 'kysely'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { GatewayDatabase } from '../../src/state/database.ts'
import { WriteJournal } from '../../src/state/journal/write-journal.ts'
import { DatabaseHealth } from '../../src/state/settings/database-health.ts'
import { IdempotencyRecords } from '../../src/state/write-coordination/idempotency-records.ts'
import { Leases } from '../../src/state/write-coordination/leases.ts'
import { newCall } from '../adapters/counted-call.ts'
import { type OpenRegistry, openRegistry } from '../adapters/local/open-registry.ts'
import { createFileSource, openFrom, silent } from './database-source.ts'

const files = createFileSource()
afterAll(() => files.dispose())

interface Refusal {
  readonly reason: string
  readonly begin: string
  readonly end: string
}

describe.each<[string, Refusal]>([
  [
    'may not grow',
    { reason: 'its disk is full', begin: 'max_page_count = 1', end: 'max_page_count = 100000' },
  ],
  ['may not be written', { reason: 'it is read-only', begin: 'query_only = on', end: 'query_only = off' }],
])('a SQLite file that %s', (_, { reason, begin, end }) => {
  let database: GatewayDatabase
  let registry: OpenRegistry
  const set = (setting: string) => sql`pragma ${sql.raw(setting)}`.execute(database.queries)
  const large = 'x'.repeat(50_000)
  beforeEach(async () => {
    database = await openFrom(files)
    registry = await openRegistry(database)
    await registry.store.models.create({ name: 'm', description: 'before' })
    await set(begin)
    return () => database.close()
  })

  test('refuses a write of the local registry as a whole, reads on, and takes writes again by itself', async () => {
    const { adapter } = registry
    const tags = ['a', 'b', 'c'].map((key) => ({ key, value: large }))
    const writing = () =>
      adapter.writes?.models.create?.({ name: 'n', description: null, tags, idempotencyKey: 'k' }, newCall())
    await expect(writing()).rejects.toMatchObject({
      code: 'REGISTRY_UNAVAILABLE',
      retryable: true,
      nothingWritten: true,
      message: expect.stringContaining(`cannot write at present: ${reason}.`),
    })
    expect(await adapter.models.get(['m', 'n'], newCall())).toMatchObject([{ description: 'before' }, null])
    await set(end)
    await writing()
    expect(await adapter.models.get(['n'], newCall())).toMatchObject([{ name: 'n' }])
  })

  test('keeps in mind which writes have ended until that can be noted', async () => {
    await set(end)
    const journal = new WriteJournal<{ readonly id: string }>(database, { log: silent })
    await journal.begin({ id: 'a' }, { waitMs: 1000, settleInMs: 0 })
    await set(begin)
    await journal.end('a')
    await journal.close()
    await set(end)
    expect(await journal.claim(60_000)).toBeNull()
  })

  test('refuses keys before anything is written', async () => {
    const records = new IdempotencyRecords(database)
    await expect(records.begin({ caller: '', key: 'k' }, 'digest', large)).rejects.toMatchObject({
      code: 'REGISTRY_UNAVAILABLE',
      nothingWritten: true,
      message: expect.stringContaining(reason),
    })
    await set(end)
    await records.begin({ caller: '', key: 'k' }, 'digest', large)
  })
})

test('a SQLite file that may not be written gives no lease, and its health says why until it may', async () => {
  const database = await openFrom(files)
  const leases = new Leases(database, { log: silent })
  await sql`pragma query_only = on`.execute(database.queries)
  let begun = false
  const error = await leases
    .run('x', 1000, async () => {
      begun = true
    })
    .catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({
    code: 'REGISTRY_UNAVAILABLE',
    nothingWritten: true,
    message: expect.stringContaining('it is read-only'),
  })
  expect(begun).toBe(false)
  const health = new DatabaseHealth(database)
  expect([await health.answers(), await health.writeRefusal()]).toEqual([true, 'it is read-only'])
  await sql`pragma query_only = off`.execute(database.queries)
  await expect.poll(() => health.writeRefusal(), { timeout: 10_000 }).toBeNull()
  expect(await leases.run('x', 1000, async () => 'done')).toBe('done')
  await database.close()
})

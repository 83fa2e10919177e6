import type { Worker } from 'node:worker_threads'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openGatewayDatabase } from '../../../src/gateway/open-database.ts'
import type { GatewayDatabase } from '../../../src/state/database.ts'
import { getSetting } from '../../../src/state/settings/setting.ts'
import { settingTables } from '../../../src/state/settings/tables.ts'
import { createFileSource, silent } from '../database-source.ts'

const files = createFileSource()
afterAll(() => files.dispose())

const workers: Worker[] = []
const noteWorker = (worker: Worker) => workers.push(worker)
beforeEach(() => process.on('worker', noteWorker))
afterEach(() => {
  process.off('worker', noteWorker)
  workers.splice(0)
})

const put = (database: Pick<GatewayDatabase, 'queries'>, key: string) =>
  settingTables.in(database).queries.insertInto('setting').values({ key, value: 'kept' }).execute()

const kinds: [string, () => Promise<string>][] = [
  ['a file', () => files.createUrl()],
  ['memory', async () => 'sqlite::memory:'],
]

describe.each(kinds)('a database in %s that starts in place', (_, createUrl) => {
  let database: GatewayDatabase
  beforeEach(async () => {
    database = await openGatewayDatabase(await createUrl(), { log: silent, startsInPlace: true })
  })
  afterEach(() => database.close())

  test('has no thread before it serves, and keeps for its threads what was written', async () => {
    await put(database, 'before')
    await database.queries.transaction().execute((inside) => put({ queries: inside }, 'together'))
    await database.serve()
    expect(workers).toHaveLength(0)
    expect(await getSetting(database, 'before')).toBe('kept')
    await put(database, 'after')
    expect(await getSetting(database, 'together')).toBe('kept')
    expect(await getSetting(database, 'after')).toBe('kept')
    expect(workers.length).toBeGreaterThan(0)
  })

  test('serves when the transaction under way is over', async () => {
    const { promise: isServing, resolve } = Promise.withResolvers<void>()
    let serving = isServing
    await database.queries.transaction().execute(async (inside) => {
      await put({ queries: inside }, 'first')
      serving = database.serve().then(resolve)
      await put({ queries: inside }, 'second')
    })
    await serving
    expect(await getSetting(database, 'second')).toBe('kept')
  })

  test('takes nothing back that a broken transaction has not written', async () => {
    const work = database.queries.transaction().execute(async (inside) => {
      await put({ queries: inside }, 'undone')
      throw new Error('no more')
    })
    await expect(work).rejects.toThrow('no more')
    await database.serve()
    expect(await getSetting(database, 'undone')).toBeNull()
  })

  test('refuses when it is closed, and does not serve any more', async () => {
    await database.close()
    const late = () => put({ queries: database.queriesUntil(Date.now() + 1000) }, 'late')
    await expect(late()).rejects.toThrow('closed')
    await database.serve()
    await expect(late()).rejects.toThrow('closed')
  })
})

test('two in memory know nothing of each other', async () => {
  const [one, other] = await Promise.all(
    [1, 2].map(() => openGatewayDatabase('sqlite::memory:', { log: silent, startsInPlace: true })),
  )
  if (one === undefined || other === undefined) throw new Error('neither was opened')
  await put(one, 'mine')
  await one.serve()
  expect(await getSetting(other, 'mine')).toBeNull()
  await one.close()
  await other.close()
})

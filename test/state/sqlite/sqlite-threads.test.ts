import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises'
import type { Worker } from 'node:worker_threads'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openGatewayDatabase } from '../../../src/gateway/open-database.ts'
import type { GatewayDatabase } from '../../../src/state/database.ts'
import { isDatabaseUnavailable } from '../../../src/state/database-failure.ts'
import { getSetting } from '../../../src/state/settings/setting.ts'
import { settingTables } from '../../../src/state/settings/tables.ts'
import { createFileSource, memory, openFrom, silent } from '../database-source.ts'
import { holdWriteLock } from './held-file.ts'

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
  settingTables.in(database).queries.insertInto('setting').values({ key, value: '' }).execute()
const count = async (database: GatewayDatabase) => {
  const row = await settingTables
    .in(database)
    .queries.selectFrom('setting')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return row.n
}
/** Reads, and takes as long as it takes to count so far. */
const countTo = ({ queries }: GatewayDatabase, end: number) =>
  queries
    .selectNoFrom(
      sql<number>`(with recursive n(i) as (select 1 union all select i + 1 from n where i < ${end})
        select count(*) from n)`.as('counted'),
    )
    .executeTakeFirstOrThrow()
const long = 6_000_000

describe('a long statement', () => {
  let database: GatewayDatabase
  beforeEach(async () => {
    database = await openFrom(files)
  })
  afterEach(() => database.close())

  test('holds up no other read, not even those that were asked in the same moment', async () => {
    let isDone = false
    const counting = countTo(database, long).then((row) => {
      isDone = true
      return row
    })
    await Promise.all(Array.from({ length: 20 }, () => getSetting(database, 'key')))
    expect(isDone).toBe(false)
    const another = countTo(database, long)
    expect(await getSetting(database, 'key')).toBeNull()
    expect(isDone).toBe(false)
    expect(await counting).toEqual({ counted: long })
    expect(await another).toEqual({ counted: long })
  })

  test('holds up no write, and one that writes holds up no read', async () => {
    let isDone = false
    const counting = countTo(database, long).then(() => {
      isDone = true
    })
    await put(database, 'key')
    expect(isDone).toBe(false)
    await counting

    isDone = false
    const writing = sql`insert into setting
      with recursive n(i) as (select 1 union all select i + 1 from n where i < ${long})
      select 'counted', count(*) from n`
      .execute(database.queries)
      .then(() => {
        isDone = true
      })
    expect(await getSetting(database, 'key')).toBe('')
    expect(await getSetting(database, 'counted')).toBeNull()
    expect(isDone).toBe(false)
    await writing
    expect(await getSetting(database, 'counted')).toBe(String(long))
  })

  test('leaves its turns to the event loop', async () => {
    let isDone = false
    const counting = countTo(database, long).then(() => {
      isDone = true
    })
    let turns = 0
    while (!isDone) {
      await nextTurn()
      turns++
    }
    await counting
    expect(turns).toBeGreaterThan(100)
  })

  test('is not begun for somebody who has left before', async () => {
    const gone = new AbortController()
    const reads = Array.from({ length: 40 }, () =>
      settingTables.in(database).queries.selectFrom('setting').select('key').execute({ signal: gone.signal }),
    )
    gone.abort(new Error('left'))
    for (const outcome of await Promise.allSettled(reads)) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { message: 'left' } })
    }
    expect(await count(database)).toBe(0)
  })
})

describe('a write lock that somebody else holds', () => {
  let url: string
  let database: GatewayDatabase
  beforeEach(async () => {
    url = await files.createUrl()
    database = await openGatewayDatabase(url, { log: silent })
  })
  afterEach(() => database.close())

  test('ends each write by its own deadline, whoever stands before it, and none is done later', async () => {
    const lock = holdWriteLock(url)
    const ended: string[] = []
    const tries = Object.entries({ late: 600, soon: 200, latest: 900 }).map(async ([key, milliseconds]) => {
      const deadline = Date.now() + milliseconds
      const queries = database.queriesUntil(deadline)
      const work =
        key === 'latest'
          ? queries.transaction().execute((inside) => put({ queries: inside }, key))
          : put({ queries }, key)
      const error = await work.then(
        () => null,
        (thrown: unknown) => thrown,
      )
      expect(Date.now()).toBeLessThanOrEqual(deadline + 100)
      ended.push(key)
      return error
    })
    const errors = await Promise.all(tries)
    expect(ended).toEqual(['soon', 'late', 'latest'])
    expect(errors.map(isDatabaseUnavailable)).toEqual([true, true, true])
    lock.letGo()
    await put(database, 'afterwards')
    expect(await count(database)).toBe(1)
  })

  test('holds up no read and no turn of the event loop, and is waited for', async () => {
    const lock = holdWriteLock(url)
    const writing = put(database, 'key')
    let isDone = false
    const done = writing.then(() => {
      isDone = true
    })
    for (let read = 0; read < 50; read++) {
      expect(await getSetting(database, 'key')).toBeNull()
      await wait(1)
    }
    expect(isDone).toBe(false)
    lock.letGo()
    await done
    expect(await getSetting(database, 'key')).toBe('')
  })
})

describe('a transaction', () => {
  test('in memory is seen by nobody before it is done', async () => {
    const database = await openFrom(memory)
    let seen: Promise<string | null> | null = null
    await database.queries.transaction().execute(async (queries) => {
      await put({ queries }, 'key')
      seen = getSetting(database, 'key')
      await nextTurn()
      await settingTables.in({ queries }).queries.deleteFrom('setting').execute()
    })
    expect(await seen).toBeNull()
    await database.close()
  })

  test('whose thread ends fails as a whole, and the next one finds another thread', async () => {
    const database = await openFrom(files)
    const failing = database.queries.transaction().execute(async (queries) => {
      await put({ queries }, 'before')
      await Promise.all(workers.map((worker) => worker.terminate()))
      await put({ queries }, 'after').catch(() => {})
    })
    const error = await failing.catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(Error)
    expect(await count(database)).toBe(0)
    await put(database, 'next')
    expect(await count(database)).toBe(1)
    await database.close()
  })

  test('is closed after, not within', async () => {
    const url = await files.createUrl()
    const database = await openGatewayDatabase(url, { log: silent })
    let closing: Promise<void> | null = null
    await database.queries.transaction().execute(async (queries) => {
      await put({ queries }, 'first')
      closing = database.close()
      await nextTurn()
      await put({ queries }, 'second')
    })
    await closing
    expect(existsSync(`${url.slice('sqlite:'.length)}-wal`)).toBe(false)
    const again = await openGatewayDatabase(url, { log: silent })
    expect(await count(again)).toBe(2)
    await again.close()
  })
})

describe('a thread that ends', () => {
  test('fails what it was at, as unavailable, and is replaced', async () => {
    const database = await openFrom(files)
    await count(database)
    const counting = countTo(database, long).catch((thrown: unknown) => thrown)
    await Promise.all(workers.map((worker) => worker.terminate()))
    // It may have been done a moment before.
    const outcome = await counting
    if (outcome instanceof Error) expect(isDatabaseUnavailable(outcome)).toBe(true)
    await put(database, 'key')
    expect(await getSetting(database, 'key')).toBe('')
    await database.close()
  })

  test('takes a database in memory with it, which stays gone', async () => {
    const database = await openFrom(memory)
    await Promise.all(workers.map((worker) => worker.terminate()))
    for (let again = 0; again < 2; again++) {
      const error = await count(database).catch((thrown: unknown) => thrown)
      expect(isDatabaseUnavailable(error)).toBe(true)
    }
    await database.close()
  })
})

describe('a process', () => {
  /** Its output, of a database that it has opened, and its code. */
  async function runWith(statements: string) {
    const script = `
      import { sql } from 'kysely'
      import { openGatewayDatabase } from '${new URL('../../../src/gateway/open-database.ts', import.meta.url)}'
      const database = await openGatewayDatabase(process.argv[1], { log: console })
      const { queries } = database
      const countTo = (end) =>
        queries.selectNoFrom(sql\`(with recursive n(i) as (select 1 union all select i + 1 from n where i < \${end})
          select count(*) from n)\`.as('counted')).executeTakeFirstOrThrow()
      ${statements}`
    const url = await files.createUrl()
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script, url], { timeout: 15_000 })
    const [output, errors, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ])
    return { output, errors, code }
  }

  test('that leaves its database open ends by itself', async () => {
    const found = await runWith(`console.log(await queries.selectFrom('setting').selectAll().execute())`)
    expect(found).toEqual({ output: '[]\n', errors: '', code: 0 })
  })

  /** So that some are over before the threads have come up that were started because of them, and some after. */
  const ends = [60_000, 200_000, 300_000, 1_000_000]

  test('ends by itself when threads were started for what never came', async () => {
    const all = await Promise.all(ends.map((end) => runWith(`await countTo(${end})`)))
    expect(all).toEqual(ends.map(() => ({ output: '', errors: '', code: 0 })))
  })

  test('is there until its database is closed, whatever threads are coming up', async () => {
    const closes = (end: number) => `await countTo(${end}); await database.close(); console.log('closed')`
    const all = await Promise.all(ends.map((end) => runWith(closes(end))))
    expect(all).toEqual(ends.map(() => ({ output: 'closed\n', errors: '', code: 0 })))
  })
})

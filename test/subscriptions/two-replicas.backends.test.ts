import { dirname } from 'node:path'
import pg from 'pg'
import { describe, expect, it, onTestFinished } from 'vitest'
import { bearer } from '../identity/open-gateway.ts'
import { runModelgateIn } from '../identity/run-modelgate.ts'
import { providedPostgres } from '../state/provided-postgres.ts'
import { changes, data, make, now, openLab, tag } from './lab.ts'
import { connect, listen } from './listen.ts'

async function openTwo(config: object = {}) {
  const databases = providedPostgres()
  onTestFinished(() => databases.dispose())
  const url = await databases.createUrl()
  const both = { database: { url }, ...config }
  // At the same time, in a database without tables.
  const [one, other] = await Promise.all([openLab(both), openLab(both)])
  return { one, other, url }
}

async function ask(url: string, query: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await client.query(query)
  } finally {
    await client.end()
  }
}

describe('two gateways on one PostgreSQL', () => {
  it('may start at once, and tell what the other has written within a second', async () => {
    const { one, other } = await openTwo()
    const since = await now(one.url)
    const told = [one, other].map(({ url }) => listen(connect(url), { since }))
    const delays: number[] = []
    for (let n = 1; n <= 10; n++) {
      const [writer, reader] = n % 2 === 0 ? [one, told[1]] : [other, told[0]]
      await data(writer.url, make(`m-${n}`))
      const writtenAt = performance.now()
      await reader?.until(n)
      delays.push(performance.now() - writtenAt)
    }
    expect(Math.max(...delays)).toBeLessThan(1000)
    // By being woken, and not by looking each second.
    expect(delays.toSorted((a, b) => a - b)[5]).toBeLessThan(400)
    const all = await changes(one.url, since)
    for (const listening of told) {
      await listening.until(10)
      expect(listening.events).toEqual(all)
    }
  })

  it('tell also while nobody can be woken, and then are woken again', async () => {
    const { one, other, url } = await openTwo()
    const since = await now(one.url)
    const told = listen(connect(other.url), { since })
    await data(one.url, make('m-1'))
    await told.until(1)
    const waker =
      "select pid from pg_stat_activity where application_name = 'modelgate events' and datname = current_database()"
    const lost = async () => (await ask(url, waker)).rows.map(({ pid }) => pid as number)
    const before = await lost()
    expect(before).toHaveLength(1)
    await ask(url, `select pg_terminate_backend(${before[0]})`)
    const writtenAt = performance.now()
    await data(one.url, make('m-2'))
    await told.until(2)
    expect(performance.now() - writtenAt).toBeLessThan(2000)
    await expect.poll(lost, { timeout: 5000 }).toHaveLength(1)
    expect(await lost()).not.toEqual(before)
    expect(other.log()).toContain('looked for each second')
    told.stop()
    // Nobody listens: nothing is kept open.
    await expect.poll(lost, { timeout: 5000 }).toHaveLength(0)
  })

  it('send away whose token was revoked elsewhere, and tell no more of what was hidden elsewhere', async () => {
    const { one, other } = await openTwo({
      auth: {},
      administrators: ['token:boss'],
      permissions: { default: 'NO_PERMISSIONS' },
    })
    const run = async (...args: string[]) =>
      (await runModelgateIn(dirname(one.file), ['token', ...args], {})).stdout.trim()
    const [boss, reader] = [bearer(await run('create', 'boss')), bearer(await run('create', 'reader'))]
    const grant = (model: string, permission: string) =>
      `mutation { setPermission(input: { registry: "lab", model: "${model}", principal: "token:reader", permission: ${permission} }) { grant { model } } }`
    for (const name of ['a-1', 'b-1']) await data(one.url, make(name), boss)
    for (const pattern of ['a*', 'b*']) await data(one.url, grant(pattern, 'READ'), boss)
    const told = listen(connect(other.url, { headers: reader }), { since: await now(one.url, boss) })
    await data(one.url, tag('a-1', 'seen'), boss)
    await told.until(1)
    await data(one.url, grant('a*', 'NO_PERMISSIONS'), boss)
    await new Promise((resolve) => setTimeout(resolve, 1000))
    await data(one.url, tag('a-1', 'hidden'), boss)
    await data(one.url, tag('b-1', 'seen'), boss)
    await told.until(2)
    expect(told.events.map(({ model, after }) => [model, after])).toEqual([
      ['a-1', 'seen'],
      ['b-1', 'seen'],
    ])
    await run('revoke', 'reader')
    const revokedAt = performance.now()
    expect(await told.over).toMatchObject({ code: 4401 })
    expect(performance.now() - revokedAt).toBeLessThan(1000)
  })

  it('know what was granted and taken back elsewhere before they tell what was written after it', async () => {
    const { one, other } = await openTwo({
      auth: {},
      administrators: ['token:boss'],
      permissions: {
        default: 'NO_PERMISSIONS',
        grants: [{ principal: 'token:reader', registry: 'lab', model: 'always', permission: 'READ' }],
      },
    })
    const create = async (name: string) =>
      (await runModelgateIn(dirname(one.file), ['token', 'create', name], {})).stdout.trim()
    const [boss, reader] = [bearer(await create('boss')), bearer(await create('reader'))]
    const grant = (model: string, permission: string) =>
      `mutation { setPermission(input: { registry: "lab", model: "${model}", principal: "token:reader", permission: ${permission} }) { grant { model } } }`
    for (const name of ['always', 'often']) await data(one.url, make(name), boss)
    const told = listen(connect(other.url, { headers: reader }), { since: await now(one.url, boss) })
    const rounds = 8
    for (let n = 0; n < rounds; n++) {
      await data(one.url, grant('often', 'READ'), boss)
      await data(one.url, tag('often', `shown-${n}`), boss)
      await data(one.url, grant('often', 'NO_PERMISSIONS'), boss)
      await data(one.url, tag('often', `hidden-${n}`), boss)
      await data(one.url, tag('always', `seen-${n}`), boss)
      await expect.poll(() => told.events.at(-1)?.after, { timeout: 5000 }).toBe(`seen-${n}`)
    }
    // What was shown only for a moment may be told or not; what was written while it was hidden never is.
    expect(told.events.filter(({ after }) => after?.startsWith('hidden-'))).toEqual([])

    const maker = listen(connect(other.url, { headers: reader }), { since: await now(one.url, boss) })
    for (let n = 0; n < rounds; n++) {
      await data(one.url, make(`new-${n}`), boss)
      await data(one.url, grant(`new-${n}`, 'READ'), boss)
      await data(one.url, tag(`new-${n}`, 'granted'), boss)
    }
    await data(one.url, tag('always', 'end'), boss)
    await expect.poll(() => maker.events.at(-1)?.after, { timeout: 5000 }).toBe('end')
    const ofTags = maker.events.filter(({ after }) => after === 'granted').map(({ model }) => model)
    expect(ofTags).toEqual(Array.from({ length: rounds }, (_, n) => `new-${n}`))
  }, 60_000)
})

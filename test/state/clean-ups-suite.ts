import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openGatewayDatabase } from '../../src/gateway/open-database.ts'
import { CleanUps } from '../../src/state/clean-ups/clean-ups.ts'
import type { GatewayDatabase } from '../../src/state/database.ts'
import { type DatabaseSource, silent } from './database-source.ts'

/** Of a database that can be opened more than once. */
export function describeCleanUps(source: DatabaseSource): void {
  describe(`clean-ups on ${source.name}`, () => {
    let url: string
    let database: GatewayDatabase
    let cleanUps: CleanUps
    const files = (id: string) =>
      ({
        id,
        kind: 'files',
        registry: 'prod',
        model: 'ключ 🚀',
        details: '{"origin":"models://a/b/1"}',
      }) as const

    beforeEach(async () => {
      url = await source.createUrl()
      database = await openGatewayDatabase(url, { log: silent })
      cleanUps = new CleanUps(database)
    })
    afterEach(() => database.close())
    afterAll(() => source.dispose())

    test('are noted, and outlive the gateway until they are forgotten', async () => {
      expect(await cleanUps.note(files('a'), 60_000)).toBe(true)
      await database.close()
      database = await openGatewayDatabase(url, { log: silent })
      cleanUps = new CleanUps(database)
      const [noted] = await cleanUps.list()
      expect(noted).toMatchObject({ ...files('a'), tries: 0, problem: null })
      expect(Math.abs((noted?.notedAt ?? 0) - Date.now())).toBeLessThan(10_000)
      // The database reads its clock for each of them.
      expect(Math.abs((noted?.dueAt ?? 0) - (noted?.notedAt ?? 0) - 60_000)).toBeLessThan(100)
      expect(await cleanUps.forget('a')).toBe(true)
      expect(await cleanUps.forget('a')).toBe(false)
      expect(await cleanUps.list()).toEqual([])
    })

    test('are claimed when they are due, by one of many only', async () => {
      await cleanUps.note(files('later'), 60_000)
      await cleanUps.note(files('now'), 0)
      const other = await openGatewayDatabase(url, { log: silent })
      const claims = await Promise.all(
        Array.from({ length: 10 }, (_, index) => (index % 2 ? cleanUps : new CleanUps(other)).claim(60_000)),
      )
      expect(claims.filter((claim) => claim !== null)).toMatchObject([{ id: 'now', tries: 1 }])
      expect(await cleanUps.claim(60_000)).toBeNull()
      await other.close()
    })

    test('that were postponed are due again, and those left to people never', async () => {
      await cleanUps.note(files('a'), 0)
      await cleanUps.claim(60_000)
      await cleanUps.postpone('a', 0, 'It is away.')
      expect(await cleanUps.claim(60_000)).toMatchObject({ id: 'a', tries: 2, problem: 'It is away.' })
      await cleanUps.postpone('a', null, 'Nobody knows.')
      expect(await cleanUps.claim(60_000)).toBeNull()
      expect(await cleanUps.list()).toMatchObject([{ id: 'a', dueAt: null, problem: 'Nobody knows.' }])
    })

    test('are left to people by the write itself, and not once they may be under way', async () => {
      await cleanUps.note(files('a'), 0)
      expect(await cleanUps.leaveToPeople('a', 'Nobody knows.')).toBe(true)
      expect(await cleanUps.claim(60_000)).toBeNull()
      await cleanUps.postpone('a', 0, null)
      await cleanUps.claim(60_000)
      expect(await cleanUps.leaveToPeople('a', 'Nobody knows.')).toBe(false)
      await cleanUps.forget('a')
      expect(await cleanUps.leaveToPeople('a', 'Nobody knows.')).toBe(false)
    })

    test('are put off by the same write, and not once they may be under way', async () => {
      await cleanUps.note(files('a'), 0)
      expect(await cleanUps.note(files('a'), 60_000)).toBe(true)
      expect(await cleanUps.claim(60_000)).toBeNull()
      await cleanUps.postpone('a', 0, null)
      await cleanUps.claim(60_000)
      expect(await cleanUps.note(files('a'), 60_000)).toBe(false)
    })
  })
}

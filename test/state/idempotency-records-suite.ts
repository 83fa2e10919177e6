import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openGatewayDatabase } from '../../src/gateway/open-database.ts'
import type { GatewayDatabase } from '../../src/state/database.ts'
import { IdempotencyRecords } from '../../src/state/write-coordination/idempotency-records.ts'
import { writeCoordinationTables } from '../../src/state/write-coordination/tables.ts'
import { type DatabaseSource, silent } from './database-source.ts'

const hour = 60 * 60 * 1000

/** Of a database that can be opened more than once. */
export function describeIdempotencyRecords(source: DatabaseSource): void {
  describe(`idempotency records on ${source.name}`, () => {
    let database: GatewayDatabase
    let records: IdempotencyRecords
    const key = { caller: 'alice', key: 'ключ "1" 🚀' }

    beforeEach(async () => {
      database = await openGatewayDatabase(await source.createUrl(), { log: silent })
      records = new IdempotencyRecords(database)
    })
    afterEach(() => database.close())
    afterAll(() => source.dispose())

    const age = (milliseconds: number) =>
      writeCoordinationTables
        .in(database)
        .queries.updateTable('idempotent_write')
        .set(({ eb }) => ({ created_at: eb('created_at', '-', milliseconds) }))
        .execute()

    test('are begun, answered and forgotten', async () => {
      expect(await records.find(key)).toBeNull()
      await records.begin(key, 'digest', '{"memo":"Ünï"}')
      expect(await records.find(key)).toEqual({ digest: 'digest', memo: '{"memo":"Ünï"}', answer: null })
      await records.answer(key, '{"version":"1"}')
      expect(await records.find(key)).toEqual({
        digest: 'digest',
        memo: '{"memo":"Ünï"}',
        answer: '{"version":"1"}',
      })
      await records.forget(key)
      expect(await records.find(key)).toBeNull()
      await records.begin(key, 'other', 'null')
      expect(await records.find(key)).toEqual({ digest: 'other', memo: 'null', answer: null })
    })

    test('are each caller’s own', async () => {
      const others = { caller: 'bob', key: key.key }
      const nobody = { caller: '', key: key.key }
      await records.begin(key, 'alice', 'null')
      expect(await records.find(others)).toBeNull()
      await records.begin(others, 'bob', 'null')
      await records.begin(nobody, 'nobody', 'null')
      await records.answer(others, '"his"')
      await records.forget(nobody)
      expect(await records.find(key)).toMatchObject({ digest: 'alice', answer: null })
      expect(await records.find(others)).toMatchObject({ digest: 'bob', answer: '"his"' })
      expect(await records.find(nobody)).toBeNull()
    })

    test('outlive the process', async () => {
      const url = await source.createUrl()
      const first = await openGatewayDatabase(url, { log: silent })
      await new IdempotencyRecords(first).begin(key, 'digest', 'null')
      await first.close()
      const second = await openGatewayDatabase(url, { log: silent })
      expect(await new IdempotencyRecords(second).find(key)).toEqual({
        digest: 'digest',
        memo: 'null',
        answer: null,
      })
      await second.close()
    })

    test('are kept for a day at least, and let go when nobody can want them any more', async () => {
      await records.begin(key, 'old', 'null')
      await records.answer(key, '"answer"')
      await age(25 * hour)
      await records.begin({ ...key, key: 'a day later' }, 'new', 'null')
      expect(await records.find(key)).toMatchObject({ digest: 'old', answer: '"answer"' })
      await age(24 * hour)
      await records.begin({ ...key, key: 'two days later' }, 'new', 'null')
      expect(await records.find(key)).toBeNull()
      expect(await records.find({ ...key, key: 'a day later' })).toMatchObject({ digest: 'new' })
    })

    test.each([100, -100])('are kept when the wall clock of a gateway jumps by %i hours', async (hours) => {
      await records.begin(key, 'old', 'null')
      const now = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + hours * hour)
      await records.begin({ ...key, key: 'after the jump' }, 'new', 'null')
      now.mockRestore()
      await records.begin({ ...key, key: 'and back' }, 'new', 'null')
      expect(await records.find(key)).toMatchObject({ digest: 'old' })
      expect(await records.find({ ...key, key: 'after the jump' })).toMatchObject({ digest: 'new' })
    })

    test('are not begun twice', async () => {
      await records.begin(key, 'first', 'null')
      await expect(records.begin(key, 'second', 'null')).rejects.toMatchObject({
        code: 'REGISTRY_TIMEOUT',
        nothingWritten: true,
        retryable: true,
      })
      expect(await records.find(key)).toMatchObject({ digest: 'first' })
    })

    test('without their database nothing is found and nothing begun', async () => {
      await database.close()
      const failure = { code: 'REGISTRY_UNAVAILABLE', nothingWritten: true, retryable: true }
      await expect(records.find(key)).rejects.toMatchObject(failure)
      await expect(records.begin(key, 'digest', 'null')).rejects.toMatchObject(failure)
    })
  })
}

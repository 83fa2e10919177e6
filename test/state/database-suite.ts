import { sql } from 'kysely'
import { NO_MIGRATIONS } from 'kysely/migration'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { localTables } from '../../src/adapters/local/store/tables.ts'
import { openGatewayDatabase, tableRooms } from '../../src/gateway/open-database.ts'
import type { GatewayDatabase } from '../../src/state/database.ts'
import { createMigrator, migrateToLatest } from '../../src/state/migrate.ts'
import { getOrCreateSetting, getSetting } from '../../src/state/settings/setting.ts'
import { settingTables } from '../../src/state/settings/tables.ts'
import { type DatabaseSource, silent } from './database-source.ts'

export function describeDatabase(source: DatabaseSource): void {
  describe(`gateway database on ${source.name}`, () => {
    const opened: GatewayDatabase[] = []
    const open = async (url?: string) => {
      const database = await openGatewayDatabase(url ?? (await source.createUrl()), { log: silent })
      opened.push(database)
      return database
    }
    afterEach(async () => {
      for (const database of opened.splice(0)) await database.close()
    })
    afterAll(() => source.dispose())

    test('migrates up, down and up again', async () => {
      const database = await open()
      const before = await listTables(database)
      expect(before).toEqual(expect.arrayContaining(['setting', 'local_model', 'local_run_metric']))

      await migrateDown(database)
      expect(await listTables(database)).toEqual([])

      await migrateToLatest(database.queries, database.columnTypes, tableRooms)
      expect(await listTables(database)).toEqual(before)
      expect(await getOrCreateSetting(database, 'key', () => 'value')).toBe('value')
    })

    test('closes more than once', async () => {
      const database = await open()
      await Promise.all([database.close(), database.close()])
      await database.close()
      await expect(getSetting(database, 'key')).rejects.toThrow()
    })

    test('gives all who create a setting at once the same value', async () => {
      const database = await open()
      const values = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          getOrCreateSetting(database, 'signing-key', () => `value ${index}`),
        ),
      )
      expect(new Set(values).size).toBe(1)
      expect(await getSetting(database, 'signing-key')).toBe(values[0])
      expect(await getOrCreateSetting(database, 'signing-key', () => 'another')).toBe(values[0])
      expect(await getSetting(database, 'other')).toBeNull()
    })

    test('orders and compares texts by code point', async () => {
      const database = await open()
      const keys = ['😀', '～', 'é', 'a', 'B', 'b', 'A', '_', 'ab', 'a b']
      for (const key of keys) await getOrCreateSetting(database, key, () => '')
      const rows = await settingTables
        .in(database)
        .queries.selectFrom('setting')
        .select('key')
        .orderBy('key')
        .execute()
      expect(rows.map((row) => row.key)).toEqual(['A', 'B', '_', 'a', 'a b', 'ab', 'b', 'é', '～', '😀'])
    })

    test('keeps numbers as they are', async () => {
      const { queries } = localTables.in(await open())
      const values = [
        Number.POSITIVE_INFINITY,
        Number.NEGATIVE_INFINITY,
        0.1 + 0.2,
        5e-324,
        1.7976931348623157e308,
      ]
      const at = 8_640_000_000_000_000
      await queries
        .insertInto('local_run')
        .values({
          registry: 'r',
          run_id: 'x',
          name: null,
          status: null,
          started_at: at,
          ended_at: null,
          origin: null,
        })
        .execute()
      await queries
        .insertInto('local_run_metric')
        .values(
          values.map((value, index) => ({ registry: 'r', run_id: 'x', key: `${index}`, value, step: null })),
        )
        .execute()
      const metrics = await queries.selectFrom('local_run_metric').select('value').orderBy('key').execute()
      expect(metrics.map((row) => row.value)).toEqual(values)
      const run = await queries
        .selectFrom('local_run')
        .select(['started_at', sql<number>`count(*) over ()`.as('n')])
        .execute()
      expect(run).toEqual([{ started_at: at, n: 1 }])
    })

    test('takes back what a transaction did before it failed', async () => {
      const database = await open()
      const { queries } = settingTables.in(database)
      const failing = queries.transaction().execute(async (transaction) => {
        await transaction.insertInto('setting').values({ key: 'lost', value: 'x' }).execute()
        throw new Error('on purpose')
      })
      await expect(failing).rejects.toThrow('on purpose')
      expect(await getSetting(database, 'lost')).toBeNull()
    })
  })
}

async function listTables({ queries }: GatewayDatabase): Promise<string[]> {
  const tables = await queries.introspection.getTables()
  return tables
    .map((table) => table.name)
    .filter((name) => !name.startsWith('migration'))
    .sort()
}

async function migrateDown({ queries, columnTypes }: GatewayDatabase): Promise<void> {
  const migrator = createMigrator(queries, columnTypes, tableRooms)
  const { error, results } = await migrator.migrateTo(NO_MIGRATIONS)
  expect(error).toBeUndefined()
  expect(results?.map(({ status }) => status)).toEqual((await migrator.getMigrations()).map(() => 'Success'))
}

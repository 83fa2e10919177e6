import { type Kysely, sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { defaultLocalConfig } from '../../src/adapters/local/config.ts'
import { connectLocal } from '../../src/adapters/local/connect.ts'
import { createLocalStore } from '../../src/adapters/local/store/local-store.ts'
import { syncOnce } from '../../src/federation/catalog/sync-pass.ts'
import { isReservedTag } from '../../src/federation/records/origin-tags.ts'
import { BacklogSchedule } from '../../src/gateway/backlog-schedule.ts'
import { SearchBacklog } from '../../src/state/catalog/search/search-backlog.ts'
import { SearchIndex } from '../../src/state/catalog/search/search-index.ts'
import { searchTables } from '../../src/state/catalog/search/tables.ts'
import type { GatewayDatabase } from '../../src/state/database.ts'
import { type DatabaseSource, openFrom, silent } from '../state/database-source.ts'
import { expectIndexInStep } from './index-in-step.ts'
import { openProcess } from './open-process.ts'

/** More than one step takes. */
const models = 600

/** What was in a catalog before there was an index of words. */
export function describeSearchBacklog(source: DatabaseSource): void {
  describe(`a catalog of before on ${source.name}`, () => {
    afterAll(() => source.dispose())

    it('is taken into the index step by step, by several at once, while others write, from where it was left', async () => {
      const database = await openFrom(source)
      const store = createLocalStore(database, 'main')
      for (let index = 0; index < models; index++) await store.models.create({ name: `m${index}` })
      await store.versions.create({ model: 'm7', source: 's3://b/x', description: 'Seventh.' })
      const process = openProcess(
        database,
        connectLocal(defaultLocalConfig, { registry: 'main', log: silent, database }),
      )
      const sync = async () => {
        const wish = { fullSince: Date.now(), waitMs: 2000, signal: new AbortController().signal }
        expect(await syncOnce(process, 'main', process.settings, wish)).toMatchObject({ problem: null })
      }
      await sync()
      await makeAsBefore(database)
      const index = new SearchIndex(database, isReservedTag)
      expect([...(await index.unfinished())]).toHaveLength(1)

      const [id = 0] = await index.unfinished()
      const backlog = () => new SearchBacklog(database, isReservedTag)
      expect(await backlog().takeSome(id)).toBe(100)
      // What changes meanwhile is in step at once where it was taken in, and is taken in as it is by then where not.
      await store.models.describe('m1', 'Changed.')
      await store.models.describe('m599', 'Changed.')
      await store.models.delete('m598')
      await sync()
      const schedules = [backlog(), backlog()].map((each) => new BacklogSchedule(each, () => 0, silent))
      for (const schedule of schedules) schedule.start()
      await expect.poll(() => index.unfinished(), { timeout: 20_000 }).toEqual(new Set())
      for (const schedule of schedules) await schedule.close()
      expect(await backlog().takeSome(id)).toBeNull()
      await expectIndexInStep(database)
      await process.federation.close()
      await database.close()
    }, 60_000)
  })

  describe(`a first sweep on ${source.name}`, () => {
    afterAll(() => source.dispose())

    it('takes words in at its end, and when it was broken off there goes on, with what has changed meanwhile', async () => {
      const database = await openFrom(source)
      const store = createLocalStore(database, 'main')
      for (let index = 0; index < models; index++) await store.models.create({ name: `m${index}` })
      for (let index = 0; index < 5; index++) {
        await store.versions.create({ model: 'm7', source: 's3://b/x', description: `Number ${index}.` })
      }
      const process = openProcess(
        database,
        connectLocal(defaultLocalConfig, { registry: 'main', log: silent, database }),
      )
      const index = new SearchIndex(database, isReservedTag)
      const documents = () =>
        searchTables.in(database).queries.selectFrom('search_model').selectAll().execute()
      const breakOff = new AbortController()
      const sync = (signal: AbortSignal) =>
        syncOnce(process, 'main', process.settings, {
          fullSince: null,
          waitMs: 2000,
          signal,
          onProgress: ({ phase }) => {
            if (phase === 'words') breakOff.abort(new Error('broken off'))
          },
        })
      await expect(sync(breakOff.signal)).rejects.toThrow('broken off')
      expect(await documents()).toHaveLength(100)
      expect(await index.unfinished()).toHaveProperty('size', 1)
      expect(await new SearchBacklog(database, isReservedTag).left()).toEqual(new Set())

      await store.models.describe('m1', 'Changed.')
      await store.versions.create({ model: 'm599', source: 's3://b/x', description: 'Another.' })
      expect(await sync(new AbortController().signal)).toMatchObject({ kind: 'swept' })
      expect(await index.unfinished()).toEqual(new Set())
      await expectIndexInStep(database)
      await store.models.describe('m599', 'Changed.')
      expect(await sync(new AbortController().signal)).toMatchObject({ problem: null })
      await expectIndexInStep(database)
      await process.federation.close()
      await database.close()
    }, 60_000)
  })
}

async function makeAsBefore(database: GatewayDatabase): Promise<void> {
  const queries = database.queries as Kysely<unknown>
  const tables =
    database.kind === 'sqlite'
      ? ['search_model', 'search_model_index', 'search_version_index']
      : ['search_model', 'search_version']
  for (const table of tables) await sql`delete from ${sql.table(table)}`.execute(queries)
  await sql`insert into search_backlog (registry_id, models_after, versions_after)
    select id, 0, 0 from catalog_registry`.execute(queries)
}

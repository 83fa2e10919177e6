import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { defaultLocalConfig } from '../../../src/adapters/local/config.ts'
import { connectLocal } from '../../../src/adapters/local/connect.ts'
import { createLocalStore } from '../../../src/adapters/local/store/local-store.ts'
import { localTables } from '../../../src/adapters/local/store/tables.ts'
import type {
  Adapter,
  AliasWrites,
  Call,
  ModelVersionRecord,
  NewVersion,
  RegistryErrorCode,
  RegistryWrites,
  StageWrites,
} from '../../../src/contract/index.ts'
import { openGatewayDatabase } from '../../../src/gateway/open-database.ts'
import type { GatewayDatabase } from '../../../src/state/database.ts'
import { type DatabaseSource, silent } from '../../state/database-source.ts'
import { newCall } from '../counted-call.ts'

const hour = 60 * 60 * 1000

/** The facets for writing, with several gateways at once where the database takes that. */
export function describeWrites(source: DatabaseSource, replicas: number): void {
  describe(`writes to a local registry on ${source.name}`, () => {
    let databases: GatewayDatabase[]
    let adapters: Adapter[]
    beforeEach(async () => {
      const url = await source.createUrl()
      databases = await Promise.all(
        Array.from({ length: replicas }, () => openGatewayDatabase(url, { log: silent })),
      )
      adapters = databases.map((database) => connect(database))
      await writesOf(0).models.create({ name: 'm', ...plain }, newCall())
    })
    afterEach(async () => {
      for (const database of databases) await database.close()
    })
    afterAll(() => source.dispose())

    const connect = (database: GatewayDatabase, config = {}) =>
      connectLocal({ ...defaultLocalConfig, ...config }, { registry: 'r', log: silent, database })
    const adapterOf = (index: number) => adapters[index % replicas] as Adapter
    const writesOf = (index: number) => adapterOf(index).writes as FullWrites
    const addVersion = (more: Partial<NewVersion> = {}, call: Call = newCall(), index = 0) =>
      writesOf(index).versions.create({ ...newVersion, ...more }, call)
    const addVersions = async (count: number) => {
      for (let number = 1; number <= count; number++) await addVersion()
    }
    const allVersions = async (model = 'm') => {
      const [outcome] = await adapterOf(0).versions.ofModels([model], 1000, newCall())
      return (outcome as { versions: readonly ModelVersionRecord[] }).versions
    }
    const stages = async (adapter = adapterOf(0)) => {
      const [outcome] = await adapter.versions.ofModels(['m'], 1000, newCall())
      const { versions } = outcome as { versions: readonly ModelVersionRecord[] }
      return versions.map(({ stage }) => stage).toReversed()
    }

    describe('that expect something', () => {
      const key = { model: 'm', alias: 'champion' }

      test('of 50 that move an alias from the same holder one wins and 49 are told who holds it', async () => {
        await addVersions(51)
        for (const expected of [null, '51']) {
          if (expected !== null) await writesOf(0).aliases.set(key, expected, undefined, newCall())
          const outcomes = await Promise.allSettled(
            Array.from({ length: 50 }, (_, index) =>
              writesOf(index).aliases.set(key, String(index + 1), expected, newCall()),
            ),
          )
          const winners = outcomes.flatMap((outcome, index) =>
            outcome.status === 'fulfilled' ? [{ ...outcome.value, version: String(index + 1) }] : [],
          )
          expect(winners).toEqual([{ previous: expected, version: expect.any(String) }])
          const losers = outcomes.flatMap((outcome) =>
            outcome.status === 'rejected'
              ? [{ code: outcome.reason.code, current: outcome.reason.current }]
              : [],
          )
          expect(losers).toEqual(Array(49).fill({ code: 'CONFLICT', current: winners[0]?.version }))
          const [held] = (await adapterOf(1).aliases?.resolve([key], newCall())) ?? []
          expect(held).toMatchObject({ version: winners[0]?.version })
        }
      })

      test('an alias is set and deleted from where it is, and from nowhere else', async () => {
        await addVersions(2)
        const { aliases } = writesOf(0)
        await expect(aliases.set(key, '1', '2', newCall())).rejects.toEqual(conflict(null))
        expect(await aliases.set(key, '1', null, newCall())).toEqual({ previous: null })
        await expect(aliases.set(key, '2', null, newCall())).rejects.toEqual(conflict('1'))
        expect(await aliases.set(key, '2', '1', newCall())).toEqual({ previous: '1' })
        await expect(aliases.set(key, '3', '2', newCall())).rejects.toEqual(refused('NOT_FOUND'))
        await expect(aliases.delete(key, '1', newCall())).rejects.toEqual(conflict('2'))
        expect(await aliases.delete(key, '2', newCall())).toEqual({ previous: '2' })
        await expect(aliases.delete(key, '2', newCall())).rejects.toEqual(conflict(null))
        expect(await aliases.delete(key, undefined, newCall())).toEqual({ previous: null })
        const odd = { model: 'm', alias: 'nul\0' }
        await expect(aliases.delete(odd, '2', newCall())).rejects.toEqual(conflict(null))
        await expect(aliases.delete({ model: 'gone', alias: 'a' }, '2', newCall())).rejects.toEqual(
          refused('NOT_FOUND'),
        )
      })

      test('a version changes its stage from where it is, and from nowhere else', async () => {
        await addVersions(1)
        const version = { model: 'm', version: '1' }
        const move = (stage: string, expected: string | undefined) =>
          writesOf(0).stages.transition(version, { stage, archiveExisting: null, expected }, newCall())
        await expect(move('Production', 'Staging')).rejects.toEqual(conflict('None'))
        expect(await stages()).toEqual(['None'])
        expect(await move('Production', 'None')).toEqual({ archived: [], previous: 'None' })
        await expect(move('Staging', 'None')).rejects.toEqual(conflict('Production'))
        expect(await stages()).toEqual(['Production'])
      })
    })

    describe('that archive', () => {
      const move = (
        version: string,
        stage: string,
        archiveExisting: boolean | null,
        { writes } = adapterOf(0),
      ) =>
        (writes as FullWrites).stages.transition(
          { model: 'm', version },
          { stage, archiveExisting, expected: undefined },
          newCall(),
        )

      test('12 at once leave one version in production', async () => {
        await addVersions(12)
        const moves = await Promise.all(
          Array.from({ length: 12 }, (_, index) =>
            move(String(index + 1), 'Production', true, adapterOf(index)),
          ),
        )
        expect((await stages()).toSorted()).toEqual([...Array(11).fill('Archived'), 'Production'])
        // Each but the last was archived by the one after it.
        expect(moves.map(({ archived }) => archived.length).toSorted()).toEqual([0, ...Array(11).fill(1)])
        expect(new Set(moves.flatMap(({ archived }) => archived)).size).toBe(11)
      })

      test('say which versions went, by number, and leave those of other stages and models', async () => {
        await addVersions(12)
        await writesOf(0).models.create({ name: 'other', ...plain }, newCall())
        await addVersion({ model: 'other' })
        const other = { stage: 'Production', archiveExisting: false, expected: undefined }
        await writesOf(0).stages.transition({ model: 'other', version: '1' }, other, newCall())
        for (const version of ['10', '2', '9']) await move(version, 'Production', false)
        await move('3', 'Staging', false)
        expect(await move('2', 'Production', true)).toMatchObject({ archived: ['9', '10'] })
        expect(await move('2', 'Production', true)).toMatchObject({ archived: [] })
        expect(await move('9', 'Archived', true)).toMatchObject({ archived: [] })
        const expected = Array(12).fill('None')
        Object.assign(expected, { 1: 'Production', 2: 'Staging', 8: 'Archived', 9: 'Archived' })
        expect(await stages()).toEqual(expected)
        expect(await allVersions('other')).toMatchObject([{ stage: 'Production' }])
      })

      test('do so by configuration, where the request leaves it open', async () => {
        await addVersions(3)
        const configured = connect(databases[0] as GatewayDatabase, { archiveExisting: true })
        await move('1', 'Production', null, configured)
        expect(await move('2', 'Production', false, configured)).toMatchObject({ archived: [] })
        expect(await move('3', 'Production', null, configured)).toMatchObject({ archived: ['1', '2'] })
        // New versions are in no stage: one that goes back there is no reason to archive them.
        await addVersion()
        expect(await move('3', 'None', null, configured)).toMatchObject({ archived: [] })
        expect(await stages()).toEqual(['Archived', 'Archived', 'None', 'None'])
        await move('1', 'Production', null)
        expect(await move('2', 'Production', null)).toMatchObject({ archived: [] })
      })

      test('are refused where there is no such stage', async () => {
        await addVersions(1)
        const without = connect(databases[0] as GatewayDatabase, { stages: ['None', 'live'] })
        await expect(move('1', 'live', true, without)).rejects.toMatchObject({
          code: 'BAD_USER_INPUT',
          message: expect.stringContaining('no stage "Archived": the stages are None, live.'),
        })
        expect(await stages(without)).toEqual(['None'])
        expect(await move('1', 'live', null, without)).toMatchObject({ archived: [] })
      })
    })

    describe('with an idempotency key', () => {
      test('20 at once make one version, and answer it 20 times', async () => {
        const tags = [{ key: 'k', value: 'v' }]
        const answers = await Promise.all(
          Array.from({ length: 20 }, (_, index) =>
            addVersion({ idempotencyKey: 'wish', tags }, newCall(), index),
          ),
        )
        expect(answers).toEqual(Array(20).fill('1'))
        expect(await allVersions()).toMatchObject([{ version: '1', tags }])
        expect(await addVersion({ idempotencyKey: 'another wish' })).toBe('2')
      })

      test('20 at once make one model', async () => {
        const create = (index: number, idempotencyKey: string | null) =>
          writesOf(index).models.create({ ...plain, name: 'once', idempotencyKey }, newCall())
        await Promise.all(Array.from({ length: 20 }, (_, index) => create(index, 'wish')))
        await expect(create(0, 'another wish')).rejects.toEqual(refused('ALREADY_EXISTS'))
        await expect(create(0, null)).rejects.toEqual(refused('ALREADY_EXISTS'))
      })

      test('the first result holds when it was renamed or deleted since, and nothing is made', async () => {
        const { models, versions } = writesOf(0)
        const model = { ...plain, name: 'old', idempotencyKey: 'k' }
        await models.create(model, newCall())
        await models.rename('old', 'new', newCall())
        await models.create(model, newCall())
        expect(await adapterOf(0).models.get(['old', 'new'], newCall())).toMatchObject([
          null,
          { name: 'new' },
        ])
        expect(await addVersion({ model: 'new', idempotencyKey: 'k' })).toBe('1')
        await versions.delete({ model: 'new', version: '1' }, newCall())
        expect(await addVersion({ model: 'new', idempotencyKey: 'k' })).toBe('1')
        expect(await allVersions('new')).toEqual([])
        await models.delete('new', newCall())
        expect(await addVersion({ model: 'new', idempotencyKey: 'k' })).toBe('1')
        await models.create(model, newCall())
        expect(await adapterOf(0).models.get(['old', 'new'], newCall())).toEqual([null, null])
      })

      test('a write that failed leaves the key to the next', async () => {
        const version = { model: 'later', idempotencyKey: 'k\0\ud83d'.repeat(1000) }
        await expect(addVersion(version)).rejects.toEqual(refused('NOT_FOUND'))
        await writesOf(0).models.create({ ...plain, name: 'later' }, newCall())
        expect(await addVersion(version)).toBe('1')
        expect(await addVersion(version)).toBe('1')
      })

      test('is its registry’s own, and let go after two days', async () => {
        const [database] = databases as [GatewayDatabase]
        const [store, neighbour] = ['clocked', 'neighbour'].map((name) => createLocalStore(database, name))
        if (store === undefined || neighbour === undefined) throw new Error('two stores were opened')
        const { queries } = localTables.in(database)
        const age = (hours: number) =>
          queries
            .updateTable('local_idempotency')
            .set(({ eb }) => ({ created_at: eb('created_at', '-', hours * hour) }))
            .execute()
        for (const { models } of [store, neighbour]) await models.create({ name: 'm' })
        const create = (from: typeof store) => from.versions.create({ model: 'm', idempotencyKey: 'k' })
        expect(await create(store)).toBe('1')
        expect(await create(neighbour)).toBe('1')
        await age(47)
        expect(await create(store)).toBe('1')
        await age(2)
        expect(await create(store)).toBe('2')
        const kept = await queries.selectFrom('local_idempotency').select('registry').execute()
        expect(kept).toEqual([{ registry: 'clocked' }])
      })
    })

    test('no wall clock that jumps lets go of a key', async () => {
      const [database] = databases as [GatewayDatabase]
      let now = Date.now()
      const { models, versions } = createLocalStore(database, 'jumping', { now: () => now })
      await models.create({ name: 'm' })
      const create = (idempotencyKey: string) => versions.create({ model: 'm', idempotencyKey })
      expect(await create('k')).toBe('1')
      const atJump = vi.spyOn(Date, 'now')
      for (const jump of [100 * hour, -100 * hour]) {
        now += jump
        atJump.mockReturnValue(now)
        await create(`made after ${jump}`)
        expect(await create('k')).toBe('1')
      }
      atJump.mockRestore()
    })

    describe('of versions', () => {
      test('never give a number twice, though others are deleted meanwhile', async () => {
        const given = await Promise.all(
          Array.from({ length: 60 }, async (_, index) => {
            const version = await addVersion({}, newCall(), index)
            if (index % 2 === 0) await writesOf(index).versions.delete({ model: 'm', version }, newCall())
            return version
          }),
        )
        expect(given.map(Number).toSorted((a, b) => a - b)).toEqual(
          Array.from({ length: 60 }, (_, index) => index + 1),
        )
        for (const { version } of await allVersions()) {
          await writesOf(0).versions.delete({ model: 'm', version }, newCall())
        }
        expect(await addVersion()).toBe('61')
      })

      test('keep the run of runs:/ sources, which need not be here, and who called', async () => {
        const call = { ...newCall(), caller: { principal: 'ann@example.com', groups: [] } }
        await addVersion({ source: 'runs:/abc/model/files' }, call)
        await addVersion({ source: 'runs:/abc/model', runId: 'own' })
        await addVersion({ source: 'models:/m/1' })
        await addVersion({ source: 'models://other/m/1' })
        const own = { artifactUri: null, createdBy: null }
        expect((await allVersions()).toReversed()).toMatchObject([
          { source: 'runs:/abc/model/files', runId: 'abc', artifactUri: null, createdBy: 'ann@example.com' },
          { ...own, source: 'runs:/abc/model', runId: 'own' },
          { ...own, source: 'models:/m/1', runId: 'abc' },
          { ...own, source: 'models://other/m/1', runId: null },
        ])
      })
    })

    describe('and their calls', () => {
      test('are one request each', async () => {
        const call = newCall()
        await addVersion({ idempotencyKey: 'k', tags: [{ key: 'a', value: 'b' }] }, call)
        expect(call.requests).toBe(1)
        await writesOf(0).aliases.set({ model: 'm', alias: 'a' }, '1', null, call)
        expect(call.requests).toBe(2)
      })

      test('that nobody waits for any more do nothing', async () => {
        const controller = new AbortController()
        const calls = Array.from({ length: 10 }, () => newCall(controller.signal))
        const [database] = databases as [GatewayDatabase]
        const { queries } = localTables.in(database)
        await queries.transaction().execute(async (transaction) => {
          await transaction.updateTable('local_model').set({ description: 'held' }).execute()
          const creating = Promise.allSettled(calls.map((call) => addVersion({}, call)))
          // The first is under way on PostgreSQL, the others wait for a connection or the one that SQLite has.
          await new Promise((resolve) => setImmediate(resolve))
          const start = performance.now()
          controller.abort()
          const outcomes = await creating
          expect(performance.now() - start).toBeLessThan(100)
          expect(outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason)).toEqual(
            Array(10).fill(expect.objectContaining({ code: 'REGISTRY_TIMEOUT', nothingWritten: true })),
          )
        })
        const late = newCall(controller.signal)
        await expect(addVersion({}, late)).rejects.toMatchObject({ nothingWritten: true })
        expect(late.requests).toBe(0)
        expect(await addVersion()).toBe('1')
        expect(await allVersions()).toHaveLength(1)
      })

      test('are refused by a registry that is closed', async () => {
        const closing = connect(databases[0] as GatewayDatabase)
        await closing.close()
        const call = newCall()
        const writing = (closing.writes as FullWrites).models.create({ name: 'late', ...plain }, call)
        await expect(writing).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE', nothingWritten: true })
        expect(call.requests).toBe(0)
        expect(await adapterOf(0).models.get(['late'], newCall())).toEqual([null])
      })
    })
  })
}

type FullWrites = Required<RegistryWrites> & {
  readonly models: Required<RegistryWrites['models']>
  readonly versions: Required<RegistryWrites['versions']>
  readonly aliases: AliasWrites
  readonly stages: StageWrites
}

const plain = { description: null, tags: [], idempotencyKey: null }
const newVersion: NewVersion = { ...plain, model: 'm', source: 's3://bucket/files', runId: null }

const refused = (code: RegistryErrorCode) => expect.objectContaining({ name: 'RegistryError', code })
const conflict = (current: string | null) => expect.objectContaining({ code: 'CONFLICT', current })

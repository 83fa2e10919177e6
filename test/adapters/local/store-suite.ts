import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { localTables } from '../../../src/adapters/local/store/tables.ts'
import type { ModelFilter, RegistryErrorCode, VersionFilter } from '../../../src/contract/index.ts'
import type { GatewayDatabase } from '../../../src/state/database.ts'
import { type DatabaseSource, openFrom } from '../../state/database-source.ts'
import { newCall } from '../counted-call.ts'
import { type OpenRegistry, openRegistry } from './open-registry.ts'

export function describeStore(source: DatabaseSource): void {
  describe(`local store on ${source.name}`, () => {
    let database: GatewayDatabase
    let registry: OpenRegistry
    beforeEach(async () => {
      database = await openFrom(source)
      registry = await openRegistry(database)
    })
    afterEach(() => database.close())
    afterAll(() => source.dispose())

    const getModel = async (name: string) => (await registry.adapter.models.get([name], newCall()))[0]
    const getVersion = async (model: string, version: string) =>
      (await registry.adapter.versions.get([{ model, version }], newCall()))[0]
    const refused = (code: RegistryErrorCode) => expect.objectContaining({ name: 'RegistryError', code })

    test('a rename takes everything along and frees the name', async () => {
      const { store } = registry
      await store.models.create({ name: 'old', description: 'd', tags: [{ key: 'k', value: 'v' }] })
      await store.versions.create({ model: 'old', source: 's3://x', tags: [{ key: 't', value: '' }] })
      await store.aliases.set({ model: 'old', alias: 'champion' }, '1')
      await store.models.rename('old', 'new')

      expect(await getModel('old')).toBeNull()
      expect(await getModel('new')).toMatchObject({
        name: 'new',
        description: 'd',
        tags: [{ key: 'k', value: 'v' }],
        aliases: [{ name: 'champion', version: '1' }],
      })
      expect(await getVersion('new', '1')).toMatchObject({
        modelName: 'new',
        aliases: ['champion'],
        tags: [{ key: 't', value: '' }],
      })
      await store.models.create({ name: 'old' })
      await expect(store.models.rename('old', 'new')).rejects.toEqual(refused('ALREADY_EXISTS'))
      await store.models.rename('new', 'new')
      await expect(store.models.create({ name: 'new' })).rejects.toEqual(refused('ALREADY_EXISTS'))
    })

    test('lists find a renamed model, and what is written to it later, by its new name alone', async () => {
      const { store, adapter } = registry
      const tags = [{ key: 'k', value: 'v'.repeat(100) }]
      await store.models.create({ name: 'price-list', tags })
      await store.versions.create({ model: 'price-list', tags })
      await store.models.rename('price-list', 'churn')
      await store.models.setTags('churn', [{ key: 'late', value: 'v' }])
      await store.versions.setTags({ model: 'churn', version: '1' }, [{ key: 'late', value: 'v' }])
      await store.versions.create({ model: 'churn' })
      const has = (key: string, value: string) =>
        ({ kind: 'tag', key, tests: [{ operator: 'eq', value, ignoreCase: false }] }) as const
      const named = <F extends string>(field: F, value: string) =>
        ({ kind: 'text', field, tests: [{ operator: 'contains', value, ignoreCase: true }] }) as const
      const page = { includeArchived: true, limit: 9, after: null, continuation: null }
      for (const order of [
        [{ field: 'createdAt', direction: 'desc' }],
        [{ field: 'updatedAt', direction: 'asc' }],
      ] as const) {
        const models = async (filter: ModelFilter) =>
          (await adapter.models.list({ ...page, order, filter }, newCall())).items.map(({ name }) => name)
        const versions = async (filter: VersionFilter) =>
          (await adapter.versions.list({ ...page, order, filter }, newCall())).items
            .map(({ modelName, version }) => `${modelName}/${version}`)
            .sort()
        for (const tag of [has('k', 'v'.repeat(100)), has('late', 'v')]) {
          expect(await models(tag)).toEqual(['churn'])
          expect(await versions(tag)).toEqual(['churn/1'])
        }
        // As long as the index has it.
        expect(await models(has('k', 'v'.repeat(99)))).toEqual([])
        expect(await models(named('name', 'HUR'))).toEqual(['churn'])
        expect(await versions(named('model', 'HUR'))).toEqual(['churn/1', 'churn/2'])
        expect(await models(named('name', 'price'))).toEqual([])
        expect(await versions(named('model', 'price'))).toEqual([])
      }
    })

    test('a deleted model leaves nothing behind, and another of its name starts anew', async () => {
      const { store } = registry
      await store.models.create({ name: 'model', tags: [{ key: 'k', value: 'v' }] })
      await store.versions.create({ model: 'model', tags: [{ key: 'k', value: 'v' }] })
      await store.aliases.set({ model: 'model', alias: 'a' }, '1')
      await store.models.delete('model')
      for (const table of [
        'local_model',
        'local_model_tag',
        'local_version',
        'local_version_tag',
        'local_alias',
        'local_name_part',
      ] as const) {
        expect(await localTables.in(database).queries.selectFrom(table).selectAll().execute(), table).toEqual(
          [],
        )
      }
      await store.models.create({ name: 'model' })
      expect(await store.versions.create({ model: 'model' })).toBe('1')
      await expect(store.models.delete('gone')).rejects.toEqual(refused('NOT_FOUND'))
    })

    test('a number is never given twice', async () => {
      const { store } = registry
      await store.models.create({ name: 'm' })
      expect(await store.versions.create({ model: 'm' })).toBe('1')
      expect(await store.versions.create({ model: 'm' })).toBe('2')
      await store.aliases.set({ model: 'm', alias: 'a' }, '2')
      await store.versions.delete({ model: 'm', version: '2' })
      expect(await store.versions.create({ model: 'm' })).toBe('3')
      expect((await getModel('m'))?.valueOf()).toMatchObject({ aliases: [] })
      await expect(store.versions.delete({ model: 'm', version: '2' })).rejects.toEqual(refused('NOT_FOUND'))
    })

    test('versions made at once get numbers of their own, without a gap', async () => {
      const { store } = registry
      await store.models.create({ name: 'm' })
      const numbers = await Promise.all(
        Array.from({ length: 40 }, () => store.versions.create({ model: 'm' })),
      )
      expect(numbers.map(Number).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 40 }, (_, index) => index + 1),
      )
    })

    test('an alias that is set by many at once for the first time has one holder', async () => {
      const { store } = registry
      await store.models.create({ name: 'm' })
      for (let count = 0; count < 10; count++) await store.versions.create({ model: 'm' })
      const previous = await Promise.all(
        Array.from({ length: 10 }, async (_, index) => {
          const move = await store.aliases.set({ model: 'm', alias: 'a' }, String(index + 1))
          return move.previous
        }),
      )
      // One after the other, whatever the order: each but the last is the holder before another.
      expect(previous.filter((holder) => holder === null)).toHaveLength(1)
      expect(new Set(previous).size).toBe(10)
      const [holder] =
        (await registry.adapter.aliases?.resolve([{ model: 'm', alias: 'a' }], newCall())) ?? []
      expect(previous).not.toContain((holder as { version: string }).version)
    })

    test('an alias moves, and only to a version that is there', async () => {
      const { store } = registry
      await store.models.create({ name: 'm' })
      await store.versions.create({ model: 'm' })
      await store.versions.create({ model: 'm' })
      const key = { model: 'm', alias: 'champion' }
      expect(await store.aliases.set(key, '1')).toEqual({ previous: null })
      expect(await store.aliases.set(key, '2')).toEqual({ previous: '1' })
      for (const version of ['3', '0', '01', '-1', 'x', '', '1.0', '9'.repeat(30)]) {
        await expect(store.aliases.set(key, version), version).rejects.toEqual(refused('NOT_FOUND'))
      }
      expect(await store.aliases.delete(key)).toEqual({ previous: '2' })
      expect(await store.aliases.delete(key)).toEqual({ previous: null })
    })

    test('a write that is refused half way writes nothing', async () => {
      const { store } = registry
      const tags = [
        { key: 'good', value: 'v' },
        { key: 'not/../good', value: 'v' },
      ]
      await expect(store.models.create({ name: 'm', tags })).rejects.toEqual(refused('BAD_USER_INPUT'))
      expect(await getModel('m')).toBeNull()
      await store.models.create({ name: 'm' })
      await expect(store.versions.create({ model: 'm', tags })).rejects.toEqual(refused('BAD_USER_INPUT'))
      await expect(store.versions.create({ model: 'm', source: 'models:/m/7' })).rejects.toEqual(
        refused('NOT_FOUND'),
      )
      expect(await store.versions.create({ model: 'm' })).toBe('1')
    })

    test('a copy has the files, the run and the digest of its source, also when that is gone', async () => {
      const { store } = registry
      await store.models.create({ name: 'a/b'.replace('/', ' ') })
      await store.versions.create({
        model: 'a b',
        source: 's3://files',
        runId: 'r1',
        digest: 'sha256:1',
        sizeBytes: 7,
      })
      await store.versions.create({ model: 'a b', source: 'models:/a b/1' })
      await store.versions.create({ model: 'a b', source: 'models:/a b/2', runId: 'r2' })
      await store.versions.delete({ model: 'a b', version: '1' })
      const own = { artifactUri: 's3://files', digest: 'sha256:1', sizeBytes: 7 }
      expect(await getVersion('a b', '2')).toMatchObject({ ...own, source: 'models:/a b/1', runId: 'r1' })
      expect(await getVersion('a b', '3')).toMatchObject({ ...own, source: 'models:/a b/2', runId: 'r2' })
      await store.versions.create({ model: 'a b', source: 'models://other/a b/2' })
      expect(await getVersion('a b', '4')).toMatchObject({
        source: 'models://other/a b/2',
        artifactUri: null,
      })
    })

    test('a stage is found without regard to case and kept in the registry’s spelling', async () => {
      const { store } = registry
      await store.models.create({ name: 'm' })
      await store.versions.create({ model: 'm' })
      const key = { model: 'm', version: '1' }
      await store.stages.transition(key, { stage: 'pRODUCTION' })
      expect(await getVersion('m', '1')).toMatchObject({ stage: 'Production', archived: false })
      await store.stages.transition(key, { stage: 'archived' })
      expect(await getVersion('m', '1')).toMatchObject({ stage: 'Archived', archived: true })
      await expect(store.stages.transition(key, { stage: 'Gone' })).rejects.toEqual(refused('BAD_USER_INPUT'))
    })

    test('tags and descriptions are set, replaced and taken away', async () => {
      const { store } = registry
      await store.models.create({ name: 'm', description: '' })
      await store.versions.create({ model: 'm', description: '' })
      const key = { model: 'm', version: '1' }
      expect(await getModel('m')).toMatchObject({ description: null })
      expect(await getVersion('m', '1')).toMatchObject({ description: null })
      const tags = [
        { key: 'a', value: '1' },
        { key: 'b', value: '' },
      ]
      for (const set of [tags, [{ key: 'a', value: '2' }]]) {
        await store.models.setTags('m', set)
        await store.versions.setTags(key, set)
      }
      for (const keys of [['b', 'none', 'nul\0'], []]) {
        await store.models.deleteTags('m', keys)
        await store.versions.deleteTags(key, keys)
      }
      await store.models.describe('m', 'about')
      await store.versions.describe(key, 'about')
      const expected = { description: 'about', tags: [{ key: 'a', value: '2' }] }
      expect(await getModel('m')).toMatchObject(expected)
      expect(await getVersion('m', '1')).toMatchObject(expected)
      await store.models.describe('m', null)
      expect(await getModel('m')).toMatchObject({ description: null })
    })

    test('texts that cannot be kept are refused, and found to be nowhere', async () => {
      const { store } = registry
      await store.models.create({ name: 'm' })
      for (const odd of ['nul\0', 'half \ud83d', '\udc00']) {
        await expect(store.models.create({ name: odd })).rejects.toEqual(refused('BAD_USER_INPUT'))
        await expect(store.models.describe('m', odd)).rejects.toEqual(refused('BAD_USER_INPUT'))
        await expect(store.models.setTags('m', [{ key: 'k', value: odd }])).rejects.toEqual(
          refused('BAD_USER_INPUT'),
        )
        await expect(store.versions.create({ model: 'm', source: odd })).rejects.toEqual(
          refused('BAD_USER_INPUT'),
        )
        await expect(store.runs.log({ runId: odd })).rejects.toEqual(refused('BAD_USER_INPUT'))
        await expect(store.models.delete(odd)).rejects.toEqual(refused('NOT_FOUND'))
        expect(await getModel(odd)).toBeNull()
        expect(await getVersion(odd, '1')).toBeNull()
        expect(await registry.adapter.aliases?.resolve([{ model: 'm', alias: odd }], newCall())).toEqual([
          null,
        ])
        expect(await registry.adapter.runs?.get([odd], newCall())).toEqual([null])
      }
    })

    test('the longest names and values are kept', async () => {
      const { store } = registry
      const name = '😀'.repeat(256)
      const key = '数'.repeat(250)
      const value = 'x'.repeat(100_000)
      await store.models.create({ name, tags: [{ key, value }] })
      await store.versions.create({ model: name, tags: [{ key, value }] })
      await store.aliases.set({ model: name, alias: '数'.repeat(255) }, '1')
      expect(await getModel(name)).toMatchObject({ name, tags: [{ key, value }] })
      await expect(store.models.setTags(name, [{ key, value: `${value}x` }])).rejects.toEqual(
        refused('BAD_USER_INPUT'),
      )
      await expect(store.models.create({ name: `${name}x` })).rejects.toEqual(refused('BAD_USER_INPUT'))
    })

    test('a run is logged to bit by bit', async () => {
      const { store } = registry
      const metrics = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0.1 + 0.2].map(
        (value, index) => ({ key: `m${index}`, value, step: index }),
      )
      await store.runs.log({ runId: 'r', name: 'first', status: 'RUNNING', startedAt: new Date(5), metrics })
      await store.runs.log({
        runId: 'r',
        metrics: [{ key: 'm3', value: 1 }],
        params: [{ key: 'p', value: '' }],
      })
      await store.runs.log({ runId: 'r', status: 'FINISHED', endedAt: new Date(9) })
      const [run] = (await registry.adapter.runs?.get(['r'], newCall())) ?? []
      expect(run).toMatchObject({
        name: 'first',
        status: 'FINISHED',
        startedAt: new Date(5),
        endedAt: new Date(9),
      })
      expect(run).toHaveProperty(
        'metrics',
        expect.arrayContaining([...metrics.slice(0, 3), { key: 'm3', value: 1, step: null }]),
      )
      expect(run).toHaveProperty('params', [{ key: 'p', value: '' }])
    })

    test('registries in one database do not see each other', async () => {
      const other = await openRegistry(database, 'other')
      await registry.store.models.create({ name: 'm', description: 'mine' })
      await other.store.models.create({ name: 'm', description: 'theirs' })
      await other.store.versions.create({ model: 'm', runId: 'r' })
      await other.store.aliases.set({ model: 'm', alias: 'a' }, '1')
      await other.store.runs.log({ runId: 'r' })
      expect(await getModel('m')).toMatchObject({ description: 'mine', aliases: [] })
      expect(await getVersion('m', '1')).toBeNull()
      expect(await registry.adapter.aliases?.resolve([{ model: 'm', alias: 'a' }], newCall())).toEqual([null])
      expect(await registry.adapter.runs?.get(['r'], newCall())).toEqual([null])
      expect(await registry.adapter.versions.latest(['m'], newCall())).toEqual([[]])
      expect(await registry.adapter.versions.ofModels(['m'], 5, newCall())).toEqual([
        { versions: [], complete: true },
      ])
    })
  })
}

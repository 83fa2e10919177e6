import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RegistryErrorCode } from '../../../src/contract/index.ts'
import type { GatewayDatabase } from '../../../src/state/database.ts'
import { type DatabaseSource, openFrom } from '../../state/database-source.ts'
import { createCall, type OpenRegistry, openRegistry } from './open-registry.ts'

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

    const getModel = async (name: string) => (await registry.adapter.models.get([name], createCall()))[0]
    const getVersion = async (model: string, version: string) =>
      (await registry.adapter.versions.get([{ model, version }], createCall()))[0]
    const refused = (code: RegistryErrorCode) => expect.objectContaining({ name: 'RegistryError', code })

    test('a rename takes everything along and frees the name', async () => {
      const { store } = registry
      await store.createModel({ name: 'old', description: 'd', tags: [{ key: 'k', value: 'v' }] })
      await store.createVersion({ model: 'old', source: 's3://x', tags: [{ key: 't', value: '' }] })
      await store.setAlias({ model: 'old', alias: 'champion' }, '1')
      await store.renameModel('old', 'new')

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
      await store.createModel({ name: 'old' })
      await expect(store.renameModel('old', 'new')).rejects.toEqual(refused('ALREADY_EXISTS'))
      await store.renameModel('new', 'new')
      await expect(store.createModel({ name: 'new' })).rejects.toEqual(refused('ALREADY_EXISTS'))
    })

    test('a deleted model leaves nothing behind, and another of its name starts anew', async () => {
      const { store } = registry
      await store.createModel({ name: 'm', tags: [{ key: 'k', value: 'v' }] })
      await store.createVersion({ model: 'm', tags: [{ key: 'k', value: 'v' }] })
      await store.setAlias({ model: 'm', alias: 'a' }, '1')
      await store.deleteModel('m')
      for (const table of [
        'local_model',
        'local_model_tag',
        'local_version',
        'local_version_tag',
        'local_alias',
      ] as const) {
        expect(await database.queries.selectFrom(table).selectAll().execute(), table).toEqual([])
      }
      await store.createModel({ name: 'm' })
      expect(await store.createVersion({ model: 'm' })).toBe('1')
      await expect(store.deleteModel('gone')).rejects.toEqual(refused('NOT_FOUND'))
    })

    test('a number is never given twice', async () => {
      const { store } = registry
      await store.createModel({ name: 'm' })
      expect(await store.createVersion({ model: 'm' })).toBe('1')
      expect(await store.createVersion({ model: 'm' })).toBe('2')
      await store.setAlias({ model: 'm', alias: 'a' }, '2')
      await store.deleteVersion({ model: 'm', version: '2' })
      expect(await store.createVersion({ model: 'm' })).toBe('3')
      expect((await getModel('m'))?.valueOf()).toMatchObject({ aliases: [] })
      await expect(store.deleteVersion({ model: 'm', version: '2' })).rejects.toEqual(refused('NOT_FOUND'))
    })

    test('versions made at once get numbers of their own, without a gap', async () => {
      const { store } = registry
      await store.createModel({ name: 'm' })
      const numbers = await Promise.all(Array.from({ length: 40 }, () => store.createVersion({ model: 'm' })))
      expect(numbers.map(Number).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 40 }, (_, index) => index + 1),
      )
    })

    test('an alias that is set by many at once for the first time has one holder', async () => {
      const { store } = registry
      await store.createModel({ name: 'm' })
      for (let count = 0; count < 10; count++) await store.createVersion({ model: 'm' })
      const previous = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          store.setAlias({ model: 'm', alias: 'a' }, String(index + 1)),
        ),
      )
      // One after the other, whatever the order: each but the last is the holder before another.
      expect(previous.filter((holder) => holder === null)).toHaveLength(1)
      expect(new Set(previous).size).toBe(10)
      const [holder] =
        (await registry.adapter.aliases?.resolve([{ model: 'm', alias: 'a' }], createCall())) ?? []
      expect(previous).not.toContain((holder as { version: string }).version)
    })

    test('an alias moves, and only to a version that is there', async () => {
      const { store } = registry
      await store.createModel({ name: 'm' })
      await store.createVersion({ model: 'm' })
      await store.createVersion({ model: 'm' })
      const key = { model: 'm', alias: 'champion' }
      expect(await store.setAlias(key, '1')).toBeNull()
      expect(await store.setAlias(key, '2')).toBe('1')
      for (const version of ['3', '0', '01', '-1', 'x', '', '1.0', '9'.repeat(30)]) {
        await expect(store.setAlias(key, version), version).rejects.toEqual(refused('NOT_FOUND'))
      }
      expect(await store.deleteAlias(key)).toBe('2')
      expect(await store.deleteAlias(key)).toBeNull()
    })

    test('a write that is refused half way writes nothing', async () => {
      const { store } = registry
      const tags = [
        { key: 'good', value: 'v' },
        { key: 'not/../good', value: 'v' },
      ]
      await expect(store.createModel({ name: 'm', tags })).rejects.toEqual(refused('BAD_USER_INPUT'))
      expect(await getModel('m')).toBeNull()
      await store.createModel({ name: 'm' })
      await expect(store.createVersion({ model: 'm', tags })).rejects.toEqual(refused('BAD_USER_INPUT'))
      await expect(store.createVersion({ model: 'm', source: 'models:/m/7' })).rejects.toEqual(
        refused('NOT_FOUND'),
      )
      expect(await store.createVersion({ model: 'm' })).toBe('1')
    })

    test('a copy has the files, the run and the digest of its source, also when that is gone', async () => {
      const { store } = registry
      await store.createModel({ name: 'a/b'.replace('/', ' ') })
      await store.createVersion({
        model: 'a b',
        source: 's3://files',
        runId: 'r1',
        digest: 'sha256:1',
        sizeBytes: 7,
      })
      await store.createVersion({ model: 'a b', source: 'models:/a b/1' })
      await store.createVersion({ model: 'a b', source: 'models:/a b/2', runId: 'r2' })
      await store.deleteVersion({ model: 'a b', version: '1' })
      const own = { artifactUri: 's3://files', digest: 'sha256:1', sizeBytes: 7 }
      expect(await getVersion('a b', '2')).toMatchObject({ ...own, source: 'models:/a b/1', runId: 'r1' })
      expect(await getVersion('a b', '3')).toMatchObject({ ...own, source: 'models:/a b/2', runId: 'r2' })
      await store.createVersion({ model: 'a b', source: 'models://other/a b/2' })
      expect(await getVersion('a b', '4')).toMatchObject({
        source: 'models://other/a b/2',
        artifactUri: null,
      })
    })

    test('a stage is found without regard to case and kept in the registry’s spelling', async () => {
      const { store } = registry
      await store.createModel({ name: 'm' })
      await store.createVersion({ model: 'm' })
      const key = { model: 'm', version: '1' }
      await store.setStage(key, 'pRODUCTION')
      expect(await getVersion('m', '1')).toMatchObject({ stage: 'Production', archived: false })
      await store.setStage(key, 'archived')
      expect(await getVersion('m', '1')).toMatchObject({ stage: 'Archived', archived: true })
      await expect(store.setStage(key, 'Gone')).rejects.toEqual(refused('BAD_USER_INPUT'))
    })

    test('tags and descriptions are set, replaced and taken away', async () => {
      const { store } = registry
      await store.createModel({ name: 'm', description: '' })
      await store.createVersion({ model: 'm', description: '' })
      const key = { model: 'm', version: '1' }
      expect(await getModel('m')).toMatchObject({ description: null })
      expect(await getVersion('m', '1')).toMatchObject({ description: null })
      const tags = [
        { key: 'a', value: '1' },
        { key: 'b', value: '' },
      ]
      for (const set of [tags, [{ key: 'a', value: '2' }]]) {
        await store.setModelTags('m', set)
        await store.setVersionTags(key, set)
      }
      for (const keys of [['b', 'none', 'nul\0'], []]) {
        await store.deleteModelTags('m', keys)
        await store.deleteVersionTags(key, keys)
      }
      await store.describeModel('m', 'about')
      await store.describeVersion(key, 'about')
      const expected = { description: 'about', tags: [{ key: 'a', value: '2' }] }
      expect(await getModel('m')).toMatchObject(expected)
      expect(await getVersion('m', '1')).toMatchObject(expected)
      await store.describeModel('m', '')
      expect(await getModel('m')).toMatchObject({ description: null })
    })

    test('texts that cannot be kept are refused, and found to be nowhere', async () => {
      const { store } = registry
      await store.createModel({ name: 'm' })
      for (const odd of ['nul\0', 'half \ud83d', '\udc00']) {
        await expect(store.createModel({ name: odd })).rejects.toEqual(refused('BAD_USER_INPUT'))
        await expect(store.describeModel('m', odd)).rejects.toEqual(refused('BAD_USER_INPUT'))
        await expect(store.setModelTags('m', [{ key: 'k', value: odd }])).rejects.toEqual(
          refused('BAD_USER_INPUT'),
        )
        await expect(store.createVersion({ model: 'm', source: odd })).rejects.toEqual(
          refused('BAD_USER_INPUT'),
        )
        await expect(store.logRun({ runId: odd })).rejects.toEqual(refused('BAD_USER_INPUT'))
        await expect(store.deleteModel(odd)).rejects.toEqual(refused('NOT_FOUND'))
        expect(await getModel(odd)).toBeNull()
        expect(await getVersion(odd, '1')).toBeNull()
        expect(await registry.adapter.aliases?.resolve([{ model: 'm', alias: odd }], createCall())).toEqual([
          null,
        ])
        expect(await registry.adapter.runs?.get([odd], createCall())).toEqual([null])
      }
    })

    test('the longest names and values are kept', async () => {
      const { store } = registry
      const name = '😀'.repeat(256)
      const key = '数'.repeat(250)
      const value = 'x'.repeat(100_000)
      await store.createModel({ name, tags: [{ key, value }] })
      await store.createVersion({ model: name, tags: [{ key, value }] })
      await store.setAlias({ model: name, alias: '数'.repeat(255) }, '1')
      expect(await getModel(name)).toMatchObject({ name, tags: [{ key, value }] })
      await expect(store.setModelTags(name, [{ key, value: `${value}x` }])).rejects.toEqual(
        refused('BAD_USER_INPUT'),
      )
      await expect(store.createModel({ name: `${name}x` })).rejects.toEqual(refused('BAD_USER_INPUT'))
    })

    test('a run is logged to bit by bit', async () => {
      const { store } = registry
      const metrics = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0.1 + 0.2].map(
        (value, index) => ({ key: `m${index}`, value, step: index }),
      )
      await store.logRun({ runId: 'r', name: 'first', status: 'RUNNING', startedAt: new Date(5), metrics })
      await store.logRun({
        runId: 'r',
        metrics: [{ key: 'm3', value: 1 }],
        params: [{ key: 'p', value: '' }],
      })
      await store.logRun({ runId: 'r', status: 'FINISHED', endedAt: new Date(9) })
      const [run] = (await registry.adapter.runs?.get(['r'], createCall())) ?? []
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
      await registry.store.createModel({ name: 'm', description: 'mine' })
      await other.store.createModel({ name: 'm', description: 'theirs' })
      await other.store.createVersion({ model: 'm', runId: 'r' })
      await other.store.setAlias({ model: 'm', alias: 'a' }, '1')
      await other.store.logRun({ runId: 'r' })
      expect(await getModel('m')).toMatchObject({ description: 'mine', aliases: [] })
      expect(await getVersion('m', '1')).toBeNull()
      expect(await registry.adapter.aliases?.resolve([{ model: 'm', alias: 'a' }], createCall())).toEqual([
        null,
      ])
      expect(await registry.adapter.runs?.get(['r'], createCall())).toEqual([null])
      expect(await registry.adapter.versions.latest(['m'], createCall())).toEqual([[]])
      expect(await registry.adapter.versions.ofModels(['m'], 5, createCall())).toEqual([
        { versions: [], complete: true },
      ])
    })
  })
}

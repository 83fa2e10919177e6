import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Adapter, ModelVersionRecord } from '../../../src/contract/index.ts'
import { type MlflowStub, startMlflowStub } from '../../environment/mlflow-stub.ts'
import { newCall } from '../counted-call.ts'
import { openRegistry } from './open-registry.ts'
import { championOnly, modelQuery, readPages, textIs, versionQuery } from './queries.ts'

describe.each(['3.17.2', '2.22.4'])('reads of MLflow %s, by their requests', (version) => {
  const isNewest = version === '3.17.2'
  let stub: MlflowStub
  let registry: Adapter

  beforeEach(async () => {
    stub = await startMlflowStub({ version })
    for (let n = 0; n < 12; n++) {
      const name = `model-${String(n).padStart(2, '0')}`
      const versions = Array.from({ length: 3 }, (_, v) => ({ stage: v === 0 ? 'Archived' : 'None' }))
      stub.store.addModel(name, { versions, aliases: n % 2 ? { champion: 2, first: 1 } : {} })
    }
    registry = await openRegistry(stub.url)
    // What is asked once for all: the version, and how names are sorted.
    await registry.describe(newCall())
    stub.log.reset()
  })
  afterEach(async () => {
    await registry.close()
    await stub.close()
  })

  const names = (versions: readonly ModelVersionRecord[]) =>
    versions.map((v) => `${v.modelName}/${v.version}`)

  it('a page of models is one, with their latest versions and the aliases of these', async () => {
    const call = newCall()
    const page = await registry.models.list(modelQuery({ limit: 5 }), call)
    expect(call.requests).toBe(1)
    expect(page).toMatchObject({ ordered: true, hints: ['0', '1', '2', '3', '4'] })
    expect(page.items[1]?.aliases).toEqual([
      { name: 'champion', version: '2' },
      { name: 'first', version: '1' },
    ])
    expect(page.items[1]?.latestVersions?.map((v) => [v.version, v.aliases])).toEqual(
      expect.arrayContaining([
        ['1', ['first']],
        ['3', []],
      ]),
    )
  })

  it('each later page is one', async () => {
    const call = newCall()
    const pages = await readPages(modelQuery({ limit: 3 }), (query) => registry.models.list(query, call))
    expect(pages.flatMap((page) => page.items.map((model) => model.name))).toEqual([
      ...stub.store.models.keys(),
    ])
    expect(call.requests).toBe(pages.length)
  })

  it('a page after a cursor is one', async () => {
    const after = { values: ['model-04'], name: 'model-04', version: null, hint: '4' }
    const call = newCall()
    const page = await registry.models.list(modelQuery({ limit: 3, after }), call)
    expect(page.items[0]?.name).toBe('model-05')
    expect(call.requests).toBe(1)
  })

  it('models by name are one where names can be listed, else one each', async () => {
    const call = newCall()
    const found = await registry.models.get(['model-01', 'none', 'model-00', 'model-01'], call)
    expect(found.map((model) => model && 'name' in model && model.name)).toEqual([
      'model-01',
      null,
      'model-00',
      'model-01',
    ])
    expect(call.requests).toBe(isNewest ? 1 : 3)
  })

  it('versions by number are one, or one for each model', async () => {
    const call = newCall()
    const keys = ['model-01/1', 'model-01/3', 'model-02/2', 'model-02/9', 'none/1', 'model-03/x'].map(
      (key) => {
        const [model = '', number = ''] = key.split('/')
        return { model, version: number }
      },
    )
    const found = await registry.versions.get(keys, call)
    expect(found.map((v) => v && 'version' in v && `${v.modelName}/${v.version}`)).toEqual([
      'model-01/1',
      'model-01/3',
      'model-02/2',
      null,
      null,
      null,
    ])
    expect(call.requests).toBe(isNewest ? 1 : 3)
  })

  it('a single version brings its aliases', async () => {
    const [found] = await registry.versions.get([{ model: 'model-01', version: '2' }], newCall())
    expect(found).toMatchObject({ version: '2', aliases: ['champion'] })
  })

  it('goes on by single reads where a model has far more versions than are wanted', async () => {
    for (let n = 0; n < 200; n++) stub.store.addVersion('model-00')
    const keys = ['1', '2', '203'].map((number) => ({ model: 'model-00', version: number }))
    const found = await registry.versions.get(keys, newCall())
    expect(found.map((v) => v && 'version' in v && v.version)).toEqual(['1', '2', '203'])
  })

  it('versions of many models are one, or one for each', async () => {
    const call = newCall()
    const found = await registry.versions.ofModels(['model-01', 'none', 'model-00'], 2, call)
    // Together they fit into one answer, each for itself is cut at two.
    const given = isNewest ? [['3', '2', '1'], true] : [['3', '2'], false]
    expect(
      found.map((of) => of && 'complete' in of && [of.versions.map((v) => v.version), of.complete]),
    ).toEqual([given, [[], true], given])
    expect(call.requests).toBe(isNewest ? 1 : 3)
  })

  it('latest versions come with the models', async () => {
    const call = newCall()
    const found = await registry.versions.latest(['model-01', 'none'], call)
    expect(found).toMatchObject([[{ version: expect.any(String) }, { version: expect.any(String) }], null])
    expect(call.requests).toBe(isNewest ? 1 : 2)
  })

  it('a few aliases are one each, asked once', async () => {
    const call = newCall()
    const champion = { model: 'model-01', alias: 'champion' }
    const found = await registry.aliases?.resolve(
      [champion, champion, { model: 'model-00', alias: 'champion' }, { model: 'none', alias: 'champion' }],
      call,
    )
    expect(found).toMatchObject([{ version: '2' }, { version: '2' }, null, null])
    expect(call.requests).toBe(3)
  })

  it('many aliases are two where names can be listed', async () => {
    const call = newCall()
    const keys = [...stub.store.models.keys()].map((model) => ({ model, alias: 'champion' }))
    const found = await registry.aliases?.resolve(keys, call)
    expect(found?.map((v) => v && 'version' in v && [v.modelName, v.version, v.aliases])).toEqual(
      keys.map(({ model }, n) => (n % 2 ? [model, '2', ['champion']] : null)),
    )
    expect(call.requests).toBe(isNewest ? 2 : 12)
  })

  it.each(['latest', 'Latest', 'v3', 'V12'])('%s is no alias, and not asked for', async (alias) => {
    const call = newCall()
    expect(await registry.aliases?.resolve([{ model: 'model-01', alias }], call)).toEqual([null])
    expect(call.requests).toBe(0)
  })

  it('the holders of an alias cost the models and their versions', async () => {
    const call = newCall()
    const page = await registry.versions.list(versionQuery({ filter: championOnly }), call)
    expect(names(page.items)).toEqual([1, 3, 5, 7, 9, 11].map((n) => `model-${String(n).padStart(2, '0')}/2`))
    expect(page).toMatchObject({ ordered: true, continuation: null })
    expect(page.items.every((v) => v.aliases?.includes('champion'))).toBe(true)
    expect(call.requests).toBe(isNewest ? 2 : 7)
  })

  it('the holders of an alias go on after a cursor, and down the names', async () => {
    const after = { values: ['model-07', '2'], name: 'model-07', version: '2', hint: '3' }
    const order = [
      { field: 'model', direction: 'desc' },
      { field: 'version', direction: 'asc' },
    ] as const
    const page = await registry.versions.list(versionQuery({ filter: championOnly, order, after }), newCall())
    expect(names(page.items)).toEqual(['model-07/2', 'model-05/2', 'model-03/2', 'model-01/2'])
  })

  it('the holders of an alias by another order come unordered, and all', async () => {
    const order = [{ field: 'createdAt', direction: 'desc' }] as const
    const page = await registry.versions.list(versionQuery({ filter: championOnly, order }), newCall())
    expect(page.items).toHaveLength(6)
    expect(page.ordered).toBe(false)
  })

  it('the holders of an alias in one model look at that model only', async () => {
    const filter = { kind: 'and', filters: [championOnly, textIs('model', 'model-03')] } as const
    const page = await registry.versions.list(versionQuery({ filter }), newCall())
    expect(names(page.items)).toEqual(['model-03/2'])
    expect(page.residue).toEqual(filter)
  })

  it('what cannot be is not asked for', async () => {
    const call = newCall()
    const nothing = { kind: 'or', filters: [] } as const
    expect((await registry.models.list(modelQuery({ filter: nothing }), call)).items).toEqual([])
    expect((await registry.versions.list(versionQuery({ filter: nothing }), call)).items).toEqual([])
    expect(await registry.models.get(['', '\ud800'], call)).toEqual([null, null])
    expect(await registry.versions.get([{ model: 'model-00', version: '1.0' }], call)).toEqual([null])
    expect(call.requests).toBe(0)
  })

  it('an order by creation comes unordered for models, ordered for versions', async () => {
    const order = [{ field: 'createdAt', direction: 'asc' }] as const
    expect((await registry.models.list(modelQuery({ order }), newCall())).ordered).toBe(false)
    expect((await registry.versions.list(versionQuery({ order }), newCall())).ordered).toBe(true)
    const byMetric = [{ field: 'metric', key: 'auc', direction: 'desc' }] as const
    expect((await registry.versions.list(versionQuery({ order: byMetric }), newCall())).ordered).toBe(false)
  })

  it('a field that is ordered by twice counts once', async () => {
    const order = [
      { field: 'version', direction: 'desc' },
      { field: 'version', direction: 'asc' },
      { field: 'model', direction: 'desc' },
      { field: 'createdAt', direction: 'asc' },
    ] as const
    const page = await registry.versions.list(versionQuery({ order, limit: 2 }), newCall())
    expect(names(page.items)).toEqual(['model-11/3', 'model-10/3'])
    expect(stub.log.requests.at(-1)?.query.getAll('order_by')).toEqual(['version_number DESC', 'name DESC'])
  })

  it('runs cost one search; what is unknown may be in an experiment that is new', async () => {
    stub.store.addRun({ runId: 'a'.repeat(32), metrics: new Map([['auc', 0.5]]) })
    expect(await registry.runs?.get(['a'.repeat(32)], newCall())).toMatchObject([{ runId: 'a'.repeat(32) }])
    stub.store.addRun({ runId: 'b'.repeat(32), experimentId: '7' })
    const call = newCall()
    const ids = ['b'.repeat(32), 'a b', 'a'.repeat(32), 'b'.repeat(32), 'gone']
    expect(await registry.runs?.get(ids, call)).toMatchObject([
      { runId: 'b'.repeat(32) },
      null,
      { runId: 'a'.repeat(32) },
      { runId: 'b'.repeat(32) },
      null,
    ])
    expect(call.requests).toBe(3)
    const known = newCall()
    await registry.runs?.get(['b'.repeat(32)], known)
    expect(known.requests).toBe(1)
  })

  it('a long filter travels as a body', async () => {
    const values = Array.from({ length: 90 }, (_, n) => `run-${String(n).padStart(40, '0')}`)
    const tests = [{ operator: 'in', values, ignoreCase: false }] as const
    await registry.versions.list(versionQuery({ filter: { kind: 'text', field: 'runId', tests } }), newCall())
    const sent = stub.log.requests.at(-1)
    expect(sent?.query.size).toBe(0)
    expect(JSON.parse(sent?.body ?? '{}').filter).toContain(values.at(-1))
  })
})

describe('a model with more versions than an answer may have', () => {
  it('is cut, and hides no other model', async () => {
    const stub = await startMlflowStub()
    const registry = await openRegistry(stub.url)
    try {
      stub.store.addModel('big', { versions: Array.from({ length: 2500 }, () => ({})) })
      for (const name of ['a', 'z']) stub.store.addModel(name, { versions: [{}, {}] })
      const found = await registry.versions.ofModels(['z', 'big', 'a'], 1000, newCall())
      expect(found.map((of) => of && 'complete' in of && [of.complete, of.versions[0]?.version])).toEqual([
        [true, '2'],
        [false, '2500'],
        [true, '2'],
      ])
    } finally {
      await registry.close()
      await stub.close()
    }
  })
})

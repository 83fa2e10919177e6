import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Adapter, ModelFilter, TextTest, VersionFilter } from '../../../src/contract/index.ts'
import { MlflowWriter } from '../../conformance/mlflow-writer.ts'
import { mlflowVersions } from '../../environment/provided.ts'
import { requireBackend } from '../../environment/require-backend.ts'
import { newCall } from '../counted-call.ts'
import { openRegistry } from './open-registry.ts'
import { modelQuery, readPages, textIs, versionQuery } from './queries.ts'

const oddNames = [
  'plain',
  'query?a=b&c#d+e%20f',
  "it's",
  'say "hi"',
  `both ' and "`,
  'two\nlines\ttabbed',
  'back\\slash',
  'ends with \\',
  ' blanks ',
  '100%_',
  'été 数 😀',
  '-- ; # $$ `x`',
]

describe.each(mlflowVersions)('MLflow %s', (version) => {
  const prefix = `reads-${randomUUID().slice(0, 8)}-`
  const names = [...oddNames, ...(version === '2.22.4' ? ['with/slash /* */', 'with:colon'] : [])].map(
    (n) => prefix + n,
  )
  let url: string
  let writer: MlflowWriter
  let registry: Adapter

  const createModel = (name: string, more: object = {}) =>
    writer.post('registered-models/create', { name, ...more })
  const createVersion = async (name: string, more: object = {}) => {
    const { model_version } = await writer.post('model-versions/create', {
      name,
      source: 's3://b/m',
      ...more,
    })
    return (model_version as { version: string }).version
  }

  beforeAll(async () => {
    requireBackend(`mlflow ${version}`)
    url = inject('mlflow')[version].url
    writer = new MlflowWriter(url)
    registry = await openRegistry(url)
    for (const name of names) {
      await createModel(name, { tags: [{ key: 'own name', value: name }] })
      await createVersion(name, { tags: [{ key: 'own name', value: name }] })
    }
  })
  afterAll(() => registry?.close())

  const namesOf = (items: readonly ({ name: string } | { modelName: string })[]) =>
    items.map((item) => ('name' in item ? item.name : item.modelName))
  const ours = textIs('name', prefix, 'startsWith')

  it('gives every name by get, in one batch', async () => {
    const found = await registry.models.get([...names, `${prefix}none`], newCall())
    expect(found.map((model) => model && 'name' in model && model.name)).toEqual([...names, null])
  })

  it('gives the versions of every name', async () => {
    const found = await registry.versions.ofModels(names, 5, newCall())
    expect(found.map((of) => of && 'complete' in of && [of.versions[0]?.modelName, of.complete])).toEqual(
      names.map((name) => [name, true]),
    )
    const keys = names.map((model) => ({ model, version: '1' }))
    const got = await registry.versions.get(keys, newCall())
    expect(got.map((v) => v && 'modelName' in v && v.modelName)).toEqual(names)
  })

  it('keeps every row that matches, whatever the value', async () => {
    const call = newCall()
    const tests = (value: string): TextTest[] => [
      { operator: 'eq', value, ignoreCase: false },
      { operator: 'eq', value: value.toUpperCase(), ignoreCase: true },
      { operator: 'in', values: [value, 'x'], ignoreCase: false },
      { operator: 'contains', value: value.slice(3), ignoreCase: false },
      { operator: 'contains', value: value.slice(3).toUpperCase(), ignoreCase: true },
      { operator: 'startsWith', value, ignoreCase: false },
      { operator: 'endsWith', value, ignoreCase: false },
      { operator: 'ne', value: `${value}x`, ignoreCase: false },
    ]
    for (const name of names) {
      for (const test of tests(name)) {
        const byTag = { kind: 'tag', key: 'own name', tests: [test] } as const
        const byName: ModelFilter = {
          kind: 'and',
          filters: [ours, { kind: 'text', field: 'name', tests: [test] }, byTag],
        }
        const models = await registry.models.list(modelQuery({ filter: byName, limit: 1000 }), call)
        expect(namesOf(models.items), JSON.stringify(test)).toContain(name)
        const ofOurs = textIs('model', prefix, 'startsWith')
        const byModel: VersionFilter = {
          kind: 'and',
          filters: [ofOurs, { kind: 'text', field: 'model', tests: [test] }, byTag],
        }
        const versions = await registry.versions.list(versionQuery({ filter: byModel, limit: 1000 }), call)
        expect(namesOf(versions.items), JSON.stringify(test)).toContain(name)
      }
    }
  })

  it('hides prompts, also from gets', async () => {
    const name = `${prefix}prompt`
    const tags = [{ key: 'mlflow.prompt.is_prompt', value: 'true' }]
    await createModel(name, { tags })
    await createVersion(name, { tags, source: 'dummy-source' })
    await writer.post('registered-models/alias', { name, alias: 'champion', version: '1' })
    expect(await registry.models.get([name], newCall())).toEqual([null])
    expect(await registry.versions.get([{ model: name, version: '1' }], newCall())).toEqual([null])
    expect(await registry.versions.latest([name], newCall())).toEqual([null])
    expect(await registry.aliases?.resolve([{ model: name, alias: 'champion' }], newCall())).toEqual([null])
    const filter = { kind: 'tag', key: 'mlflow.prompt.is_prompt', tests: [] } as const
    for (const listed of [ours, { kind: 'and', filters: [ours, filter] } as const]) {
      const page = await registry.models.list(modelQuery({ filter: listed, limit: 1000 }), newCall())
      expect(namesOf(page.items)).not.toContain(name)
    }
  })

  it('knows aliases, stages and deleted versions', async () => {
    const name = `${prefix}staged`
    await createModel(name)
    for (let n = 0; n < 4; n++) await createVersion(name)
    await writer.post('registered-models/alias', { name, alias: 'Champion-1', version: '2' })
    await writer.post('registered-models/alias', { name, alias: 'other', version: '2' })
    const stages: [string, string][] = [
      ['1', 'Production'],
      ['2', 'Production'],
      ['3', 'Archived'],
    ]
    for (const [number, stage] of stages) {
      const body = { name, version: number, stage, archive_existing_versions: false }
      await writer.post('model-versions/transition-stage', body)
    }
    await writer.delete('model-versions/delete', { name, version: '4' })
    const resolve = (alias: string, model = name) =>
      registry.aliases?.resolve([{ model, alias }], newCall()).then(([version]) => version)
    expect(await resolve('Champion-1')).toMatchObject({
      version: '2',
      aliases: expect.arrayContaining(['other']),
    })
    for (const alias of ['champion-1', 'none', 'latest', 'not an alias!', ''])
      expect(await resolve(alias)).toBeNull()
    expect(await resolve('other', `${prefix}none`)).toBeNull()
    const [model] = await registry.models.get([name], newCall())
    if (!model || !('latestVersions' in model)) throw new Error('no model')
    expect(new Map(model.latestVersions?.map((v) => [v.version, [v.stage, v.archived]]))).toEqual(
      new Map([
        ['2', ['Production', false]],
        ['3', ['Archived', true]],
      ]),
    )
    const keys = ['1', '4', '5', '99999999999999999999', 'x'].map((number) => ({
      model: name,
      version: number,
    }))
    expect(await registry.versions.get(keys, newCall())).toMatchObject([
      { version: '1' },
      null,
      null,
      null,
      null,
    ])
    for (const key of keys.slice(1)) expect(await registry.versions.get([key], newCall())).toEqual([null])
    const holders: VersionFilter = { kind: 'and', filters: [textIs('model', name), textIs('alias', 'other')] }
    const page = await registry.versions.list(versionQuery({ filter: holders }), newCall())
    expect(page.items).toMatchObject([{ version: '2', stage: 'Production' }])
    const numbers: VersionFilter = {
      kind: 'and',
      filters: [
        textIs('model', name),
        {
          kind: 'text',
          field: 'version',
          tests: [{ operator: 'in', values: ['2', '3'], ignoreCase: false }],
        },
      ],
    }
    const some = await registry.versions.list(versionQuery({ filter: numbers }), newCall())
    expect(some.items.map((v) => v.version)).toEqual(['2', '3'])
  })

  it('goes on over pages while models come and go', async () => {
    const own = `${prefix}page-`
    for (let n = 0; n < 12; n++) await createModel(own + String(n).padStart(2, '0'))
    const filter = textIs('name', own, 'startsWith')
    let page = 0
    const pages = await readPages(modelQuery({ filter, limit: 3 }), async (query) => {
      if (page++ === 1) {
        await writer.delete('registered-models/delete', { name: `${own}00` })
        await writer.delete('registered-models/delete', { name: `${own}02` })
        await createModel(`${own}015`)
      }
      return registry.models.list(query, newCall())
    })
    expect(pages.every(({ ordered }) => ordered)).toBe(true)
    expect(pages.flatMap(({ items }) => namesOf(items)).map((name) => name.slice(own.length))).toEqual(
      Array.from({ length: 12 }, (_, n) => String(n).padStart(2, '0')),
    )
  })

  it('sends what is too long for a URL as a body', async () => {
    const values = [...names, ...Array.from({ length: 300 }, (_, n) => `${prefix}absent-${n}`)]
    const tests = [{ operator: 'in', values, ignoreCase: false }] as const
    const filter = { kind: 'and', filters: [ours, { kind: 'text', field: 'name', tests }] } as const
    const page = await registry.models.list(modelQuery({ filter, limit: 1000 }), newCall())
    expect(namesOf(page.items)).toEqual(expect.arrayContaining(names))
    const [longTag, value] = [`${prefix}long`, 'x'.repeat(4500)]
    await writer.post('registered-models/set-tag', { name: names[0], key: longTag, value })
    const byTag = {
      kind: 'tag',
      key: longTag,
      tests: [{ operator: 'eq', value, ignoreCase: false }],
    } as const
    const found = await registry.models.list(modelQuery({ filter: byTag }), newCall())
    expect(namesOf(found.items)).toEqual([names[0]])
  })

  it('reads runs, deleted ones and those of deleted experiments among them', async () => {
    const { experiment_id } = await writer.post('experiments/create', { name: `${prefix}experiment` })
    const create = async () => {
      const { run } = await writer.post('runs/create', { experiment_id, run_name: 'a run', start_time: 5 })
      return (run as { info: { run_id: string } }).info.run_id
    }
    const [kept, deleted] = [await create(), await create()]
    const metrics = ['NaN', 'Infinity', '-Infinity', 0.5].map((value, index) => ({
      key: `m${index}`,
      value,
      timestamp: 1,
      step: index,
    }))
    await writer.post('runs/log-batch', {
      run_id: kept,
      metrics,
      params: [{ key: 'é', value: 'two\nlines' }],
    })
    await writer.post('runs/delete', { run_id: deleted })
    const read = () => registry.runs?.get([deleted, kept, 'no run', kept, 'f'.repeat(32)], newCall())
    expect(await read()).toMatchObject([{ runId: deleted }, { runId: kept }, null, { runId: kept }, null])
    await writer.post('experiments/delete', { experiment_id })
    const [, run] = (await read()) ?? []
    expect(run).toMatchObject({
      name: 'a run',
      startedAt: new Date(5),
      params: [{ key: 'é', value: 'two\nlines' }],
      url: `${url}/#/experiments/${experiment_id}/runs/${kept}`,
    })
    expect(run && 'metrics' in run && run.metrics.map(({ value, step }) => [value, step]).toSorted()).toEqual(
      [
        [Number.NaN, 0],
        [Number.POSITIVE_INFINITY, 1],
        [Number.NEGATIVE_INFINITY, 2],
        [0.5, 3],
      ].toSorted(),
    )
  })

  it('finds and lists the files of a version, through a copy', async () => {
    const { run } = await writer.post('runs/create', { experiment_id: '0' })
    const { run_id, artifact_uri } = (run as { info: { run_id: string; artifact_uri: string } }).info
    const root = `${url}/api/2.0/mlflow-artifacts/artifacts/${artifact_uri.replace(/^mlflow-artifacts:\//, '')}`
    for (const path of ['model/MLmodel', 'model/data/a b%3F.txt']) {
      expect((await fetch(`${root}/${path}`, { method: 'PUT', body: 'hello' })).status).toBe(200)
    }
    const name = `${prefix}files`
    await createModel(name)
    await createVersion(name, { source: `${artifact_uri}/model`, run_id })
    await createVersion(name, { source: `models:/${name}/1`, run_id })
    const [original, copy, gone] = ['1', '2', '3'].map((number) => ({ model: name, version: number }))
    if (!original || !copy || !gone) throw new Error('no keys')
    const [version] = await registry.versions.get([copy], newCall())
    expect(version).toMatchObject({ source: `models:/${name}/1`, artifactUri: null, runId: run_id })
    const location = `${artifact_uri}/model`
    expect(await registry.artifacts?.locate([copy, gone, original], newCall())).toEqual([
      location,
      null,
      location,
    ])
    const list = (path: string, key = copy) => registry.artifacts?.list(key, path, newCall())
    expect(await list('')).toEqual([
      { path: 'MLmodel', isDirectory: false, sizeBytes: 5, digest: null },
      { path: 'data', isDirectory: true, sizeBytes: null, digest: null },
    ])
    expect(await list('data')).toMatchObject([{ path: 'data/a b?.txt', sizeBytes: 5 }])
    for (const path of ['nope', 'MLmodel', '../..', 'data/../..']) expect(await list(path)).toBeNull()
    expect(await list('', gone)).toBeNull()
    await expect(list('', { model: names[0] ?? '', version: '1' })).rejects.toMatchObject({
      code: 'UNSUPPORTED',
    })
  })

  it('says what it is', async () => {
    expect(await registry.describe(newCall())).toMatchObject({
      serverVersion: version,
      levels: { aliases: 'NATIVE', stages: 'NATIVE', runs: 'NATIVE', artifacts: 'NATIVE' },
      stages: ['None', 'Staging', 'Production', 'Archived'],
      notices: [],
    })
    await expect(registry.health(newCall())).resolves.toBeUndefined()
  })
})

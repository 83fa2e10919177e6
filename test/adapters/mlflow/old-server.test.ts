import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Adapter } from '../../../src/contract/index.ts'
import { type MlflowStub, startMlflowStub } from '../../environment/mlflow-stub.ts'
import { newCall } from '../counted-call.ts'
import { openRegistry } from './open-registry.ts'
import { championOnly, modelQuery, readPages, textIs, versionQuery } from './queries.ts'

describe('MLflow 1.30, which has no aliases and takes lists for true of every row', () => {
  let stub: MlflowStub
  let registry: Adapter

  beforeAll(async () => {
    stub = await startMlflowStub({ version: '1.30.1' })
    for (const name of ['a', 'b', 'with/slash:and colon']) {
      stub.store.addModel(name, { versions: [{}, { stage: 'Production' }, {}], tags: { team: name } })
    }
    stub.store.addRun({ runId: 'a'.repeat(32) })
    stub.store.addRun({ runId: 'b'.repeat(32) })
    registry = await openRegistry(stub.url)
  })
  afterAll(async () => {
    await registry.close()
    await stub.close()
  })

  it('is described as having none', async () => {
    const description = await registry.describe(newCall())
    expect(description).toMatchObject({ serverVersion: null, levels: { aliases: 'NONE', stages: 'NATIVE' } })
    expect(description.notices.join(' ')).toContain('no aliases')
    expect(description.pushedDownFilters).not.toContain('version.eq')
  })

  it('resolves no alias, without asking', async () => {
    await registry.describe(newCall())
    const call = newCall()
    expect(await registry.aliases?.resolve([{ model: 'a', alias: 'champion' }], call)).toEqual([null])
    expect((await registry.versions.list(versionQuery({ filter: championOnly }), call)).items).toEqual([])
    expect(call.requests).toBe(0)
  })

  it('gives the models asked for and no others', async () => {
    const found = await registry.models.get(['b', 'none', 'with/slash:and colon'], newCall())
    expect(found.map((model) => model && 'name' in model && model.name)).toEqual([
      'b',
      null,
      'with/slash:and colon',
    ])
  })

  it('gives versions by number, of models, and as the latest', async () => {
    const keys = ['1', '3', '7'].map((version) => ({ model: 'a', version }))
    expect(await registry.versions.get(keys, newCall())).toMatchObject([
      { version: '1' },
      { version: '3' },
      null,
    ])
    expect(await registry.versions.ofModels(['a', 'b'], 5, newCall())).toMatchObject([
      { versions: [{ version: '3' }, { version: '2' }, { version: '1' }], complete: true },
      { complete: true },
    ])
    const [latest] = await registry.versions.latest(['a'], newCall())
    expect(latest).toHaveLength(2)
  })

  it('gives runs one by one', async () => {
    const call = newCall()
    const found = await registry.runs?.get(['b'.repeat(32), 'c'.repeat(32)], call)
    expect(found).toMatchObject([{ runId: 'b'.repeat(32) }, null])
    expect(call.requests).toBe(2)
  })

  it('lists by its filters and orders', async () => {
    const pages = await readPages(modelQuery({ limit: 1, filter: textIs('name', 'b') }), (query) =>
      registry.models.list(query, newCall()),
    )
    expect(pages.flatMap((page) => page.items.map((model) => model.name))).toEqual(['b'])
    const many = {
      kind: 'text',
      field: 'model',
      tests: [{ operator: 'in', values: ['a', 'b'], ignoreCase: false }],
    }
    const page = await registry.versions.list(versionQuery({ filter: many as never }), newCall())
    expect(page.items).toHaveLength(9)
    expect(page.residue).toEqual(many)
  })
})

import { describe, expect, it } from 'vitest'
import { newCall } from '../counted-call.ts'
import { doubleInUse } from './double-in-use.ts'
import { storage, workspacePath } from './open-registry.ts'
import { equal, modelQuery, versionQuery } from './queries.ts'

const azure = doubleInUse()

const version = { modelUri: `${storage}/a`, modelType: 'custom_model' }

async function seedModels(count: number, versionsOfEach = 0) {
  for (let index = 0; index < count; index++) {
    const name = `model-${String(index).padStart(3, '0')}`
    await azure.writer.put(`models/${name}`, { tags: { team: 'fraud', 'alias.champion': '1' } })
    for (let number = 1; number <= versionsOfEach; number++) {
      await azure.writer.put(`models/${name}/versions/${number}`, version)
    }
  }
  azure.double.log.reset()
}

describe('a page of models', () => {
  it('with tags and aliases is the pages of containers and nothing else', async () => {
    await seedModels(50)
    const adapter = await azure.open()
    const call = newCall()
    const page = await adapter.models.list(modelQuery(), call)
    expect(page.items.map(({ name }) => name)).toEqual(
      Array.from({ length: 50 }, (_, index) => `model-${String(index).padStart(3, '0')}`),
    )
    expect(page.items[0]).toMatchObject({
      tags: [{ key: 'team', value: 'fraud' }],
      aliases: [{ name: 'champion', version: '1' }],
    })
    expect([page.ordered, page.continuation]).toEqual([true, null])
    expect(azure.double.log.countByPath()).toEqual({ [`${workspacePath}/models`]: 3 })
    expect(call.requests).toBe(3)
  })

  it('leaves out archived ones unless they are asked for', async () => {
    await azure.writer.put('models/active', {})
    await azure.writer.put('models/gone', { isArchived: true })
    const adapter = await azure.open()
    const names = async (includeArchived: boolean) =>
      (await adapter.models.list(modelQuery({ includeArchived }), newCall())).items.map(({ name }) => name)
    expect(await names(false)).toEqual(['active'])
    expect(await names(true)).toEqual(['active', 'gone'])
  })

  it('of known names looks each up', async () => {
    await seedModels(30)
    const adapter = await azure.open()
    const call = newCall()
    const filter = {
      kind: 'text',
      field: 'name',
      tests: [{ operator: 'in', values: ['model-003', 'model-001', 'no such'], ignoreCase: false }],
    } as const
    const page = await adapter.models.list(modelQuery({ filter }), call)
    expect(page.items.map(({ name }) => name)).toEqual(['model-001', 'model-003'])
    expect(page.residue).toBe(filter)
    expect(call.requests).toBe(2)
  })
})

describe('versions', () => {
  it('of all models cost one listing for each and the pages of containers, over many small pages', async () => {
    await seedModels(25, 2)
    const adapter = await azure.open()
    const call = newCall()
    const rows: string[] = []
    let continuation: string | null = null
    do {
      const page = await adapter.versions.list(versionQuery({ limit: 7, continuation }), call)
      rows.push(...page.items.map(({ modelName, version: number }) => `${modelName}:${number}`))
      expect(page.ordered).toBe(true)
      continuation = page.continuation
    } while (continuation !== null)
    expect(rows).toEqual(rows.toSorted())
    expect(new Set(rows).size).toBe(50)
    const counts = azure.double.log.countByPath()
    expect(counts[`${workspacePath}/models`]).toBe(2)
    expect(Object.keys(counts)).toHaveLength(26)
    const asked = azure.double.log.requests.map(({ path, query }) => `${path}?${query}`)
    expect(new Set(asked).size, 'no request is sent twice').toBe(asked.length)
    expect(call.requests).toBe(27)
  })

  it('bring the aliases of their models when those were read anyway', async () => {
    await seedModels(1, 2)
    const adapter = await azure.open()
    const page = await adapter.versions.list(versionQuery(), newCall())
    expect(page.items.map(({ aliases }) => aliases)).toEqual([['champion'], []])
    const [only] = (
      await adapter.versions.list(versionQuery({ filter: equal('model', 'model-000') }), newCall())
    ).items
    expect(only?.aliases).toBeNull()
  })

  it('of an alias are listed of the models only that have it', async () => {
    await seedModels(5, 1)
    await azure.writer.put('models/model-002', { tags: { 'alias.shadow': '1' } })
    azure.double.log.reset()
    const adapter = await azure.open()
    const page = await adapter.versions.list(versionQuery({ filter: equal('alias', 'shadow') }), newCall())
    expect(page.items.map(({ modelName }) => modelName)).toEqual(['model-002'])
    expect(azure.double.log.count('/versions')).toBe(1)
  })

  it('in an order that Azure cannot give are confessed before anything is read', async () => {
    await seedModels(3, 1)
    const adapter = await azure.open()
    const order = [{ field: 'createdAt', direction: 'desc' } as const]
    const first = await adapter.versions.list(versionQuery({ order }), newCall())
    expect([first.ordered, first.items, azure.double.log.requests]).toEqual([false, [], []])
    const next = await adapter.versions.list(
      versionQuery({ order, continuation: first.continuation }),
      newCall(),
    )
    expect(next.items).toHaveLength(3)
    expect(next.continuation).toBeNull()
  })

  it('of one model keep any order but those by metrics', async () => {
    for (const number of ['9', '10', 'beta', '2'])
      await azure.writer.put(`models/m/versions/${number}`, version)
    const adapter = await azure.open()
    const filter = equal('model', 'm')
    const list = async (field: 'version' | 'createdAt', direction: 'asc' | 'desc') => {
      const order = [{ field, direction }]
      const page = await adapter.versions.list(versionQuery({ filter, order }), newCall())
      expect(page.ordered).toBe(true)
      return page.items
    }
    expect((await list('version', 'asc')).map((row) => row.version)).toEqual(['2', '9', '10', 'beta'])
    const times = (await list('createdAt', 'desc')).map(({ createdAt }) => createdAt?.getTime() ?? 0)
    expect(times).toEqual(times.toSorted((a, b) => b - a))
  })

  it('are read to the last page, whatever the size of the pages', async () => {
    for (let number = 1; number <= 130; number++)
      await azure.writer.put(`models/m/versions/${number}`, version)
    azure.double.log.reset()
    const adapter = await azure.open()
    const [outcome] = await adapter.versions.ofModels(['m'], 5, newCall())
    expect(outcome).toMatchObject({ complete: true })
    expect(outcome && 'versions' in outcome && outcome.versions.map((row) => Number(row.version))).toEqual(
      Array.from({ length: 130 }, (_, index) => 130 - index),
    )
    // Two pages, and what the model says of its newest version.
    expect(azure.double.log.requests).toHaveLength(3)
  })

  it.each(['empty', 'notFound'] as const)(
    'of a model that is not there are null, if Azure lists %s',
    async (answer) => {
      azure.double.set({ unproven: { versionsOfMissingModel: answer } })
      await azure.writer.put('models/empty', {})
      const adapter = await azure.open()
      expect(await adapter.versions.ofModels(['missing', 'empty'], 5, newCall())).toEqual([
        null,
        { versions: [], complete: true },
      ])
      expect(await adapter.versions.latest(['missing', 'empty'], newCall())).toEqual([null, []])
    },
  )
})

describe('a version', () => {
  it('has all that Azure says of it', async () => {
    const flavors = { python_function: { data: { loader: 'x' } } }
    const { systemData } = await azure.writer.put('models/m/versions/3', {
      description: 'The third.',
      tags: { team: 'fraud', empty: null, stage: 'production' },
      properties: { own: 'x' },
      modelUri: `${storage}/a`.replace('resourceGroups', 'resourcegroups'),
      modelType: 'mlflow_model',
      jobName: 'job-1',
      flavors,
    })
    const adapter = await azure.open()
    const [row] = await adapter.versions.get([{ model: 'm', version: '3' }], newCall())
    expect(row).toEqual({
      modelName: 'm',
      version: '3',
      description: 'The third.',
      tags: [
        { key: 'team', value: 'fraud' },
        { key: 'empty', value: '' },
      ],
      aliases: null,
      stage: 'Production',
      archived: false,
      status: 'READY',
      statusMessage: null,
      source: `${storage}/a`.replace('resourcegroups', 'resourceGroups'),
      artifactUri: `${storage}/a`,
      runId: 'job-1',
      digest: null,
      sizeBytes: null,
      createdAt: new Date(systemData?.createdAt ?? ''),
      updatedAt: new Date(systemData?.lastModifiedAt ?? ''),
      createdBy: 'A User',
    })
  })

  it('of a job’s output has the job for its run', async () => {
    await azure.writer.put('models/m/versions/1', {
      modelUri: 'azureml://jobs/calm_sea/outputs/artifacts/paths/model/',
    })
    const adapter = await azure.open()
    const [row] = await adapter.versions.get([{ model: 'm', version: '1' }], newCall())
    expect(row).toMatchObject({ runId: 'calm_sea' })
  })
})

describe('an alias', () => {
  it('whose version is gone resolves to nothing', async () => {
    await azure.writer.put('models/m', {
      tags: { 'alias.champion': '7', 'alias.': '1', 'alias.latest': '1', 'alias.v2': '1' },
    })
    const adapter = await azure.open()
    const [model] = await adapter.models.get(['m'], newCall())
    expect(model).toMatchObject({ aliases: [{ name: 'champion', version: '7' }], tags: [] })
    expect(await adapter.aliases?.resolve([{ model: 'm', alias: 'champion' }], newCall())).toEqual([null])
  })
})

import { describe, expect, it } from 'vitest'
import { newCall } from '../counted-call.ts'
import { doubleInUse } from './double-in-use.ts'
import { modelQuery, newModel, newVersion, versionQuery } from './queries.ts'

const azure = doubleInUse()

async function seedModels(count: number) {
  for (let index = 0; index < count; index++) await azure.writer.put(`models/model-${index}`, {})
  azure.double.log.reset()
}

describe('a list that lags behind', () => {
  it('shows what this gateway has written all the same', async () => {
    const adapter = await azure.open()
    const { writes } = adapter
    azure.double.set({ listLag: { requests: 100 } })
    await writes?.models.create(newModel('m'), newCall())
    const first = await writes?.versions.create(newVersion('m'), newCall())
    const second = await writes?.versions.create(newVersion('m'), newCall())
    expect([first, second]).toEqual(['1', '2'])
    await writes?.versions.setTags?.({ model: 'm', version: '1' }, [{ key: 'a', value: 'b' }], newCall())
    await writes?.versions.delete?.({ model: 'm', version: '2' }, newCall())
    const models = await adapter.models.list(modelQuery(), newCall())
    expect(models.items.map(({ name }) => name)).toEqual(['m'])
    const versions = await adapter.versions.list(versionQuery(), newCall())
    expect(versions.items.map((row) => [row.version, row.tags])).toEqual([['1', [{ key: 'a', value: 'b' }]]])
  })

  it('does not bring back what another program has deleted since', async () => {
    const adapter = await azure.open()
    await adapter.writes?.models.create(newModel('m'), newCall())
    await azure.writer.delete('models/m')
    expect((await adapter.models.list(modelQuery(), newCall())).items).toEqual([])
  })

  it('gives way to what another program has written since', async () => {
    const adapter = await azure.open()
    await adapter.writes?.models.create({ ...newModel('m'), description: 'Ours.' }, newCall())
    await azure.writer.put('models/m', { description: 'Theirs.' })
    const [model] = (await adapter.models.list(modelQuery(), newCall())).items
    expect(model?.description).toBe('Theirs.')
  })
})

describe('nextLink', () => {
  it('that leads elsewhere is not followed', async () => {
    await seedModels(21)
    azure.double.set({ nextLinkOrigin: 'https://elsewhere.example' })
    const adapter = await azure.open()
    const call = newCall()
    await expect(adapter.models.list(modelQuery(), call)).rejects.toMatchObject({
      code: 'REGISTRY_ERROR',
      message: expect.stringContaining('leads away from its endpoint'),
    })
    expect(call.requests).toBe(1)
  })

  it('is sent as it came', async () => {
    await seedModels(41)
    const adapter = await azure.open()
    expect((await adapter.models.list(modelQuery(), newCall())).items).toHaveLength(41)
    const tokens = azure.double.log.requests.map(({ query }) => query.get('$skipToken')?.length ?? 0)
    expect(tokens.map((length) => length > 1000)).toEqual([false, true, true])
  })
})

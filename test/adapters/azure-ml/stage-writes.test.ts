import { describe, expect, it } from 'vitest'
import type { Adapter } from '../../../src/contract/index.ts'
import { newCall } from '../counted-call.ts'
import { doubleInUse } from './double-in-use.ts'
import { storage } from './open-registry.ts'
import { modelQuery, newModel, newVersion, versionQuery } from './queries.ts'

const azure = doubleInUse()

async function openWithVersions(count: number, options: object = {}): Promise<Adapter> {
  const adapter = await azure.open(options)
  await adapter.writes?.models.create(newModel('m'), newCall())
  for (let made = 0; made < count; made++) await adapter.writes?.versions.create(newVersion('m'), newCall())
  return adapter
}

async function move(
  { writes }: Adapter,
  version: string,
  stage: string,
  archiveExisting: boolean | null = null,
) {
  const transition = { stage, archiveExisting, expected: undefined }
  return writes?.stages?.transition({ model: 'm', version }, transition, newCall())
}

async function stagesOf(adapter: Adapter): Promise<Record<string, string | null>> {
  const { items } = await adapter.versions.list(versionQuery({ includeArchived: true }), newCall())
  return Object.fromEntries(items.map(({ version, stage }) => [version, stage]))
}

describe('Production', () => {
  it('has one version, and sends the one before to Archived, hidden', async () => {
    const adapter = await openWithVersions(2)
    expect(await move(adapter, '1', 'Production')).toEqual({ archived: [] })
    expect(await move(adapter, '2', 'Production')).toEqual({ archived: ['1'] })
    expect(await stagesOf(adapter)).toEqual({ 1: 'Archived', 2: 'Production' })
    expect((await azure.writer.get('models/m/versions/1')).properties.isArchived).toBe(true)
    expect(
      (await adapter.versions.list(versionQuery(), newCall())).items.map(({ version }) => version),
    ).toEqual(['2'])
  })

  it('has two when the request says so', async () => {
    const adapter = await openWithVersions(2)
    await move(adapter, '1', 'Production')
    expect(await move(adapter, '2', 'Production', false)).toEqual({ archived: [] })
    expect(await stagesOf(adapter)).toEqual({ 1: 'Production', 2: 'Production' })
  })

  it('is found by a list that lags behind', async () => {
    const adapter = await openWithVersions(2)
    azure.double.set({ listLag: { requests: 100 } })
    await move(adapter, '1', 'Production')
    expect(await move(adapter, '2', 'Production')).toEqual({ archived: ['1'] })
  })

  it('is left by all others, also by those after one that is gone and that a list still shows', async () => {
    const adapter = await openWithVersions(4)
    for (const version of ['1', '2', '3']) await move(adapter, version, 'Production', false)
    azure.double.set({ listLag: { requests: 100 } })
    await azure.writer.delete('models/m/versions/2')
    // Another gateway, which has not seen the moves itself.
    const other = await azure.open()
    expect(await move(other, '4', 'Production')).toEqual({ archived: ['1', '3'] })
    for (const [version, stage] of Object.entries({ 1: 'Archived', 3: 'Archived', 4: 'Production' })) {
      expect((await azure.writer.get(`models/m/versions/${version}`)).properties.tags.stage).toBe(stage)
    }
  })

  it('keeps a version that was moved on since the list was read', async () => {
    const adapter = await openWithVersions(2)
    await move(adapter, '1', 'Production')
    azure.double.set({ listLag: { requests: 100 } })
    await azure.writer.put('models/m/versions/1', {
      modelUri: `${storage}/models/1`,
      tags: { stage: 'Staging' },
    })
    expect(await move(adapter, '2', 'Production')).toEqual({ archived: [] })
    expect((await azure.writer.get('models/m/versions/1')).properties.tags).toEqual({ stage: 'Staging' })
  })
})

describe('other stages', () => {
  it('hold any number of versions, unless the request says otherwise', async () => {
    const adapter = await openWithVersions(3)
    await move(adapter, '1', 'Staging')
    expect(await move(adapter, '2', 'Staging')).toEqual({ archived: [] })
    expect(await move(adapter, '3', 'Staging', true)).toEqual({ archived: ['1', '2'] })
  })

  it('may be configured to hold one', async () => {
    const adapter = await openWithVersions(2, { stages: { encoding: 'value', exclusive: ['Staging'] } })
    await move(adapter, '1', 'Staging')
    expect(await move(adapter, '2', 'Staging')).toEqual({ archived: ['1'] })
    await move(adapter, '1', 'Production')
    expect(await move(adapter, '2', 'Production')).toEqual({ archived: [] })
  })

  it('with nothing to archive refuse to', async () => {
    const adapter = await openWithVersions(1)
    for (const stage of ['None', 'Archived']) {
      await expect(move(adapter, '1', stage, true)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' })
    }
  })
})

describe('Archived', () => {
  it('hides the asset, and leaving it shows it again', async () => {
    const adapter = await openWithVersions(1)
    await move(adapter, '1', 'Archived')
    expect((await azure.writer.get('models/m/versions/1')).properties).toMatchObject({
      isArchived: true,
      tags: { stage: 'Archived' },
    })
    await move(adapter, '1', 'Staging')
    expect((await azure.writer.get('models/m/versions/1')).properties).toMatchObject({
      isArchived: false,
      tags: { stage: 'Staging' },
    })
  })

  it('is not the same as an asset that was archived by hand, which keeps its stage', async () => {
    await azure.writer.put('models/m/versions/1', {
      modelUri: `${storage}/a`,
      isArchived: true,
      tags: { stage: 'Staging' },
    })
    const adapter = await azure.open()
    const [row] = await adapter.versions.get([{ model: 'm', version: '1' }], newCall())
    expect(row).toMatchObject({ stage: 'Staging', archived: true })
  })
})

describe('Unregistered', () => {
  const unregistered = { modelUri: `${storage}/a`, stage: 'Unregistered' }

  it.each(['value', 'keys'])('cannot be left, with stages by %s', async (encoding) => {
    await azure.writer.put('models/m/versions/1', unregistered)
    const adapter = await azure.open({ stages: { encoding } })
    expect(await stagesOf(adapter)).toEqual({ 1: 'Unregistered' })
    await expect(move(adapter, '1', 'Staging')).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringContaining('Unregistered and cannot be moved'),
    })
    expect((await azure.writer.get('models/m/versions/1')).properties.tags).toEqual({})
    expect((await adapter.describe(newCall())).stages).not.toContain('Unregistered')
  })

  it('is registered by making a version of it, which is in None', async () => {
    await azure.writer.put('models/m/versions/1', unregistered)
    const adapter = await azure.open()
    expect(await adapter.writes?.versions.create(newVersion('m', { source: 'models:/m/1' }), newCall())).toBe(
      '2',
    )
    expect(await stagesOf(adapter)).toEqual({ 1: 'Unregistered', 2: 'None' })
  })
})

it('a transition that fails half way goes on with the others, and says what is left', async () => {
  const adapter = await openWithVersions(3)
  await move(adapter, '1', 'Production')
  await move(adapter, '2', 'Production', false)
  azure.double.set({ faults: [{ kind: 'throttledByService', method: 'PUT', path: '/versions/1' }] })
  await expect(move(adapter, '3', 'Production')).rejects.toMatchObject({
    code: 'RATE_LIMITED',
    retryAfterMs: 20_000,
    nothingWritten: false,
    message: expect.stringContaining('Version 3 is in Production by now, where 1 may still be'),
  })
  azure.double.set({ faults: [] })
  expect(await stagesOf(adapter)).toEqual({ 1: 'Production', 2: 'Archived', 3: 'Production' })
  expect((await adapter.models.list(modelQuery(), newCall())).items).toHaveLength(1)
  expect(await move(adapter, '3', 'Production')).toEqual({ archived: ['1'] })
})

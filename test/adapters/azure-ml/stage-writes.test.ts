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
    expect(await move(adapter, '1', 'Production')).toMatchObject({ archived: [] })
    expect(await move(adapter, '2', 'Production')).toMatchObject({ archived: ['1'] })
    expect(await stagesOf(adapter)).toEqual({ 1: 'Archived', 2: 'Production' })
    expect((await azure.writer.get('models/m/versions/1')).properties.isArchived).toBe(true)
    expect(
      (await adapter.versions.list(versionQuery(), newCall())).items.map(({ version }) => version),
    ).toEqual(['2'])
  })

  it('has two when the request says so', async () => {
    const adapter = await openWithVersions(2)
    await move(adapter, '1', 'Production')
    expect(await move(adapter, '2', 'Production', false)).toMatchObject({ archived: [] })
    expect(await stagesOf(adapter)).toEqual({ 1: 'Production', 2: 'Production' })
  })

  it('is found by a list that lags behind', async () => {
    const adapter = await openWithVersions(2)
    azure.double.set({ listLag: { requests: 100 } })
    await move(adapter, '1', 'Production')
    expect(await move(adapter, '2', 'Production')).toMatchObject({ archived: ['1'] })
  })

  it('is left by all others, also by those after one that is gone and that a list still shows', async () => {
    const adapter = await openWithVersions(4)
    for (const version of ['1', '2', '3']) await move(adapter, version, 'Production', false)
    azure.double.set({ listLag: { requests: 100 } })
    await azure.writer.delete('models/m/versions/2')
    // Another gateway, which has not seen the moves itself.
    const other = await azure.open()
    expect(await move(other, '4', 'Production')).toMatchObject({ archived: ['1', '3'] })
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
    expect(await move(adapter, '2', 'Production')).toMatchObject({ archived: [] })
    expect((await azure.writer.get('models/m/versions/1')).properties.tags).toEqual({ stage: 'Staging' })
  })
})

describe('of two gateways, whose lists show neither what the other has written,', () => {
  const stageOf = async (version: string) =>
    (await azure.writer.get(`models/m/versions/${version}`)).properties.tags.stage
  const openBoth = async () => {
    const one = await openWithVersions(3)
    azure.double.set({ listLag: { ms: 60_000 } })
    return [one, await azure.open()] as const
  }

  it('the one archives what the other has moved into the stage', async () => {
    const [one, other] = await openBoth()
    await move(one, '1', 'Production')
    expect(await move(other, '2', 'Production')).toMatchObject({ archived: ['1'] })
    expect(await move(one, '3', 'Production')).toMatchObject({ archived: ['2'] })
    await move(other, '1', 'Production', false)
    expect(await move(one, '2', 'Production')).toMatchObject({ archived: ['1', '3'] })
    expect(await Promise.all(['1', '2', '3'].map(stageOf))).toEqual(['Archived', 'Production', 'Archived'])
  })

  it('the one leaves alone what the other has moved on, or deleted', async () => {
    const [one, other] = await openBoth()
    for (const version of ['1', '2']) await move(one, version, 'Production', false)
    await move(other, '1', 'Staging')
    await other.writes?.versions.delete?.({ model: 'm', version: '2' }, newCall())
    expect(await move(one, '3', 'Production')).toMatchObject({ archived: [] })
    expect(await stageOf('1')).toBe('Staging')
  })
})

describe('the note of what was moved of late', () => {
  const noted = async () => (await azure.writer.get('models/m')).properties.properties['modelgate.moved']
  const note = (text: string) =>
    azure.writer.put('models/m', { properties: { 'modelgate.moved': text, trained: 'yes' } })

  it.each(['', 'junk', '[1]', 'null', '{"1":"now"}'])('that is %j is as good as none', async (text) => {
    const adapter = await openWithVersions(2)
    await note(text)
    expect(await move(adapter, '1', 'Production')).toMatchObject({ archived: [] })
    expect(await move(adapter, '2', 'Production')).toMatchObject({ archived: ['1'] })
    expect(Object.keys(JSON.parse(await noted()))).toEqual(['1', '2'])
    expect((await azure.writer.get('models/m')).properties.properties.trained).toBe('yes')
  })

  it('holds the last twenty of ten minutes', async () => {
    const adapter = await openWithVersions(1)
    const ago = (minutes: number) => Date.now() - minutes * 60_000
    const recent = Array.from({ length: 25 }, (_, index) => [`${index + 100}`, ago(1) + index])
    await note(JSON.stringify({ 50: ago(11), 51: ago(-11), ...Object.fromEntries(recent) }))
    await move(adapter, '1', 'Staging')
    const kept = Object.keys(JSON.parse(await noted()))
    expect(kept).toEqual(['1', ...Array.from({ length: 19 }, (_, index) => `${index + 106}`)])
  })

  it('is written only where a version comes into another stage', async () => {
    const adapter = await openWithVersions(1)
    await move(adapter, '1', 'Staging')
    const before = await azure.writer.get('models/m')
    await move(adapter, '1', 'Staging')
    const refused = { stage: 'Production', archiveExisting: null, expected: 'None' }
    await expect(
      adapter.writes?.stages?.transition({ model: 'm', version: '1' }, refused, newCall()),
    ).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await azure.writer.get('models/m')).toEqual(before)
  })
})

describe('other stages', () => {
  it('hold any number of versions, unless the request says otherwise', async () => {
    const adapter = await openWithVersions(3)
    await move(adapter, '1', 'Staging')
    expect(await move(adapter, '2', 'Staging')).toMatchObject({ archived: [] })
    expect(await move(adapter, '3', 'Staging', true)).toMatchObject({ archived: ['1', '2'] })
  })

  it('may be configured to hold one', async () => {
    const adapter = await openWithVersions(2, { stages: { encoding: 'value', exclusive: ['Staging'] } })
    await move(adapter, '1', 'Staging')
    expect(await move(adapter, '2', 'Staging')).toMatchObject({ archived: ['1'] })
    await move(adapter, '1', 'Production')
    expect(await move(adapter, '2', 'Production')).toMatchObject({ archived: [] })
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
  expect(await move(adapter, '3', 'Production')).toMatchObject({ archived: ['1'] })
})

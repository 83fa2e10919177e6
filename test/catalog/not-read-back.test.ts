import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Adapter, type ListPage, type Position, RegistryError } from '../../src/contract/index.ts'
import type { RegistryState } from '../../src/stores/registry-state.ts'
import type { AnyJson } from '../environment/any-json.ts'
import { createFileSource } from '../state/database-source.ts'
import { openTwoProcesses } from './two-processes.ts'

const source = createFileSource()
let room: Awaited<ReturnType<typeof openTwoProcesses>>
let isAway = false

beforeEach(async () => {
  isAway = false
  room = await openTwoProcesses(await source.createUrl(), failing)
  await room.sync()
})
afterEach(() => room.close())
afterAll(() => source.dispose())

function failing(adapter: Adapter): Adapter {
  const { models, versions } = adapter
  const whileThere =
    <Wish extends unknown[], Found>(read: (...wish: Wish) => Promise<Found>) =>
    async (...wish: Wish) => {
      if (isAway) throw new RegistryError('REGISTRY_UNAVAILABLE', 'It is away.')
      return read(...wish)
    }
  return {
    ...adapter,
    models: { ...models, get: whileThere(models.get.bind(models)) },
    versions: { ...versions, get: whileThere(versions.get.bind(versions)) },
  }
}

/** Of a registry that goes away between a write and the look at what it has done. */
async function endWhileAway(end: () => Promise<void>) {
  isAway = true
  await end()
  isAway = false
}

const model = { kind: 'key', registry: 'main', name: 'churn' } as const
const createVersion = (version: string, own: { readonly createdModel?: boolean } = {}) =>
  room.begin(0, { operation: 'createModelVersion', model, source: 's3://b/x' } as never, { version, ...own })
const deleteModel = () => room.begin(1, { operation: 'deleteModel', model, confirm: 'churn' } as never)

/** A model with its first version. */
async function makeBothWhileAway() {
  const end = await createVersion('1', { createdModel: true })
  await room.store.models.create({ name: 'churn' })
  await room.store.versions.create({ model: 'churn', source: 's3://b/x' })
  await endWhileAway(end)
}

/** It stands, and no later look tells it again. */
async function expectTold(...told: string[]) {
  await room.sync()
  expect(await room.told()).toEqual(told)
  await room.sync()
  expect(await room.told()).toEqual(told)
}

const made = 'RECORDED MODEL_CREATED - -: null > churn'
const madeByOthers = 'OBSERVED MODEL_CREATED - -: null > churn'
const versionMade = 'RECORDED VERSION_CREATED 1 -: null > 1'

describe('what a write has made and could not be read back is told once', () => {
  it('a model, which is in the catalog at once', async () => {
    const end = await room.createModel(0)
    await room.store.models.create({
      name: 'churn',
      description: 'of ours',
      tags: [{ key: 'a', value: '1' }],
    })
    await endWhileAway(end)
    expect(await room.indexed()).toMatchObject({ name: 'churn', description: null, tags: [] })
    await expectTold(made)
    expect(await room.indexed()).toMatchObject({ description: 'of ours', tags: [{ key: 'a', value: '1' }] })
  })

  it('a version of a known model', async () => {
    await room.store.models.create({ name: 'churn' })
    await room.sync()
    const end = await createVersion('1')
    await room.store.versions.create({ model: 'churn', source: 's3://b/x', tags: [{ key: 'a', value: '1' }] })
    await endWhileAway(end)
    await expectTold(madeByOthers, versionMade)
  })

  it('a version with its model', async () => {
    await makeBothWhileAway()
    await expectTold(made, versionMade)
  })

  it('and what is written to it before it is', async () => {
    await makeBothWhileAway()
    const ends = [
      await room.setTag(1, 'a', '1'),
      await room.setVersionTag(1, '1', 'b', '2'),
      await room.setAlias(1, 'champion', null, '1'),
    ]
    await room.store.models.setTags('churn', [{ key: 'a', value: '1' }])
    await room.store.versions.setTags({ model: 'churn', version: '1' }, [{ key: 'b', value: '2' }])
    await room.store.aliases.set({ model: 'churn', alias: 'champion' }, '1')
    for (const end of ends) await end()
    await expectTold(
      made,
      versionMade,
      'RECORDED TAG_SET - a: null > 1',
      'RECORDED TAG_SET 1 b: null > 2',
      'RECORDED ALIAS_SET 1 champion: null > 1',
    )
  })

  it('and so is what others have changed of that before it is', async () => {
    const end = await room.createModel(0)
    await room.store.models.create({ name: 'churn' })
    await endWhileAway(end)
    const tag = await room.setTag(1, 'a', '1')
    await room.store.models.setTags('churn', [{ key: 'a', value: '1' }])
    await tag()
    await room.store.models.setTags('churn', [{ key: 'a', value: '2' }])
    await expectTold(made, 'RECORDED TAG_SET - a: null > 1', 'OBSERVED TAG_SET - a: 1 > 2')
  })
})

describe('what has no times before it is read hides nothing in orders by them', () => {
  const state = async () => (await room.processes[0].catalog.store.states()).get('main') as RegistryState
  const all = { filter: null, includeArchived: true, continuation: null, limit: 1 }
  const byAge = [{ field: 'createdAt', direction: 'asc' }] as const

  async function expectAfter(list: (after: Position | null) => Promise<ListPage<unknown, unknown>>) {
    const first = await list(null)
    expect(first.items).toMatchObject([{ createdAt: expect.any(Date) }])
    const [{ createdAt, name, modelName = name, version = null }] = first.items as AnyJson
    const second = await list({ values: [createdAt.getTime()], name: modelName, version, hint: null })
    expect(second.items).toMatchObject([{ createdAt: null }])
  }

  it('of models', async () => {
    await room.store.models.create({ name: 'other' })
    await room.sync()
    await endWhileAway(await room.createModel(0))
    const part = await state()
    const { records } = room.processes[0].catalog
    await expectAfter((after) => records.listModels(part, { ...all, order: byAge, after }))
  })

  it('of versions', async () => {
    await room.store.models.create({ name: 'churn' })
    await room.store.versions.create({ model: 'churn', source: 's3://b/x' })
    await room.sync()
    await endWhileAway(await createVersion('2'))
    const part = await state()
    const { records } = room.processes[0].catalog
    await expectAfter((after) => records.listVersions(part, { ...all, order: byAge, after }))
  })

  it('and is forgotten when it is read', async () => {
    const end = await room.createModel(0)
    await room.store.models.create({ name: 'churn' })
    await endWhileAway(end)
    expect(await state()).toMatchObject({ hasTimeless: true })
    await room.sync()
    expect(await state()).toMatchObject({ hasTimeless: false })
  })
})

describe('that it is gone again is told once', () => {
  it.each([
    ['by others, of a model', async () => {}, 'OBSERVED MODEL_DELETED - -: churn > null'],
    [
      'by a write, of a model',
      async () => (await deleteModel())(),
      'RECORDED MODEL_DELETED - -: churn > null',
    ],
  ])('%s', async (_, remove, gone) => {
    await endWhileAway(await room.createModel(0))
    await remove()
    await expectTold(made, gone)
    expect(await room.indexed()).toBeNull()
  })

  it('by others, of a version', async () => {
    await room.store.models.create({ name: 'churn' })
    await room.sync()
    await endWhileAway(await createVersion('1'))
    await expectTold(madeByOthers, versionMade, 'OBSERVED VERSION_DELETED 1 -: 1 > null')
  })

  it('of what had the name before it', async () => {
    await room.store.models.create({ name: 'churn' })
    await room.store.versions.create({ model: 'churn', source: 's3://b/x' })
    await room.sync()
    await room.store.models.delete('churn')
    await makeBothWhileAway()
    await expectTold(
      madeByOthers,
      'OBSERVED VERSION_CREATED 1 -: null > 1',
      'OBSERVED MODEL_DELETED - -: churn > null',
      made,
      versionMade,
    )
  })
})

describe('what others have made is told before what was done to it', () => {
  it('where a model could not be read back', async () => {
    await room.store.models.create({ name: 'churn' })
    const end = await room.setTag(0, 'a', '1')
    await room.store.models.setTags('churn', [{ key: 'a', value: '1' }])
    await endWhileAway(end)
    await expectTold(madeByOthers, 'RECORDED TAG_SET - a: null > 1')
  })

  it('where a version could not', async () => {
    await room.store.models.create({ name: 'churn' })
    await room.sync()
    await room.store.versions.create({ model: 'churn', source: 's3://b/x' })
    const end = await room.setVersionTag(0, '1', 'a', '1')
    await room.store.versions.setTags({ model: 'churn', version: '1' }, [{ key: 'a', value: '1' }])
    await endWhileAway(end)
    await expectTold(madeByOthers, 'OBSERVED VERSION_CREATED 1 -: null > 1', 'RECORDED TAG_SET 1 a: null > 1')
  })

  it('where both could not', async () => {
    await room.store.models.create({ name: 'churn' })
    await room.store.versions.create({ model: 'churn', source: 's3://b/x' })
    const end = await room.setVersionTag(0, '1', 'a', '1')
    await room.store.versions.setTags({ model: 'churn', version: '1' }, [{ key: 'a', value: '1' }])
    await endWhileAway(end)
    await expectTold(madeByOthers, 'OBSERVED VERSION_CREATED 1 -: null > 1', 'RECORDED TAG_SET 1 a: null > 1')
  })
})

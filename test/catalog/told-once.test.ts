import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFileSource } from '../state/database-source.ts'
import { openTwoProcesses } from './two-processes.ts'

const source = createFileSource()
let room: Awaited<ReturnType<typeof openTwoProcesses>>

beforeEach(async () => {
  room = await openTwoProcesses(await source.createUrl())
})
afterEach(() => room.close())
afterAll(() => source.dispose())

const makeOutside = async (versions = 0) => {
  await room.store.models.create({ name: 'churn' })
  for (let count = 0; count < versions; count++)
    await room.store.versions.create({ model: 'churn', source: 's3://b/x' })
}

describe('of two writes at once through two processes both are told once', () => {
  it.each([
    ['before the first sweep', false],
    ['after it', true],
  ])('to a model that is not known yet, %s', async (_, isSwept) => {
    if (isSwept) await room.sync()
    else await room.processes[0].catalog.store.begin('main', 'somebody')
    await makeOutside()
    const [endA, endB] = [await room.setTag(0, 'a', '1'), await room.setTag(1, 'b', '2')]
    await room.store.models.setTags('churn', [{ key: 'a', value: '1' }])
    await room.store.models.setTags('churn', [{ key: 'b', value: '2' }])
    await endA()
    await endB()
    const recorded = (await room.told()).filter((line) => line.startsWith('RECORDED'))
    expect(recorded).toEqual(['RECORDED TAG_SET - a: null > 1', 'RECORDED TAG_SET - b: null > 2'])
    const before = await room.told()
    await room.sync()
    expect(await room.told()).toEqual(before)
    expect(await room.indexed()).toMatchObject({ tags: [{ key: 'a' }, { key: 'b' }] })
  })

  it('to a model that one of them makes', async () => {
    await room.sync()
    const endA = await room.createModel(0)
    await makeOutside(1)
    const [endB, endC] = [await room.setTag(1, 'b', '2'), await room.setAlias(1, 'champion', null, '1')]
    await room.store.models.setTags('churn', [{ key: 'b', value: '2' }])
    await room.store.aliases.set({ model: 'churn', alias: 'champion' }, '1')
    await endA()
    await endB()
    await endC()
    expect((await room.told()).filter((line) => line.startsWith('RECORDED'))).toEqual([
      'RECORDED MODEL_CREATED - -: null > churn',
      'RECORDED TAG_SET - b: null > 2',
      'RECORDED ALIAS_SET 1 champion: null > 1',
    ])
    await room.sync()
    expect((await room.told()).filter((line) => line.startsWith('OBSERVED'))).toEqual([
      'OBSERVED VERSION_CREATED 1 -: null > 1',
    ])
  })

  it('to a version that is not known yet, which is told too', async () => {
    await makeOutside()
    await room.sync()
    await makeOutside(1).catch(() => {})
    await room.store.versions.create({ model: 'churn', source: 's3://b/x' })
    const [endA, endB] = [
      await room.setVersionTag(0, '1', 'a', '1'),
      await room.setVersionTag(1, '1', 'b', '2'),
    ]
    await room.store.versions.setTags({ model: 'churn', version: '1' }, [{ key: 'a', value: '1' }])
    await room.store.versions.setTags({ model: 'churn', version: '1' }, [{ key: 'b', value: '2' }])
    await endA()
    await endB()
    await room.sync()
    expect(await room.told()).toEqual([
      'OBSERVED VERSION_CREATED 1 -: null > 1',
      'RECORDED TAG_SET 1 a: null > 1',
      'RECORDED TAG_SET 1 b: null > 2',
    ])
  })

  it.each([
    ['known', true],
    ['not known yet', false],
  ])(
    'in the order in which an alias of a model that is %s went round, whoever notes it first',
    async (_, isKnown) => {
      if (isKnown) await makeOutside(2)
      await room.sync()
      if (!isKnown) await makeOutside(2)
      const [endA, endB] = [
        await room.setAlias(0, 'champion', null, '1'),
        await room.setAlias(1, 'champion', '1', '2'),
      ]
      await room.store.aliases.set({ model: 'churn', alias: 'champion' }, '1')
      await room.store.aliases.set({ model: 'churn', alias: 'champion' }, '2')
      const ends = [endB(), wait(100).then(endA)]
      await Promise.all(ends)
      const ofAlias = async () => (await room.told()).filter((line) => line.includes('champion'))
      const right = ['RECORDED ALIAS_SET 1 champion: null > 1', 'RECORDED ALIAS_SET 2 champion: 1 > 2']
      expect(await ofAlias()).toEqual(right)
      await room.sync()
      expect(await ofAlias()).toEqual(right)
    },
  )
})

it.each([
  ['the last one', 1],
  ['the first one', 0],
])('of two writes of one tag %s may be noted first, and what stands is told last', async (_, first) => {
  await makeOutside()
  await room.sync()
  const values = ['1', '2']
  const ends = [await room.setTag(0, 'a', '1'), await room.setTag(1, 'a', '2')]
  for (const value of values) await room.store.models.setTags('churn', [{ key: 'a', value }])
  await Promise.all([ends[first]?.(), wait(100).then(() => ends[1 - first]?.())])
  const right = ['RECORDED TAG_SET - a: null > 1', 'RECORDED TAG_SET - a: 1 > 2']
  expect(await room.told()).toEqual(right)
  await room.sync()
  expect(await room.told()).toEqual(right)
})

describe('what is made and deleted again before it is read back', () => {
  const model = { kind: 'key', registry: 'main', name: 'churn' } as const
  const told = ['RECORDED MODEL_CREATED - -: null > churn', 'RECORDED MODEL_DELETED - -: churn > null']

  it.each([
    ['who has made it', 0],
    ['who has deleted it', 1],
  ])(
    'through two processes is told of in that order, and once, where %s notes it first',
    async (_, first) => {
      await room.sync()
      const ends = [
        await room.createModel(0),
        await room.begin(1, { operation: 'deleteModel', model, confirm: 'churn' } as never),
      ]
      await Promise.all([ends[first]?.(), wait(100).then(() => ends[1 - first]?.())])
      expect(await room.told()).toEqual(told)
      await room.sync()
      expect(await room.told()).toEqual(told)
      expect(await room.indexed()).toBeNull()
    },
  )

  it('is told of as another one than what others have deleted before it', async () => {
    await makeOutside()
    await room.sync()
    await room.store.models.delete('churn')
    await (await room.createModel(0))()
    const former = 'OBSERVED MODEL_DELETED - -: churn > null'
    expect(await room.told()).toEqual([former, told[0]])
    await room.sync()
    expect(await room.told()).toEqual([former, told[0], former])
  })

  it('by others is told of as gone, a model and a version', async () => {
    await room.sync()
    await (await room.createModel(0))()
    await room.sync()
    const gone = [told[0], 'OBSERVED MODEL_DELETED - -: churn > null']
    expect(await room.told()).toEqual(gone)
    await makeOutside()
    await room.sync()
    const version = { operation: 'createModelVersion', model, source: 's3://b/x' } as never
    await (await room.begin(0, version, { version: '1' }))()
    await room.sync()
    expect(await room.told()).toEqual([
      ...gone,
      'OBSERVED MODEL_CREATED - -: null > churn',
      'RECORDED VERSION_CREATED 1 -: null > 1',
      'OBSERVED VERSION_DELETED 1 -: 1 > null',
    ])
  })
})

describe('of what others do', () => {
  it('that it was made is told of what is deleted before anybody has looked', async () => {
    await makeOutside(1)
    await room.sync()
    await room.store.versions.create({ model: 'churn', source: 's3://b/x' })
    const version = { kind: 'key', registry: 'main', model: 'churn', version: '2' } as const
    const end = await room.begin(0, { operation: 'deleteModelVersion', version }, { version: '2' })
    await room.store.versions.delete({ model: 'churn', version: '2' })
    await end()
    await room.sync()
    expect(await room.told()).toEqual([
      'OBSERVED VERSION_CREATED 2 -: null > 2',
      'RECORDED VERSION_DELETED 2 -: 2 > null',
    ])
  })

  it('the window goes back to the last look at all of it, whatever was written through the gateway since', async () => {
    await makeOutside(2)
    await room.store.aliases.set({ model: 'churn', alias: 'champion' }, '1')
    await room.sync()
    await wait(5)
    const moved = Date.now()
    await room.store.aliases.set({ model: 'churn', alias: 'champion' }, '2')
    await wait(5)
    const end = await room.setTag(0, 'a', '1')
    await room.store.models.setTags('churn', [{ key: 'a', value: '1' }])
    await end()
    await room.sync()
    const [, move] = await room.events()
    expect(move).toMatchObject({ kind: 'ALIAS_SET', certainty: 'OBSERVED', before: '1', after: '2' })
    expect(move?.not_before).toBeLessThanOrEqual(moved)
  })

  it('a model that was deleted and made anew is told as that, and has nothing of the one before', async () => {
    await makeOutside(2)
    await room.store.aliases.set({ model: 'churn', alias: 'champion' }, '2')
    await room.sync()
    await room.store.models.delete('churn')
    await wait(5)
    await makeOutside(1)
    await room.sync()
    expect(await room.told()).toEqual([
      'OBSERVED MODEL_DELETED - -: churn > null',
      'OBSERVED MODEL_CREATED - -: null > churn',
      'OBSERVED VERSION_CREATED 1 -: null > 1',
    ])
  })
})

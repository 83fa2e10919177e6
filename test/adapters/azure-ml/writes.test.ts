import { describe, expect, it } from 'vitest'
import type { Adapter, RegistryWrites } from '../../../src/contract/index.ts'
import { newCall } from '../counted-call.ts'
import { doubleInUse } from './double-in-use.ts'
import { newModel, newVersion } from './queries.ts'
import { rich, seedRich } from './rich-version.ts'

const azure = doubleInUse()

function writesOf({ writes }: Adapter): RegistryWrites {
  if (writes === undefined) throw new Error('the adapter is read-only')
  return writes
}

describe('a write to a version', () => {
  const key = { model: 'm', version: '1' }
  const writes: [string, (writes: RegistryWrites) => Promise<unknown>, object][] = [
    [
      'setTags',
      async (w) => w.versions.setTags?.(key, [{ key: 'team', value: 'risk' }], newCall()),
      { tags: { ...rich.tags, team: 'risk' } },
    ],
    [
      'deleteTags',
      async (w) => w.versions.deleteTags?.(key, ['team'], newCall()),
      { tags: { empty: '', nothing: null, stage: 'Staging' } },
    ],
    ['describe', async (w) => w.versions.describe?.(key, null, newCall()), { description: null }],
    [
      'transition',
      async (w) =>
        w.stages?.transition(key, { stage: 'None', archiveExisting: null, expected: undefined }, newCall()),
      { tags: { ...rich.tags, stage: 'None' } },
    ],
  ]

  it.each(writes)('by %s changes that and nothing else', async (_, write, change) => {
    const before = await seedRich(azure.writer)
    await write(writesOf(await azure.open()))
    expect((await azure.writer.get('models/m/versions/1')).properties).toEqual({ ...before, ...change })
  })

  it.each(['cleared', 'kept'] as const)(
    'keeps the field stage, if a PUT without it leaves it %s',
    async (omittedStage) => {
      azure.double.set({ unproven: { omittedStage } })
      await seedRich(azure.writer)
      await writesOf(await azure.open()).versions.setTags?.(key, [{ key: 'a', value: 'b' }], newCall())
      expect((await azure.writer.get('models/m/versions/1')).properties.stage).toBe('Production')
    },
  )

  it('sends back the place of the files as a workspace with replication gave it', async () => {
    azure.double.set({ replicatesModelUris: true })
    const { modelUri } = await seedRich(azure.writer)
    expect(modelUri).toContain('ServiceReplicated')
    await writesOf(await azure.open()).versions.setTags?.(key, [{ key: 'a', value: 'b' }], newCall())
    expect((await azure.writer.get('models/m/versions/1')).properties.modelUri).toBe(modelUri)
  })

  it('that changes nothing writes nothing', async () => {
    await seedRich(azure.writer)
    azure.double.log.reset()
    const { versions } = writesOf(await azure.open())
    await versions.setTags?.(key, [{ key: 'team', value: 'fraud' }], newCall())
    await versions.deleteTags?.(key, ['none of it'], newCall())
    expect(azure.double.log.requests.map(({ method }) => method)).toEqual(['GET', 'GET'])
  })

  it('that another program overtook is CONFLICT, and leaves what that one wrote', async () => {
    await seedRich(azure.writer)
    azure.double.set({
      concurrentChanges: [{ when: 'afterRead', path: '/versions/1', times: 1, tags: { theirs: 'yes' } }],
    })
    const { versions } = writesOf(await azure.open())
    await expect(versions.setTags?.(key, [{ key: 'ours', value: 'no' }], newCall())).rejects.toMatchObject({
      code: 'CONFLICT',
      nothingWritten: true,
    })
    expect((await azure.writer.get('models/m/versions/1')).properties.tags).toEqual({
      ...rich.tags,
      theirs: 'yes',
    })
  })

  it('asks three times: what is there, whether it still is, and for the change', async () => {
    await seedRich(azure.writer)
    const call = newCall()
    await writesOf(await azure.open()).versions.setTags?.(key, [{ key: 'a', value: 'b' }], call)
    expect(call.requests).toBe(3)
  })
})

describe('a model', () => {
  it('that somebody else has made in the same moment is CONFLICT', async () => {
    azure.double.set({
      concurrentChanges: [{ when: 'beforeWrite', method: 'PUT', path: '/models/m', times: 1 }],
    })
    await expect(writesOf(await azure.open()).models.create(newModel('m'), newCall())).rejects.toMatchObject({
      code: 'CONFLICT',
      nothingWritten: false,
    })
  })

  it('of a name that Azure refuses is BAD_USER_INPUT, without a request', async () => {
    const { models } = writesOf(await azure.open())
    for (const name of ['a.b', 'a/b', '-a', '', 'é', 'x'.repeat(256)]) {
      const call = newCall()
      await expect(models.create(newModel(name), call)).rejects.toMatchObject({
        code: 'BAD_USER_INPUT',
        message: expect.stringContaining('1 to 255 letters, digits'),
      })
      expect(call.requests).toBe(0)
    }
  })
})

describe('tags that stand for something else', () => {
  const refused = { code: 'BAD_USER_INPUT', message: expect.stringMatching(/stands for an? (alias|stage)/) }
  const tag = (key: string) => [{ key, value: '1' }]

  it.each([
    [{}, ['stage', 'alias.champion']],
    [
      { stages: { encoding: 'keys' } },
      ['none', 'staging', 'prod', 'archived', 'approval', 'unregistered', 'alias.x'],
    ],
  ])('are neither set nor deleted by their keys, with %j', async (options, keys) => {
    const adapter = await azure.open(options)
    const { models, versions } = writesOf(adapter)
    await models.create(newModel('m'), newCall())
    await versions.create(newVersion('m'), newCall())
    const own = { model: 'm', version: '1' }
    const { tagKey } = (await adapter.describe(newCall())).naming
    for (const key of keys) {
      await expect(models.create(newModel('other', tag(key)), newCall())).rejects.toMatchObject(refused)
      await expect(models.setTags?.('m', tag(key), newCall())).rejects.toMatchObject(refused)
      await expect(models.deleteTags?.('m', [key], newCall())).rejects.toMatchObject(refused)
      await expect(versions.create(newVersion('m', { tags: tag(key) }), newCall())).rejects.toMatchObject(
        refused,
      )
      await expect(versions.setTags?.(own, tag(key), newCall())).rejects.toMatchObject(refused)
      await expect(versions.deleteTags?.(own, [key], newCall())).rejects.toMatchObject(refused)
      expect(new RegExp(tagKey?.pattern ?? '', 'u').test(key)).toBe(false)
    }
    expect(new RegExp(tagKey?.pattern ?? '', 'u').test('staged')).toBe(true)
  })
})

describe('deleting a version', () => {
  it('that Azure says was not there is NOT_FOUND', async () => {
    await seedRich(azure.writer)
    azure.double.set({})
    const { versions } = writesOf(await azure.open())
    await expect(versions.delete?.({ model: 'm', version: '2' }, newCall())).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })

  it('leaves its number taken also for another gateway', async () => {
    const { models, versions } = writesOf(await azure.open())
    await models.create(newModel('m'), newCall())
    for (const number of ['1', '2']) expect(await versions.create(newVersion('m'), newCall())).toBe(number)
    await versions.delete?.({ model: 'm', version: '2' }, newCall())
    const { properties } = await azure.writer.get('models/m')
    expect(properties.properties).toEqual({ 'modelgate.highest_version': '2' })
    expect(await writesOf(await azure.open()).versions.create(newVersion('m'), newCall())).toBe('3')
  })
})

describe('writes to one model', () => {
  it('come one after the other within this process', async () => {
    const { models, versions } = writesOf(await azure.open())
    await models.create(newModel('m'), newCall())
    await versions.create(newVersion('m'), newCall())
    const key = { model: 'm', version: '1' }
    const indexes = Array.from({ length: 20 }, (_, index) => index)
    await Promise.all(
      indexes.flatMap((index) => [
        versions.setTags?.(key, [{ key: `tag-${index}`, value: `${index}` }], newCall()),
        models.setTags?.('m', [{ key: `tag-${index}`, value: `${index}` }], newCall()),
      ]),
    )
    const expected = Object.fromEntries(indexes.map((index) => [`tag-${index}`, `${index}`]))
    expect((await azure.writer.get('models/m/versions/1')).properties.tags).toEqual({
      ...expected,
      stage: 'None',
    })
    expect((await azure.writer.get('models/m')).properties.tags).toEqual(expected)
  })

  it('let go of one whose time is over while it waits', async () => {
    const { models } = writesOf(await azure.open())
    await models.create(newModel('m'), newCall())
    const abort = new AbortController()
    const first = models.describe?.('m', 'First.', newCall())
    const late = models.describe?.('m', 'Late.', newCall(abort.signal))
    const last = models.setTags?.('m', [{ key: 'a', value: 'b' }], newCall())
    abort.abort()
    await expect(late).rejects.toMatchObject({ code: 'REGISTRY_TIMEOUT', nothingWritten: true })
    await Promise.all([first, last])
    expect((await azure.writer.get('models/m')).properties).toMatchObject({
      description: 'First.',
      tags: { a: 'b' },
    })
  })
})

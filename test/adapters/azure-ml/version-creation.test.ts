import { describe, expect, it } from 'vitest'
import type { Adapter, RegistryWrites } from '../../../src/contract/index.ts'
import { newCall } from '../counted-call.ts'
import { doubleInUse } from './double-in-use.ts'
import { storage } from './open-registry.ts'
import { newModel, newVersion } from './queries.ts'
import { rich, seedRich } from './rich-version.ts'

const azure = doubleInUse()

function writesOf({ writes }: Adapter): RegistryWrites {
  if (writes === undefined) throw new Error('the adapter is read-only')
  return writes
}

describe('a new version', () => {
  it('is registered in the stage None, with its source kept as it was given', async () => {
    const { models, versions } = writesOf(await azure.open())
    await models.create(newModel('m'), newCall())
    const source = `azureml://subscriptions/s/resourcegroups/g/workspaces/w/datastores/d/paths/x`
    expect(await versions.create(newVersion('m', { source }), newCall())).toBe('1')
    expect((await azure.writer.get('models/m/versions/1')).properties).toMatchObject({
      tags: { stage: 'None' },
      properties: { 'modelgate.source': source },
      modelUri: source.replace('resourcegroups', 'resourceGroups'),
      modelType: 'custom_model',
    })
  })

  it('comes after all others, archived ones and those of other programs', async () => {
    await azure.writer.put('models/m/versions/7', { ...rich, isArchived: true })
    await azure.writer.put('models/m/versions/beta', rich)
    expect(await writesOf(await azure.open()).versions.create(newVersion('m'), newCall())).toBe('8')
  })

  it('that somebody else has made in the same moment is CONFLICT, and says that something was written', async () => {
    const { models, versions } = writesOf(await azure.open())
    await models.create(newModel('m'), newCall())
    azure.double.set({
      concurrentChanges: [
        {
          when: 'beforeWrite',
          method: 'PUT',
          path: '/versions/1',
          times: 1,
          set: { modelUri: `${storage}/models/1` },
        },
      ],
    })
    await expect(versions.create(newVersion('m'), newCall())).rejects.toMatchObject({
      code: 'CONFLICT',
      current: '1',
      nothingWritten: false,
    })
  })

  it('that somebody else has made of other files is CONFLICT, and theirs is as it was', async () => {
    const { models, versions } = writesOf(await azure.open())
    await models.create(newModel('m'), newCall())
    azure.double.set({
      concurrentChanges: [
        {
          when: 'beforeWrite',
          method: 'PUT',
          path: '/versions/1',
          times: 1,
          tags: { theirs: 'yes' },
          set: { modelUri: `${storage}/other` },
        },
      ],
    })
    await expect(versions.create(newVersion('m'), newCall())).rejects.toMatchObject({
      code: 'CONFLICT',
      nothingWritten: true,
    })
    expect((await azure.writer.get('models/m/versions/1')).properties.tags).toEqual({ theirs: 'yes' })
  })

  it('of a version has its files, flavors, type and job, and tags of its own', async () => {
    await seedRich(azure.writer)
    const adapter = await azure.open()
    const { models, versions } = writesOf(adapter)
    await models.create(newModel('copy'), newCall())
    const tags = [{ key: 'own', value: 'yes' }]
    await versions.create(newVersion('copy', { source: 'models:/m/1', tags }), newCall())
    const { properties } = await azure.writer.get('models/copy/versions/1')
    const { modelUri, modelType, flavors, jobName } = rich
    expect(properties).toMatchObject({
      modelUri,
      modelType,
      flavors,
      jobName,
      stage: null,
      tags: { own: 'yes', stage: 'None' },
    })
    const [row] = await adapter.versions.get([{ model: 'copy', version: '1' }], newCall())
    expect(row).toMatchObject({ source: 'models:/m/1', artifactUri: modelUri, runId: 'job-1', tags })
  })

  it.each([
    ['s3://bucket/x', 'azureml://'],
    ['file:///x', 'azureml://'],
    ['models:/m', 'models:/NAME/VERSION'],
    ['runs:/', 'runs:/RUN/PATH'],
  ])('of %s is refused with the rule', async (source, words) => {
    const { models, versions } = writesOf(await azure.open())
    await models.create(newModel('m'), newCall())
    await expect(versions.create(newVersion('m', { source }), newCall())).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringContaining(words),
    })
  })

  it('is not asked for twice when its answer is lost', async () => {
    const { models, versions } = writesOf(await azure.open())
    await models.create(newModel('m'), newCall())
    azure.double.set({ faults: [{ kind: 'connectionReset', method: 'PUT', afterEffect: true }] })
    azure.double.log.reset()
    await expect(versions.create(newVersion('m'), newCall())).rejects.toMatchObject({
      code: 'REGISTRY_UNAVAILABLE',
      nothingWritten: false,
    })
    expect(azure.double.log.requests.filter(({ method }) => method === 'PUT')).toHaveLength(1)
  })
})

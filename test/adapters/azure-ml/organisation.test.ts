import { describe, expect, it } from 'vitest'
import type { Adapter } from '../../../src/contract/index.ts'
import { newCall } from '../counted-call.ts'
import { doubleInUse } from './double-in-use.ts'
import { registryPath, storage, workspacePath } from './open-registry.ts'
import { newModel, newVersion, versionQuery } from './queries.ts'

const azure = doubleInUse()

const blob = 'https://account.blob.core.windows.net/container/model'

/** As fast as Azure says that it may be asked. */
function endAfter(polls: number, outcome: 'Succeeded' | 'Failed' | 'Canceled' = 'Succeeded') {
  azure.double.set({ longRunning: { polls, outcome, retryAfter: 0 } })
}

async function openWithModel(name = 'm'): Promise<Adapter> {
  endAfter(0)
  const adapter = await azure.openOrganisation()
  await adapter.writes?.models.create(newModel(name), newCall())
  return adapter
}

const states = () =>
  azure.double.log.requests.filter(({ path }) => /mfeOperation(sStatus|Results)/.test(path)).length

describe('a registry of the organisation', () => {
  it('has no runs, and aliases and stages as a workspace has', async () => {
    const adapter = await openWithModel()
    expect(adapter.runs).toBeUndefined()
    expect((await adapter.describe(newCall())).levels).toMatchObject({
      runs: 'NONE',
      aliases: 'EMULATED',
      stages: 'EMULATED',
    })
    const { writes } = adapter
    expect(await writes?.versions.create(newVersion('m', { source: blob }), newCall())).toBe('1')
    await writes?.aliases?.set({ model: 'm', alias: 'champion' }, '1', null, newCall())
    const transition = { stage: 'Production', archiveExisting: null, expected: 'None' }
    await writes?.stages?.transition({ model: 'm', version: '1' }, transition, newCall())
    const { items } = await adapter.versions.list(versionQuery(), newCall())
    expect(items).toMatchObject([
      { version: '1', stage: 'Production', aliases: ['champion'], source: blob, status: 'READY' },
    ])
  })

  it('waits for what Azure has only begun', async () => {
    const adapter = await openWithModel()
    endAfter(3)
    azure.double.log.reset()
    expect(await adapter.writes?.versions.create(newVersion('m', { source: blob }), newCall())).toBe('1')
    expect(states()).toBe(4)
    const [row] = await adapter.versions.get([{ model: 'm', version: '1' }], newCall())
    expect(row).toMatchObject({ status: 'READY' })
  })

  it.each(['Failed', 'Canceled'] as const)(
    'tells of what %s, and that something may be written',
    async (outcome) => {
      const adapter = await openWithModel()
      endAfter(1, outcome)
      const creation = adapter.writes?.versions.create(newVersion('m', { source: blob }), newCall())
      await expect(creation).rejects.toMatchObject({
        code: 'REGISTRY_ERROR',
        nothingWritten: false,
        message: expect.stringContaining(`ended as ${outcome}`),
      })
    },
  )

  it('waits on when Azure is throttled or out of order for a moment', async () => {
    const adapter = await openWithModel()
    endAfter(1)
    const path = 'mfeOperationsStatus'
    azure.double.set({
      faults: [
        { kind: 'throttledByArm', retryAfter: '0', path, times: 1 },
        { kind: 'proxyError', path, times: 1 },
        { kind: 'connectionReset', path, times: 1 },
      ],
    })
    expect(await adapter.writes?.versions.create(newVersion('m', { source: blob }), newCall())).toBe('1')
  })

  it('stops waiting at the deadline', async () => {
    const adapter = await openWithModel()
    azure.double.set({ longRunning: { polls: 1000, retryAfter: 30 } })
    const creation = adapter.writes?.versions.create(
      newVersion('m', { source: blob }),
      newCall(AbortSignal.timeout(300)),
    )
    await expect(creation).rejects.toMatchObject({ code: 'REGISTRY_TIMEOUT', nothingWritten: false })
  })

  it.each([
    ['a Retry-After that no timer can hold', 3_000_000, 0],
    ['a Retry-After of nothing', 0, 4],
  ])('is not asked without a pause for %s', async (_, retryAfter, mostLooks) => {
    const adapter = await openWithModel()
    await adapter.writes?.versions.create(newVersion('m', { source: blob }), newCall())
    azure.double.set({ longRunning: { polls: 1000, retryAfter } })
    azure.double.log.reset()
    const deletion = adapter.writes?.versions.delete?.(
      { model: 'm', version: '1' },
      newCall(AbortSignal.timeout(450)),
    )
    await expect(deletion).rejects.toMatchObject({ code: 'REGISTRY_TIMEOUT', nothingWritten: false })
    expect(states()).toBeLessThanOrEqual(mostLooks)
  })

  it('deletes a version when Azure has', async () => {
    const adapter = await openWithModel()
    await adapter.writes?.versions.create(newVersion('m', { source: blob }), newCall())
    endAfter(2)
    await adapter.writes?.versions.delete?.({ model: 'm', version: '1' }, newCall())
    expect(await adapter.versions.get([{ model: 'm', version: '1' }], newCall())).toEqual([null])
    expect(await adapter.writes?.versions.create(newVersion('m', { source: blob }), newCall())).toBe('2')
  })

  it('takes neither runs nor files of a workspace that come without their version', async () => {
    const adapter = await openWithModel()
    for (const [more, words] of [
      [{ source: blob, runId: 'job' }, 'has no jobs'],
      [{ source: 'runs:/job/model' }, 'in their workspace'],
      [{ source: 'azureml://jobs/job/outputs/artifacts/paths/x' }, 'in their workspace'],
      [{ source: `${storage}/a` }, 'copy the version there'],
    ] as const) {
      const creation = adapter.writes?.versions.create(newVersion('m', more), newCall())
      await expect(creation).rejects.toMatchObject({
        code: 'BAD_USER_INPUT',
        message: expect.stringContaining(words),
      })
    }
  })
})

describe('a version of a workspace', () => {
  const original = {
    description: 'The original.',
    tags: { team: 'fraud', stage: 'Production', 'alias.x': '1' },
    properties: { trained: 'yes' },
    modelUri: `${storage}/risk`,
    modelType: 'mlflow_model',
    flavors: { python_function: { data: { loader: 'x' } } },
  }
  const copied = (more: object = {}) =>
    newVersion('shared', {
      source: original.modelUri,
      description: 'The copy.',
      tags: [
        { key: 'team', value: 'risk' },
        { key: 'modelgate.copied_from', value: 'models://workspace/risk/3' },
      ],
      ...more,
    })

  it('goes to the registry by Azure’s own share, and has there what the copy is to have', async () => {
    await azure.writer.put('models/risk/versions/3', original)
    const adapter = await openWithModel('shared')
    endAfter(2)
    azure.double.log.reset()
    expect(await adapter.writes?.versions.create(copied(), newCall())).toBe('1')
    const shares = azure.double.log.requests.filter(({ method }) => method === 'POST')
    expect(shares.map(({ path }) => path)).toEqual([`${workspacePath}/models/risk/versions/3/publish`])
    expect(JSON.parse(shares[0]?.body ?? '')).toEqual({
      registryName: 'org',
      destinationName: 'shared',
      destinationVersion: '1',
    })
    const { properties } = await azure.registryWriter.get('models/shared/versions/1')
    expect(properties).toMatchObject({
      description: 'The copy.',
      tags: { team: 'risk', 'modelgate.copied_from': 'models://workspace/risk/3', stage: 'None' },
      properties: { trained: 'yes', 'modelgate.source': original.modelUri },
      flavors: original.flavors,
      modelType: 'mlflow_model',
    })
    expect(properties.tags).not.toHaveProperty('alias.x')
    expect(properties.modelUri).not.toBe(original.modelUri)
    const [row] = await adapter.versions.get([{ model: 'shared', version: '1' }], newCall())
    expect(row).toMatchObject({ source: original.modelUri, artifactUri: properties.modelUri, stage: 'None' })
  })

  it('that is not there, or has other files, is not shared', async () => {
    await azure.writer.put('models/risk/versions/3', { ...original, modelUri: `${storage}/other` })
    const adapter = await openWithModel('shared')
    await expect(adapter.writes?.versions.create(copied(), newCall())).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    })
    await azure.writer.delete('models/risk/versions/3')
    await expect(adapter.writes?.versions.create(copied(), newCall())).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(azure.double.log.requests.filter(({ method }) => method === 'POST')).toEqual([])
  })

  it('whose share fails is told', async () => {
    await azure.writer.put('models/risk/versions/3', original)
    const adapter = await openWithModel('shared')
    endAfter(1, 'Failed')
    await expect(adapter.writes?.versions.create(copied(), newCall())).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      nothingWritten: false,
    })
    expect(azure.double.log.count(`${registryPath}/models/shared/versions/1`)).toBeGreaterThan(0)
  })
})

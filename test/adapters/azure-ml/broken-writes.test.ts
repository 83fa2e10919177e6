import { describe, expect, it } from 'vitest'
import { type Adapter, RegistryError } from '../../../src/contract/index.ts'
import { newCall } from '../counted-call.ts'
import { type AlteredAnswer, startAlteredAzure } from './altered-azure.ts'
import type { AzureWriter } from './azure-writer.ts'
import { doubleInUse } from './double-in-use.ts'
import { openAzure, openOrganisation, storage } from './open-registry.ts'
import { newVersion } from './queries.ts'

const azure = doubleInUse()

/** A write of several requests. */
interface Steps {
  readonly open: (url: string) => Promise<Adapter>
  readonly prepare: () => Promise<void>
  readonly write: (adapter: Adapter) => Promise<unknown>
  /** What has to hold wherever the write broke. */
  readonly checkBroken: () => Promise<void>
  /** What has to hold when the same write was asked for again. */
  readonly checkDone: () => Promise<void>
}

const unavailable: AlteredAnswer = { status: 503, body: undefined }

/** Breaks the n-th request of the write, and asks again. Answers whether the write had as many. */
async function breakAndRepeat(steps: Steps, n: number, isCarriedOut: boolean): Promise<boolean> {
  azure.double.reset()
  azure.double.set({ longRunning: { polls: 0, ms: 0, retryAfter: 0 } })
  await steps.prepare()
  let seen = 0
  const altered = await startAlteredAzure(azure.double.url, async (_, forward) => {
    if (++seen !== n) return forward()
    if (isCarriedOut) await forward()
    return unavailable
  })
  const adapter = await steps.open(altered.url)
  try {
    const failure: unknown = await steps.write(adapter).catch((error: unknown) => error)
    if (RegistryError.is(failure)) {
      await steps.checkBroken()
      await steps.write(adapter).catch((error: unknown) => {
        // What is gone needs no second deletion.
        if (!RegistryError.is(error) || error.code !== 'NOT_FOUND') throw error
      })
    }
    await steps.checkDone()
    return seen >= n
  } finally {
    await adapter.close()
    await altered.close()
  }
}

async function tryEveryBreak(steps: Steps): Promise<void> {
  for (const isCarriedOut of [false, true]) {
    let n = 1
    while (await breakAndRepeat(steps, n, isCarriedOut)) n++
    expect(n).toBeGreaterThan(3)
  }
}

const files = (number: string) => ({ modelUri: `${storage}/models/${number}` })
const orNull = <T>(read: Promise<T>) => read.catch(() => null)

async function stagesOf(writer: AzureWriter, model: string, numbers: readonly string[]) {
  const versions = await Promise.all(
    numbers.map((number) => orNull(writer.get(`models/${model}/versions/${number}`))),
  )
  return versions.map((version) => version?.properties.tags.stage ?? null)
}

describe('wherever it breaks off, and is asked for again,', () => {
  it('a deletion takes the version and its aliases, and never leaves an alias of a version that is gone', async () => {
    const { writer } = azure
    const aliasesOf = async () => (await writer.get('models/m')).properties.tags
    await tryEveryBreak({
      open: openAzure,
      async prepare() {
        for (const number of ['1', '2']) await writer.put(`models/m/versions/${number}`, files(number))
        await writer.put('models/m', {
          tags: { 'alias.champion': '2', 'alias.b': '1', 'alias.c': '2', team: 'x' },
        })
      },
      write: async ({ writes }) => writes?.versions.delete?.({ model: 'm', version: '2' }, newCall()),
      async checkBroken() {
        const isThere = (await orNull(writer.get('models/m/versions/2'))) !== null
        if (!isThere) expect(await aliasesOf()).toEqual({ 'alias.b': '1', team: 'x' })
      },
      async checkDone() {
        expect(await orNull(writer.get('models/m/versions/2'))).toBeNull()
        expect(await aliasesOf()).toEqual({ 'alias.b': '1', team: 'x' })
        const adapter = await azure.open()
        expect(await adapter.writes?.versions.create(newVersion('m'), newCall())).toBe('3')
      },
    })
  })

  it('a transition leaves its version alone in the stage, which is never without one', async () => {
    const { writer } = azure
    await tryEveryBreak({
      open: openAzure,
      async prepare() {
        for (const number of ['1', '2', '3']) {
          const stage = number === '3' ? 'Staging' : 'Production'
          await writer.put(`models/m/versions/${number}`, { ...files(number), tags: { stage } })
        }
      },
      write: async ({ writes }) =>
        writes?.stages?.transition(
          { model: 'm', version: '3' },
          { stage: 'Production', archiveExisting: true, expected: undefined },
          newCall(),
        ),
      checkBroken: async () => expect(await stagesOf(writer, 'm', ['1', '2', '3'])).toContain('Production'),
      async checkDone() {
        expect(await stagesOf(writer, 'm', ['1', '2', '3'])).toEqual(['Archived', 'Archived', 'Production'])
      },
    })
  })

  it('a share of a workspace leaves no version but as it was asked for, in no stage of the original', async () => {
    const own = { stage: 'None', 'modelgate.copied_from': 'models://workspace/risk/3' }
    await tryEveryBreak({
      open: openOrganisation,
      async prepare() {
        const tags = { team: 'fraud', stage: 'Production' }
        await azure.writer.put('models/risk/versions/3', { modelUri: `${storage}/risk`, tags })
        await azure.registryWriter.put('models/shared', {})
      },
      write: async ({ writes }) => {
        const tags = [{ key: 'modelgate.copied_from', value: 'models://workspace/risk/3' }]
        return writes?.versions.create(newVersion('shared', { source: `${storage}/risk`, tags }), newCall())
      },
      checkBroken: async () => {},
      async checkDone() {
        const { value } = await azure.registryWriter.get('models/shared/versions')
        expect(value.length).toBeGreaterThan(0)
        for (const { properties } of value) expect(properties.tags).toEqual(own)
      },
    })
  })

  it('a share of something else takes what another one has left out of the stage of its original', async () => {
    for (const name of ['risk', 'fraud']) {
      const original = { modelUri: `${storage}/${name}`, tags: { stage: 'Production' } }
      await azure.writer.put(`models/${name}/versions/1`, original)
    }
    await azure.registryWriter.put('models/shared', {})
    azure.double.set({ longRunning: { polls: 0, ms: 0, retryAfter: 0 } })
    const adapter = await azure.openOrganisation()
    const share = async (name: string) => {
      const tags = [{ key: 'modelgate.copied_from', value: `models://workspace/${name}/1` }]
      const version = newVersion('shared', { source: `${storage}/${name}`, tags })
      return adapter.writes?.versions.create(version, newCall())
    }
    const path = 'models/shared/versions/1'
    azure.double.set({ faults: [{ kind: 'serviceError', method: 'PUT', path }] })
    await expect(share('risk')).rejects.toMatchObject({ code: 'REGISTRY_ERROR', nothingWritten: false })
    expect((await azure.registryWriter.get(path)).properties.tags).toEqual({ stage: 'Production' })
    azure.double.set({ faults: [] })
    expect(await share('fraud')).toBe('2')
    expect((await azure.registryWriter.get(path)).properties.tags).toEqual({ stage: 'None' })
  })
})

describe('an alias of a version that another program has deleted', () => {
  const prepare = async () => {
    for (const number of ['1', '2']) await azure.writer.put(`models/m/versions/${number}`, files(number))
    await azure.writer.put('models/m', { tags: { 'alias.champion': '2', team: 'x' } })
    await azure.writer.delete('models/m/versions/2')
    return azure.open()
  }

  it('goes when the version is deleted once more, and then it is NOT_FOUND', async () => {
    const { writes } = await prepare()
    await writes?.versions.delete?.({ model: 'm', version: '2' }, newCall())
    expect((await azure.writer.get('models/m')).properties.tags).toEqual({ team: 'x' })
    for (const version of ['2', '7']) {
      await expect(writes?.versions.delete?.({ model: 'm', version }, newCall())).rejects.toMatchObject({
        code: 'NOT_FOUND',
      })
    }
    expect(await writes?.versions.create(newVersion('m'), newCall())).toBe('3')
  })

  it('never points to a new version, also where Azure gives the number again', async () => {
    await prepare()
    const altered = await startAlteredAzure(azure.double.url, async ({ method, path }, forward) => {
      const answer = await forward()
      if (method === 'GET' && path.endsWith('/models/m')) answer.body.properties.nextVersion = '2'
      return answer
    })
    const adapter = await openAzure(altered.url)
    expect(await adapter.writes?.versions.create(newVersion('m'), newCall())).toBe('3')
    expect(await adapter.aliases?.resolve([{ model: 'm', alias: 'champion' }], newCall())).toEqual([null])
    await adapter.close()
    await altered.close()
  })
})

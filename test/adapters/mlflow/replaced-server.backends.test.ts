import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import type { Adapter } from '../../../src/contract/index.ts'
import { MlflowWriter } from '../../conformance/mlflow-writer.ts'
import { type MlflowVersion, mlflowVersions } from '../../environment/provided.ts'
import { requireBackend } from '../../environment/require-backend.ts'
import { type Behind, type SwitchingFront, startSwitchingFront } from '../../environment/switching-front.ts'
import { newCall } from '../counted-call.ts'
import { openRegistry } from './open-registry.ts'

const model = `replaced-${randomUUID().slice(0, 8)}`
const urlOf = (version: MlflowVersion) => inject('mlflow')[version].url
const championOf = async (registry: Adapter) => {
  const outcomes = await registry.aliases?.resolve([{ model, alias: 'champion' }], newCall())
  return outcomes?.[0]
}
const versionOf = async (registry: Adapter) => (await registry.describe(newCall())).serverVersion

describe('a server behind an address that stays', () => {
  let front: SwitchingFront
  let registry: Adapter
  /** For one request after the other; the last one from then on. */
  let behind: Behind[]

  beforeAll(async () => {
    for (const version of mlflowVersions) {
      requireBackend(`mlflow ${version}`)
      const writer = new MlflowWriter(urlOf(version))
      for (const name of [model, `${model}-2`]) {
        await writer.post('registered-models/create', { name })
        await writer.post('model-versions/create', { name, source: 's3://b/m' })
      }
      await writer.post('registered-models/alias', { name: model, alias: 'champion', version: '1' })
    }
    front = await startSwitchingFront(() => (behind.length > 1 ? behind.shift() : behind[0]) ?? 'nothing')
  })
  afterEach(async () => {
    vi.useRealTimers()
    await registry.close()
  })
  afterAll(() => front?.close())

  const open = async (...first: Behind[]) => {
    behind = first
    registry = await openRegistry(front.url)
  }

  it.each(mlflowVersions.flatMap((version) => [1, 2, 3, 4].map((misses) => ({ version, misses }))))(
    'is no MLflow 1 because the first $misses requests met nobody (MLflow $version)',
    async ({ version, misses }) => {
      await open(...Array.from({ length: misses }, () => 'nothing'), urlOf(version))
      // What meets nobody fails, and says so; it is never an alias that is not there.
      let found = await championOf(registry).catch((error: unknown) => error)
      if (found instanceof Error) {
        expect(found).toMatchObject({ code: 'REGISTRY_UNAVAILABLE' })
        found = await championOf(registry)
      }
      expect(found).toMatchObject({ version: '1' })
      const move = await registry.writes?.aliases?.set({ model, alias: 'next' }, '1', undefined, newCall())
      expect(move).toBeDefined()
    },
  )

  it('that is rolled back is asked anew once it refuses a request', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    await open(urlOf('3.17.2'))
    const names = [model, `${model}-2`]
    expect(await registry.models.get(names, newCall())).toMatchObject(names.map((name) => ({ name })))
    vi.advanceTimersByTime(2000)
    behind = [urlOf('2.22.4')]
    const refused = await registry.models.get(names, newCall())
    expect(refused).toMatchObject(names.map(() => ({ code: 'BAD_USER_INPUT' })))
    expect(await registry.models.get(names, newCall())).toMatchObject(names.map((name) => ({ name })))
    expect(await versionOf(registry)).toBe('2.22.4')
  })

  it('that is upgraded is found out after a while', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    await open(urlOf('2.22.4'))
    expect(await versionOf(registry)).toBe('2.22.4')
    behind = [urlOf('3.17.2')]
    vi.advanceTimersByTime(61_000)
    expect(await versionOf(registry)).toBe('3.17.2')
  })
})

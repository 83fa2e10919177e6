import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Adapter } from '../../../src/contract/index.ts'
import { type AzureDouble, startAzureDouble } from '../../azure-double/azure-double.ts'
import {
  type ForgetfulFront,
  type Forgetting,
  startForgetfulFront,
} from '../../environment/forgetful-front.ts'
import { type MlflowStub, startMlflowStub } from '../../environment/mlflow-stub.ts'
import { rounds } from '../../environment/rounds.ts'
import { openAzure } from '../azure-ml/open-registry.ts'
import { newCall } from '../counted-call.ts'
import { openRegistry } from '../mlflow/open-registry.ts'

/** Longer than a busy machine leaves a connection alone in the middle of a read. */
const idleMs = 250
const query = {
  filter: null,
  order: [{ field: 'name', direction: 'asc' }],
  includeArchived: true,
  limit: 10,
  after: null,
  continuation: null,
} as const
const model = (name: string) => ({ name, description: null, tags: [], idempotencyKey: null })

let stub: MlflowStub
let double: AzureDouble
let front: ForgetfulFront
let adapter: Adapter

beforeAll(async () => {
  stub = await startMlflowStub()
  double = await startAzureDouble()
})
afterEach(async () => {
  await adapter.close()
  await front.close()
})
afterAll(async () => {
  await stub.close()
  await double.close()
})

const adapters: readonly [string, () => string, (url: string, options?: object) => Promise<Adapter>][] = [
  ['mlflow', () => stub.url, async (url, options) => openRegistry(url, options)],
  ['azure-ml', () => double.url, openAzure],
]
const forgettings: readonly Forgetting[] = ['reset', 'end', 'resetAtOnce']
const cases = adapters.flatMap(([name, url, open]) =>
  forgettings.map((forgetting) => ({ name, url, open, forgetting })),
)

describe.each(cases)('$name behind a front that forgets idle connections ($forgetting)', (each) => {
  it('loses no read, with one more request at most for each', async () => {
    front = await startForgetfulFront(each.url(), idleMs, each.forgetting)
    adapter = await each.open(front.url)
    await adapter.models.list(query, newCall())
    const usual = newCall()
    await adapter.models.list(query, usual)
    for (let round = 0; round < rounds(2, 10); round++) {
      await Promise.all(Array.from({ length: 6 }, () => adapter.models.list(query, newCall())))
      await wait(idleMs * 2)
      // Every connection in the pool is a forgotten one by now.
      for (let read = 0; read < 6; read++) {
        const call = newCall()
        await adapter.models.list(query, call)
        expect(call.requests).toBeLessThanOrEqual(usual.requests * 2)
      }
    }
  })

  it('opens a new connection when the kept one is older than keepAliveMs', async () => {
    front = await startForgetfulFront(each.url(), 60_000, each.forgetting)
    adapter = await each.open(front.url, { keepAliveMs: 500 })
    await adapter.models.list(query, newCall())
    const before = front.connections
    await adapter.models.list(query, newCall())
    expect(front.connections).toBe(before)
    await wait(1500)
    await adapter.models.list(query, newCall())
    expect(front.connections).toBeGreaterThan(before)
  })
})

describe.each(forgettings)('a write to azure-ml behind such a front (%s)', (forgetting) => {
  it('is not sent over a connection that was used before', async () => {
    front = await startForgetfulFront(double.url, idleMs, forgetting)
    adapter = await openAzure(front.url)
    for (let round = 0; round < 3; round++) {
      await adapter.models.list(query, newCall())
      await wait(idleMs * 2)
      const name = `m-${forgetting}-${round}`
      await adapter.writes?.models.create(model(name), newCall())
      const [made] = await adapter.models.get([name], newCall())
      expect(made).toMatchObject({ name })
    }
  })
})

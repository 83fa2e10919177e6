import { inspect } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Adapter, RegistryError } from '../../src/contract/index.ts'
import { hostileWays } from '../environment/hostile-behaviour.ts'
import { type HostileRegistry, startHostileRegistry } from '../environment/hostile-registry.ts'
import { rounds } from '../environment/rounds.ts'
import { openAzure } from './azure-ml/open-registry.ts'
import { type CountedCall, newCall } from './counted-call.ts'
import { openRegistry } from './mlflow/open-registry.ts'
import { modelQuery, versionQuery } from './mlflow/queries.ts'

const secret = 'our-own-canary-4f1c'
/** Who hangs, hangs for the whole of it in each read. */
const timeoutMs = rounds(1000, 3000)
const ways = Array.from({ length: rounds(1, 2) }, () => hostileWays).flat()

const adapters: Record<string, (url: string) => Promise<Adapter>> = {
  mlflow: (url) => openRegistry(url, { auth: { bearer: secret }, serverVersion: '3.17.2' }),
  'mlflow of a version that it has to ask for': (url) =>
    openRegistry(url, { auth: { basic: { username: 'u', password: secret } } }),
  azureml: (url) => openAzure(url, { auth: { token: secret } }),
}

const key = { model: 'model-000000000', version: '1' }
type Read = (adapter: Adapter, call: CountedCall) => Promise<unknown> | undefined
const reads: Record<string, Read> = {
  describe: (adapter, call) => adapter.describe(call),
  health: (adapter, call) => adapter.health(call),
  'models.get': (adapter, call) => adapter.models.get([key.model], call),
  'models.list': (adapter, call) => adapter.models.list(modelQuery(), call),
  'versions.get': (adapter, call) => adapter.versions.get([key], call),
  'versions.list': (adapter, call) => adapter.versions.list(versionQuery(), call),
  'versions.ofModels': (adapter, call) => adapter.versions.ofModels([key.model], 5, call),
  'versions.latest': (adapter, call) => adapter.versions.latest([key.model], call),
  'aliases.resolve': (adapter, call) => adapter.aliases?.resolve([{ model: key.model, alias: 'a' }], call),
  'runs.get': (adapter, call) => adapter.runs?.get(['a'.repeat(32)], call),
  'artifacts.locate': (adapter, call) => adapter.artifacts?.locate([key], call),
  'artifacts.list': (adapter, call) => adapter.artifacts?.list(key, '', call),
  'exports.files': (adapter, call) => adapter.exports?.files(key, call),
}

/** Ends within its time, as a whole or as an error of the contract; nothing else is said of what came. */
async function settle(read: Read, adapter: Adapter): Promise<RegistryError[]> {
  const signal = AbortSignal.timeout(timeoutMs)
  const answer = await Promise.resolve(read(adapter, newCall(signal))).catch((error: unknown) => [error])
  const outcomes = Array.isArray(answer) ? answer : [answer]
  for (const outcome of outcomes)
    if (outcome instanceof Error) expect(RegistryError.is(outcome), String(outcome.stack)).toBe(true)
  return outcomes.filter((outcome) => RegistryError.is(outcome))
}

describe.each(Object.entries(adapters))('%s over a registry that', (_, open) => {
  let registry: HostileRegistry
  let adapter: Adapter

  beforeAll(async () => {
    registry = await startHostileRegistry('short')
  })
  afterAll(() => registry.close())

  it.each(ways)(
    'is %s: every read ends, holds little, and lets others have their turn',
    async (way) => {
      registry.setWay(way)
      adapter = await open(registry.url)
      const watch = watchThread()
      const attempt = async ([name, read]: [string, Read]) => {
        const startedAt = performance.now()
        const errors = await settle(read, adapter)
        expect(performance.now() - startedAt, name).toBeLessThan(timeoutMs + 1000)
        for (const error of errors) {
          expect(error.message, name).not.toContain(secret)
          expect(inspect(error, { depth: 9 }), name).not.toContain(secret)
        }
      }
      // One that is slow is waited for by all at once.
      if (way === 'slow') await Promise.all(Object.entries(reads).map(attempt))
      else for (const each of Object.entries(reads)) await attempt(each)
      const { longestTurnMs, mostMegabytes } = watch.stop()
      await adapter.close()
      expect(longestTurnMs).toBeLessThan(150)
      // `npm run bench:hostile-registry` looks from outside.
      expect(mostMegabytes).toBeLessThan(mostHeldMb)
    },
    60_000,
  )
})

describe('the files of a version', () => {
  it.each([
    ['nested', /more than 100000 files and folders|more than 64 deep/],
    ['wide', /more than 100000 files and folders/],
  ] as const)('in folders that are %s are given up in words', async (way, words) => {
    const registry = await startHostileRegistry(way)
    const adapter = await openRegistry(registry.url, { serverVersion: '3.17.2' })
    const failure = adapter.exports?.files(key, newCall())
    await expect(failure).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      message: expect.stringMatching(words),
    })
    await adapter.close()
    await registry.close()
  })
})

function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  collect()
}

/** Beyond what was held before. */
const mostHeldMb = 200

/**
 * Of this thread: its own work between two turns, and what it holds beyond what it held. How much of what nobody needs any
 * more lies about until it is collected is V8's to say, by how large the thread's heap is, and no part of it.
 */
function watchThread() {
  const spent = () => {
    const { user, system } = process.threadCpuUsage()
    return (user + system) / 1000
  }
  const held = () => {
    const { heapUsed, external } = process.memoryUsage()
    return (heapUsed + external) / 1e6
  }
  // What the ways before have left is not this one's.
  collectGarbage()
  const heldBefore = held()
  let [last, longestTurnMs, mostMegabytes] = [spent(), 0, 0]
  let timer = setImmediate(look)
  const sampler = setInterval(() => {
    if (held() - heldBefore >= mostHeldMb) {
      collectGarbage()
      last = spent()
    }
    mostMegabytes = Math.max(mostMegabytes, held() - heldBefore)
  }, 20)
  function look() {
    const now = spent()
    longestTurnMs = Math.max(longestTurnMs, now - last)
    last = now
    timer = setImmediate(look)
  }
  return {
    stop() {
      clearImmediate(timer)
      clearInterval(sampler)
      return { longestTurnMs, mostMegabytes }
    },
  }
}

import { createServer } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FaultMode, faults, upstreamSecret } from '../environment/fault-mode.ts'
import { type FaultProxy, startFaultProxy } from '../environment/fault-proxy.ts'
import { closeServer, listenOnLoopback } from '../environment/loopback-server.ts'
import { type MlflowStub, startMlflowStub } from '../environment/mlflow-stub.ts'
import { type OpenGateway, openGateway } from './open-gateway.ts'

const query = `{ models { nodes { name registry { name } } complete totalCount
  sources { registry { name } state asOf error { code message retryable retryAfterMs } } } }`

/** State, code, retryable, and what else the error says. */
const cases: readonly [string, FaultMode, string, string, boolean, object?][] = [
  ['refuses', faults.refuse, 'ERROR', 'REGISTRY_UNAVAILABLE', true],
  ['resets', faults.reset, 'ERROR', 'REGISTRY_UNAVAILABLE', true],
  ['hangs', faults.hang, 'TIMEOUT', 'REGISTRY_TIMEOUT', true],
  ['drips', faults.slowDrip(50), 'TIMEOUT', 'REGISTRY_TIMEOUT', true],
  ['answers HTML with 200', faults.html200, 'ERROR', 'REGISTRY_ERROR', false],
  ['answers HTML with 500', faults.html500, 'ERROR', 'REGISTRY_ERROR', false],
  ['answers JSON with 500', faults.json500, 'ERROR', 'REGISTRY_ERROR', false],
  ['answers garbage', faults.garbage, 'ERROR', 'REGISTRY_ERROR', false],
  ['answers other JSON', faults.strangeJson, 'ERROR', 'REGISTRY_ERROR', false],
  ['breaks off', faults.truncated, 'ERROR', 'REGISTRY_UNAVAILABLE', true],
  ['speaks no HTTP', faults.notHttp, 'ERROR', 'REGISTRY_ERROR', false],
  ['answers 503', faults.status(503), 'ERROR', 'REGISTRY_UNAVAILABLE', true],
  ['answers 401', faults.status(401), 'ERROR', 'UNAUTHENTICATED', false],
  ['answers 403', faults.status(403), 'ERROR', 'FORBIDDEN', false],
  ['answers 429', faults.tooManyRequests(), 'ERROR', 'RATE_LIMITED', true, { retryAfterMs: null }],
  [
    'answers 429 and when',
    faults.tooManyRequests('7'),
    'ERROR',
    'RATE_LIMITED',
    true,
    { retryAfterMs: 7000 },
  ],
]

describe('a registry that', () => {
  let gateway: OpenGateway
  let proxy: FaultProxy
  const stubs: MlflowStub[] = []
  const timeoutMs = 400

  beforeAll(async () => {
    for (const name of ['one', 'two', 'bad']) {
      const stub = await startMlflowStub()
      stub.store.addModel(`${name}-model`)
      stubs.push(stub)
    }
    proxy = await startFaultProxy(stubs[2]?.url ?? '')
    gateway = await openGateway({
      environments: ['dev'],
      registries: [
        { name: 'one', adapter: 'mlflow', environment: 'dev', url: stubs[0]?.url },
        // The circuit has tests of its own.
        {
          name: 'bad',
          adapter: 'mlflow',
          environment: 'dev',
          url: proxy.url,
          timeoutMs,
          circuit: { failures: 1000 },
        },
        { name: 'two', adapter: 'mlflow', environment: 'dev', url: stubs[1]?.url },
      ],
    })
  })
  beforeEach(() => proxy.setMode(faults.pass))
  afterAll(async () => {
    await gateway?.close()
    await proxy?.close()
    await Promise.all(stubs.map((stub) => stub.close()))
  })

  it.each(cases)(
    '%s leaves the others’ data, and says so',
    async (_, mode, state, code, retryable, more = {}) => {
      await proxy.setMode(mode)
      const startedAt = performance.now()
      const { data, errors } = await gateway.ask(query)
      expect(performance.now() - startedAt).toBeLessThan(timeoutMs + 1000)
      expect(errors).toBeUndefined()
      expect(data.models.nodes.map((node: { name: string }) => node.name)).toEqual(['one-model', 'two-model'])
      expect(data.models).toMatchObject({ complete: false, totalCount: null })
      expect(data.models.sources.map((source: { state: string }) => source.state)).toEqual([
        'OK',
        state,
        'OK',
      ])
      expect(data.models.sources[1]).toMatchObject({ asOf: null, error: { code, retryable, ...more } })
      expect(JSON.stringify(data)).not.toContain(upstreamSecret)
      await proxy.setMode(faults.pass)
      const after = await gateway.data(query)
      expect(after.models).toMatchObject({ complete: true, totalCount: 3 })
    },
  )

  it('is looked up alone gives a null with one error that names it', async () => {
    await proxy.setMode(faults.json500)
    const { data, errors } = await gateway.ask(
      '{ good: model(registry: "one", name: "one-model") { name } bad: model(registry: "bad", name: "bad-model") { name } }',
    )
    expect(data).toEqual({ good: { name: 'one-model' }, bad: null })
    expect(errors).toHaveLength(1)
    expect(errors?.[0]).toMatchObject({
      path: ['bad'],
      extensions: { code: 'REGISTRY_ERROR', registry: 'bad', retryable: false },
    })
    expect(JSON.stringify(errors)).not.toContain(upstreamSecret)
  })

  it('hangs is given up at the request’s own deadline', async () => {
    await proxy.setMode(faults.hang)
    const startedAt = performance.now()
    const { data } = await gateway.ask(query, {}, { 'modelgate-deadline-ms': '60' })
    expect(performance.now() - startedAt).toBeLessThan(timeoutMs)
    expect(data.models.sources[1].state).toBe('TIMEOUT')
    expect(data.models.sources[1].error.message).toContain('deadline of 60 ms')
  })
})

describe('a registry that fails below its rows', () => {
  it('gives each null an error with its path', async () => {
    const stub = await startMlflowStub()
    for (let index = 0; index < 20; index++) stub.store.addModel(`model-${index}`, { versions: [{}] })
    // Models are answered, versions are not.
    const half = createServer(async (request, response) => {
      const broken = request.url?.includes('model-versions/search')
      const answer = broken ? null : await fetch(`${stub.url}${request.url}`)
      response.statusCode = answer?.status ?? 500
      response.end(answer ? await answer.text() : upstreamSecret)
    })
    const port = await listenOnLoopback(half)
    const gateway = await openGateway({
      environments: ['dev'],
      registries: [{ name: 'half', adapter: 'mlflow', environment: 'dev', url: `http://127.0.0.1:${port}` }],
    })
    const { data, errors } = await gateway.ask(
      '{ models { nodes { name versions { nodes { version } } } complete } }',
    )
    expect(data.models.complete).toBe(true)
    expect(data.models.nodes).toHaveLength(20)
    expect(data.models.nodes.every((node: { versions: unknown }) => node.versions === null)).toBe(true)
    expect(errors?.map(({ path }) => path)).toEqual(
      Array.from({ length: 20 }, (_, index) => ['models', 'nodes', index, 'versions']),
    )
    for (const { extensions } of errors ?? []) {
      expect(extensions).toMatchObject({ code: 'REGISTRY_ERROR', registry: 'half' })
    }
    expect(JSON.stringify(errors)).not.toContain(upstreamSecret)
    await gateway.close()
    await closeServer(half)
    await stub.close()
  })
})

describe('repeated failures', () => {
  it('open the circuit; nothing but the probe is sent, and it closes within a probe interval', async () => {
    const stub = await startMlflowStub()
    stub.store.addModel('model')
    const proxy = await startFaultProxy(stub.url)
    const probeIntervalMs = 300
    const gateway = await openGateway({
      environments: ['dev'],
      registries: [
        {
          name: 'bad',
          adapter: 'mlflow',
          environment: 'dev',
          url: proxy.url,
          timeoutMs: 100,
          circuit: { failures: 5, probeIntervalMs },
        },
      ],
    })
    try {
      const stateNow = async () => (await gateway.data(query)).models.sources[0]
      // A first contact that took too long would count as a failure.
      while ((await stateNow()).state !== 'OK') await wait(5)
      await proxy.setMode(faults.hang)
      for (let failure = 0; failure < 5; failure++) expect((await stateNow()).state).toBe('TIMEOUT')
      const before = proxy.log.requests.length
      const startedAt = performance.now()
      for (let request = 0; request < 50; request++) {
        const source = await stateNow()
        expect(source).toMatchObject({
          state: 'SKIPPED',
          error: { code: 'REGISTRY_UNAVAILABLE', retryable: true },
        })
      }
      const probes = Math.ceil((performance.now() - startedAt) / probeIntervalMs) + 1
      expect(proxy.log.requests.length - before).toBeLessThanOrEqual(probes)
      await proxy.setMode(faults.pass)
      const backAt = performance.now()
      while ((await stateNow()).state !== 'OK') await wait(5)
      expect(performance.now() - backAt).toBeLessThan(probeIntervalMs * 2 + 300)
    } finally {
      await gateway.close()
      await proxy.close()
      await stub.close()
    }
  })
})

import { createServer, type RequestListener } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Adapter, type Call, RegistryError } from '../../../src/contract/index.ts'
import { type FaultMode, faults, upstreamSecret } from '../../environment/fault-mode.ts'
import { type FaultProxy, startFaultProxy } from '../../environment/fault-proxy.ts'
import { closeServer, listenOnLoopback } from '../../environment/loopback-server.ts'
import { type MlflowStub, startMlflowStub } from '../../environment/mlflow-stub.ts'
import { newCall } from '../counted-call.ts'
import { openRegistry } from './open-registry.ts'
import { championOnly, modelQuery, versionQuery } from './queries.ts'

const key = { model: 'm', version: '1' }

const reads: Record<string, (registry: Adapter, call: Call) => Promise<unknown> | undefined> = {
  health: (registry, call) => registry.health(call),
  'models.get': (registry, call) => registry.models.get(['m'], call),
  'models.list': (registry, call) => registry.models.list(modelQuery(), call),
  'versions.get': (registry, call) => registry.versions.get([key], call),
  'versions.list': (registry, call) => registry.versions.list(versionQuery(), call),
  'versions.list by alias': (registry, call) =>
    registry.versions.list(versionQuery({ filter: championOnly }), call),
  'versions.ofModels': (registry, call) => registry.versions.ofModels(['m'], 5, call),
  'versions.latest': (registry, call) => registry.versions.latest(['m'], call),
  'aliases.resolve': (registry, call) => registry.aliases?.resolve([{ model: 'm', alias: 'champion' }], call),
  'runs.get': (registry, call) => registry.runs?.get(['a'.repeat(32)], call),
  'artifacts.locate': (registry, call) => registry.artifacts?.locate([key], call),
  'artifacts.list': (registry, call) => registry.artifacts?.list(key, '', call),
}

/** Whether it is thrown, or the outcome of the only key. */
async function failureOf(answer: Promise<unknown> | undefined): Promise<RegistryError> {
  const settled = await Promise.resolve(answer).catch((error: unknown) => error)
  const error = Array.isArray(settled) ? settled[0] : settled
  if (!RegistryError.is(error)) throw new Error('no RegistryError', { cause: settled })
  return error
}

describe.each(Object.entries(reads))('%s, when the server misbehaves', (name, read) => {
  let stub: MlflowStub
  let proxy: FaultProxy
  let registry: Adapter

  beforeAll(async () => {
    stub = await startMlflowStub()
    stub.store.addModel('m', { versions: [{}], aliases: { champion: 1 } })
    stub.store.addRun({ runId: 'a'.repeat(32) })
    proxy = await startFaultProxy(stub.url)
    registry = await openRegistry(proxy.url, { auth: { bearer: 'our-own-secret' } })
    await registry.describe(newCall())
  })
  afterAll(async () => {
    await registry.close()
    await proxy.close()
    await stub.close()
  })

  it.each<[string, FaultMode, string]>([
    ['an HTML page for an error', faults.html500, 'REGISTRY_ERROR'],
    ['a JSON error 500', faults.json500, 'REGISTRY_ERROR'],
    ['garbage', faults.garbage, 'REGISTRY_ERROR'],
    ['JSON of another shape', faults.strangeJson, 'REGISTRY_ERROR'],
    ['a log-in page', faults.html200, 'REGISTRY_ERROR'],
    ['bytes that are no HTTP', faults.notHttp, 'REGISTRY_ERROR'],
    ['a body that breaks off', faults.truncated, 'REGISTRY_UNAVAILABLE'],
    ['a reset', faults.reset, 'REGISTRY_UNAVAILABLE'],
    ['401', faults.status(401), 'UNAUTHENTICATED'],
    ['403', faults.status(403), 'FORBIDDEN'],
    ['404 without JSON', faults.status(404), 'UNSUPPORTED'],
    ['405', faults.status(405), 'UNSUPPORTED'],
    ['429', faults.tooManyRequests('2'), 'RATE_LIMITED'],
    ['a redirect', faults.status(302), 'REGISTRY_ERROR'],
    ['502', faults.status(502), 'REGISTRY_UNAVAILABLE'],
    ['503', faults.status(503), 'REGISTRY_UNAVAILABLE'],
    ['504', faults.status(504), 'REGISTRY_UNAVAILABLE'],
  ])('%s', async (_name, mode, code) => {
    await proxy.setMode(mode)
    const error = await failureOf(read(registry, newCall()))
    expect(error).toMatchObject({ code, retryAfterMs: code === 'RATE_LIMITED' ? 2000 : null })
    expect(error.message).not.toContain(upstreamSecret)
    expect(error.message).not.toContain('our-own-secret')
    expect(error.message).not.toContain('http://')
  })

  it('ends within 100 ms of its signal', async () => {
    await proxy.setMode(faults.hang)
    const abort = new AbortController()
    const answer = failureOf(read(registry, newCall(abort.signal)))
    setTimeout(() => abort.abort(), 20)
    const startedAt = performance.now()
    expect((await answer).code).toBe('REGISTRY_TIMEOUT')
    expect(performance.now() - startedAt).toBeLessThan(120)
  })

  it('works again when the server does', async () => {
    await proxy.setMode(faults.pass)
    const settled = await Promise.resolve(read(registry, newCall())).catch((error: unknown) => error)
    // There are no files in the stub to be listed.
    if (name === 'artifacts.list') expect(settled).toMatchObject({ code: 'UNSUPPORTED' })
    else expect(settled).not.toBeInstanceOf(Error)
  })
})

describe('what an operator has to mend', () => {
  async function messageFor(listener: RequestListener, options = {}): Promise<RegistryError> {
    const server = createServer(listener)
    const registry = await openRegistry(`http://127.0.0.1:${await listenOnLoopback(server)}`, options)
    try {
      return await failureOf(registry.health(newCall()))
    } finally {
      await registry.close()
      await closeServer(server)
    }
  }

  it.each<[number, string, string, RegExp]>([
    [
      403,
      'Invalid Host header - possible DNS rebinding attack detected',
      'FORBIDDEN',
      /--allowed-hosts.*`host`/,
    ],
    [403, 'Cross-origin request blocked', 'FORBIDDEN', /Origin header/],
    [
      500,
      '{"error_code":"FEATURE_DISABLED","message":"Workspace APIs are not available: not enabled"}',
      'REGISTRY_ERROR',
      /--enable-workspaces/,
    ],
    [
      404,
      '{"error_code":"RESOURCE_DOES_NOT_EXIST","message":"Workspace x not found"}',
      'REGISTRY_ERROR',
      /`workspace`/,
    ],
  ])('%i %s', async (status, text, code, message) => {
    const error = await messageFor((_, response) => response.writeHead(status).end(text))
    expect(error.code).toBe(code)
    expect(error.message).toMatch(message)
  })

  it('says that a redirect is not followed, and does not follow it', async () => {
    const paths: (string | undefined)[] = []
    const error = await messageFor((request, response) => {
      paths.push(request.url)
      response.writeHead(302, { location: '/elsewhere' }).end()
    })
    expect(error.message).toMatch(/redirect.*not followed/)
    expect(paths).toHaveLength(1)
  })

  it('sends the workspace and the Host that are configured', async () => {
    let seen: unknown
    await messageFor(
      (request, response) => {
        seen = [request.headers['x-mlflow-workspace'], request.headers.host]
        response.writeHead(500).end()
      },
      { workspace: 'team-a', host: 'mlflow.internal' },
    )
    expect(seen).toEqual(['team-a', 'mlflow.internal'])
  })
})

describe('one key of a batch that fails', () => {
  it('fails for itself, and one that is hidden is as good as none', async () => {
    const server = createServer((request, response) => {
      const query = new URL(request.url ?? '', 'http://loopback').searchParams
      if (request.url === '/version') response.end('2.22.4')
      else if (query.get('name') === 'hidden') response.writeHead(403).end('Permission denied')
      else if (query.get('name') === 'broken') response.writeHead(500).end('<html>')
      else if (query.get('name') === 'gone') {
        response.writeHead(404).end('{"error_code":"RESOURCE_DOES_NOT_EXIST","message":"no"}')
      } else response.end(`{"registered_model":{"name":"${query.get('name')}"}}`)
    })
    const registry = await openRegistry(`http://127.0.0.1:${await listenOnLoopback(server)}`)
    try {
      expect(await registry.models.get(['a', 'hidden', 'broken', 'gone', 'b'], newCall())).toMatchObject([
        { name: 'a' },
        null,
        { code: 'REGISTRY_ERROR' },
        null,
        { name: 'b' },
      ])
    } finally {
      await registry.close()
      await closeServer(server)
    }
  })
})

import { createServer, type RequestListener, type Server } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { HttpConnection, type HttpConnectionOptions } from '../../../src/adapters/http/http-connection.ts'
import { RegistryError } from '../../../src/contract/index.ts'
import { closeServer, listenOnLoopback } from '../../environment/loopback-server.ts'
import { newCall } from '../counted-call.ts'

const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

async function connect(listener: RequestListener, options: Partial<HttpConnectionOptions> = {}) {
  const server = createServer(listener)
  const port = await listenOnLoopback(server)
  const connection = new HttpConnection({ url: `http://127.0.0.1:${port}`, connections: 8, ...options })
  open.push(
    () => closeServer(server),
    () => connection.close(),
  )
  return { server, connection, port }
}

const get = { method: 'GET', path: '/thing?a=1' } as const

async function failureOf(answer: Promise<unknown>): Promise<RegistryError> {
  const error = await answer.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!RegistryError.is(error)) throw new Error('no RegistryError', { cause: error })
  return error
}

describe('a connection', () => {
  it('sends what it is configured with, below the path of its URL', async () => {
    const seen: unknown[] = []
    const { connection } = await connect(
      (request, response) => {
        seen.push(request.method, request.url, request.headers)
        response.writeHead(201, { 'content-type': 'text/plain', 'retry-after': '7' }).end('hällo')
      },
      {
        auth: { basic: { username: 'ann', password: 'pä:ss' } },
        host: 'models.internal',
        headers: { 'x-a': 'b' },
      },
    )
    const answer = await connection.send({ ...get, json: { q: 'ü' } }, newCall())
    expect(answer.text).toBe('hällo')
    expect(answer).toMatchObject({
      status: 201,
      contentType: 'text/plain',
      retryAfter: '7',
      date: expect.any(String),
    })
    expect(seen).toEqual([
      'GET',
      '/thing?a=1',
      expect.objectContaining({
        authorization: `Basic ${Buffer.from('ann:pä:ss').toString('base64')}`,
        host: 'models.internal',
        'x-a': 'b',
        'content-type': 'application/json',
      }),
    ])
  })

  it.each([
    [{ bearer: 'abc' }, 'authorization', 'Bearer abc'],
    [{ headers: { 'X-Api-Key': 'k' } }, 'x-api-key', 'k'],
  ])('proves who it is by %j', async (auth, header, value) => {
    let seen: unknown
    const { connection } = await connect(
      (request, response) => {
        seen = request.headers[header]
        response.end('{}')
      },
      { auth },
    )
    await connection.send(get, newCall())
    expect(seen).toBe(value)
  })

  it('keeps a path prefix', async () => {
    const { port } = await connect((request, response) => response.end(request.url))
    const connection = new HttpConnection({ url: `http://127.0.0.1:${port}/a/b/`, connections: 1 })
    open.push(() => connection.close())
    expect((await connection.send(get, newCall())).text).toBe('/a/b/thing?a=1')
  })

  it('has no more requests under way than it may', async () => {
    let now = 0
    let most = 0
    const { connection } = await connect(
      (_, response) => {
        most = Math.max(most, ++now)
        setTimeout(() => {
          now--
          response.end('{}')
        }, 10)
      },
      { connections: 3 },
    )
    await Promise.all(Array.from({ length: 20 }, () => connection.send(get, newCall())))
    expect(most).toBe(3)
  })

  it('gives up within 100 ms of its signal, before and within the answer', async () => {
    const { connection } = await connect((request, response) => {
      if (request.url === '/body') response.write('{"some":')
    })
    for (const path of ['/hang', '/body']) {
      const abort = new AbortController()
      const answer = failureOf(connection.send({ method: 'GET', path }, newCall(abort.signal)))
      setTimeout(() => abort.abort(), 50)
      const startedAt = performance.now()
      expect((await answer).code).toBe('REGISTRY_TIMEOUT')
      expect(performance.now() - startedAt).toBeLessThan(150)
    }
  })

  it('gives up at its signal while it waits for others', async () => {
    const { connection } = await connect(() => {}, { connections: 1 })
    const first = failureOf(connection.send(get, newCall()))
    const abort = new AbortController()
    const waiting = failureOf(connection.send(get, newCall(abort.signal)))
    abort.abort()
    expect((await waiting).code).toBe('REGISTRY_TIMEOUT')
    await connection.close()
    expect((await first).code).toBe('REGISTRY_UNAVAILABLE')
  })

  it('sends nothing once its signal has fired', async () => {
    const { connection } = await connect((_, response) => response.end('{}'))
    const call = newCall(AbortSignal.abort())
    expect((await failureOf(connection.send(get, call))).code).toBe('REGISTRY_TIMEOUT')
    expect(call.requests).toBe(0)
  })

  it('asks again, once and counted, when a kept connection ends without a byte of an answer', async () => {
    let requests = 0
    const { connection } = await connect(
      (request, response) => {
        requests++
        if (requests === 2) request.socket.end()
        else response.end('{}')
      },
      { connections: 1 },
    )
    await connection.send(get, newCall())
    const call = newCall()
    expect((await connection.send(get, call)).status).toBe(200)
    expect(call.requests).toBe(2)
  })

  it('does not ask again when a new connection ends', async () => {
    const { connection } = await connect((request) => request.socket.end())
    const call = newCall()
    expect((await failureOf(connection.send(get, call))).code).toBe('REGISTRY_UNAVAILABLE')
    expect(call.requests).toBe(1)
  })

  it.each<[string, RequestListener, string]>([
    ['a reset', (request) => request.socket.resetAndDestroy(), 'REGISTRY_UNAVAILABLE'],
    [
      'a body that breaks off',
      (_, response) => {
        response.writeHead(200, { 'content-length': 4096 })
        response.write('{', () => response.destroy())
      },
      'REGISTRY_UNAVAILABLE',
    ],
    ['something that is not HTTP', (request) => request.socket.end('nonsense\r\n\r\n'), 'REGISTRY_ERROR'],
    ['a body too large', (_, response) => response.end('x'.repeat(2000)), 'REGISTRY_ERROR'],
  ])('says what became of %s', async (_, listener, code) => {
    const { connection } = await connect(listener, { maxBodyBytes: 1000 })
    expect((await failureOf(connection.send(get, newCall()))).code).toBe(code)
  })

  it('says that nobody listens, that the host is unknown, and that it is closed', async () => {
    const { server, connection } = await connect((_, response) => response.end())
    await closeServer(server)
    const refused = await failureOf(connection.send(get, newCall()))
    expect(refused).toMatchObject({ code: 'REGISTRY_UNAVAILABLE', retryable: true })
    expect(refused.message).toContain('refused')
    const unknown = new HttpConnection({ url: 'http://no-such-host.invalid', connections: 1 })
    expect((await failureOf(unknown.send(get, newCall()))).message).toContain('host name')
    await unknown.close()
    expect((await failureOf(unknown.send(get, newCall()))).message).toContain('closed')
  })

  it('breaks off what is under way when it is closed', async () => {
    const asked = Promise.withResolvers<Server | undefined>()
    const { connection } = await connect(() => asked.resolve(undefined))
    const answer = failureOf(connection.send(get, newCall()))
    await asked.promise
    await connection.close()
    expect((await answer).code).toBe('REGISTRY_UNAVAILABLE')
  })
})

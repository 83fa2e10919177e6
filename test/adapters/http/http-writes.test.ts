import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { toJsonBody } from '../../../src/adapters/http/http-body.ts'
import { HttpConnection, type HttpConnectionOptions } from '../../../src/adapters/http/http-connection.ts'
import { toStatusError } from '../../../src/adapters/http/status-error.ts'
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
  const connection = new HttpConnection({ url: `http://127.0.0.1:${port}/base`, connections: 4, ...options })
  open.push(
    () => closeServer(server),
    () => connection.close(),
  )
  return { server, connection, port }
}

async function failureOf(answer: Promise<unknown>): Promise<RegistryError> {
  const error = await answer.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!RegistryError.is(error)) throw new Error('no RegistryError', { cause: error })
  return error
}

const write = (body: unknown = { a: 'ü' }) =>
  ({ method: 'PATCH', path: '/thing?a=1', body: toJsonBody(body) }) as const
const upload = (bytes: AsyncIterable<Uint8Array>, length: number | null) =>
  ({
    method: 'PUT',
    path: '/file',
    body: { contentType: 'application/octet-stream', length, bytes },
  }) as const

async function* chunksOf(...chunks: string[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield Buffer.from(chunk)
}

describe('a write', () => {
  it('is sent as it is, below the path of the URL', async () => {
    const seen: unknown[] = []
    const { connection } = await connect(async (request, response) => {
      const body = (await request.toArray()).join('')
      seen.push(request.method, request.url, request.headers, body)
      response.writeHead(201).end('done')
    })
    const call = newCall()
    expect(await connection.write(write(), call)).toMatchObject({ status: 201, text: 'done' })
    expect(call.requests).toBe(1)
    expect(seen).toEqual([
      'PATCH',
      '/base/thing?a=1',
      expect.objectContaining({
        'content-type': 'application/json',
        'content-length': '10',
        connection: 'close',
      }),
      '{"a":"ü"}',
    ])
  })

  it.each<[string, RequestListener]>([
    ['ends the connection', (request) => request.socket.end()],
    ['resets the connection', (request) => request.socket.resetAndDestroy()],
    [
      'breaks off its answer',
      (_, response) => {
        response.writeHead(200, { 'content-length': 4096 })
        response.write('{', () => response.destroy())
      },
    ],
  ])('is not repeated when the server %s, and may have been done', async (_, listener) => {
    let requests = 0
    const { connection } = await connect((request, response) => {
      requests++
      listener(request, response)
    })
    const call = newCall()
    expect(await failureOf(connection.write(write(), call))).toMatchObject({
      code: 'REGISTRY_UNAVAILABLE',
      nothingWritten: false,
    })
    expect([requests, call.requests]).toEqual([1, 1])
  })

  it('never goes over a connection that was used before', async () => {
    const ports = new Set<number | undefined>()
    const { server, connection } = await connect((request, response) => {
      ports.add(request.socket.remotePort)
      response.end('{}')
    })
    server.keepAliveTimeout = 1
    for (let round = 0; round < 5; round++) {
      await connection.send({ method: 'GET', path: '/' }, newCall())
      await connection.write(write(), newCall())
      await connection.write(write(), newCall())
    }
    expect(ports.size).toBeGreaterThanOrEqual(11)
  })

  it('has no more company than it may', async () => {
    let now = 0
    let most = 0
    const { connection } = await connect((_, response) => {
      most = Math.max(most, ++now)
      setTimeout(() => {
        now--
        response.end('{}')
      }, 10)
    })
    await Promise.all(Array.from({ length: 20 }, () => connection.write(write(), newCall())))
    expect(most).toBe(4)
  })

  it('was certainly not done where nobody listens', async () => {
    const { server, connection } = await connect((_, response) => response.end())
    await closeServer(server)
    expect(await failureOf(connection.write(write(), newCall()))).toMatchObject({
      code: 'REGISTRY_UNAVAILABLE',
      nothingWritten: true,
    })
  })

  it('was certainly not done at a host that is unknown', async () => {
    const connection = new HttpConnection({ url: 'http://no-such-host.invalid', connections: 1 })
    open.push(() => connection.close())
    expect(await failureOf(connection.write(write(), newCall()))).toMatchObject({ nothingWritten: true })
  })

  it('was certainly not done where TLS is not spoken', async () => {
    const { port } = await connect((_, response) => response.end('{}'))
    const connection = new HttpConnection({ url: `https://127.0.0.1:${port}`, connections: 1 })
    open.push(() => connection.close())
    expect(await failureOf(connection.write(write(), newCall()))).toMatchObject({
      code: 'REGISTRY_UNAVAILABLE',
      nothingWritten: true,
      retryable: false,
    })
  })

  it('was certainly not done where the TLS handshake breaks off', async () => {
    const server = createTcpServer((socket) => socket.once('data', () => socket.destroy()))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    open.push(async () => void server.close())
    const { port } = server.address() as { port: number }
    const connection = new HttpConnection({ url: `https://127.0.0.1:${port}`, connections: 1 })
    open.push(() => connection.close())
    expect(await failureOf(connection.write(write(), newCall()))).toMatchObject({ nothingWritten: true })
  })

  it('was certainly not done when its signal has fired before', async () => {
    let requests = 0
    const { connection } = await connect((_, response) => {
      requests++
      response.end('{}')
    })
    expect(await failureOf(connection.write(write(), newCall(AbortSignal.abort())))).toMatchObject({
      code: 'REGISTRY_TIMEOUT',
      nothingWritten: true,
    })
    expect(requests).toBe(0)
  })

  it('was certainly not done when its signal fires while it waits in line', async () => {
    const arrived = Promise.withResolvers<void>()
    let requests = 0
    const { connection } = await connect(
      () => {
        requests++
        arrived.resolve()
      },
      { connections: 1 },
    )
    const first = new AbortController()
    const blocking = failureOf(connection.write(write(), newCall(first.signal)))
    await arrived.promise
    const second = new AbortController()
    const waiting = failureOf(connection.write(write(), newCall(second.signal)))
    second.abort()
    expect(await waiting).toMatchObject({ code: 'REGISTRY_TIMEOUT', nothingWritten: true })
    first.abort()
    expect(await blocking).toMatchObject({ code: 'REGISTRY_TIMEOUT', nothingWritten: false })
    expect(requests).toBe(1)
  })
})

describe('an upload', () => {
  it.each([
    ['of a known length', 6, { 'content-length': '6' }],
    ['of an unknown length', null, { 'transfer-encoding': 'chunked' }],
  ])('%s arrives whole', async (_, length, headers) => {
    const seen: unknown[] = []
    const { connection } = await connect(async (request, response) => {
      seen.push(request.headers, (await request.toArray()).join(''))
      response.end()
    })
    const answer = await connection.write(upload(chunksOf('abc', '', 'def'), length), newCall())
    expect(answer.status).toBe(200)
    expect(seen).toEqual([expect.objectContaining(headers), 'abcdef'])
  })

  it.each([0, null])('of no bytes arrives, its length given as %s', async (length) => {
    const seen: unknown[] = []
    const { connection } = await connect(async (request, response) => {
      seen.push((await request.toArray()).length)
      response.end()
    })
    expect((await connection.write(upload(chunksOf(), length), newCall())).status).toBe(200)
    expect(seen).toEqual([0])
  })

  it('takes its bytes no faster than they are sent', async () => {
    const chunk = Buffer.alloc(1024 * 1024)
    let taken = 0
    async function* endless() {
      for (;;) {
        taken++
        yield chunk
      }
    }
    const paused = Promise.withResolvers<void>()
    const { connection } = await connect((request) => {
      request.pause()
      paused.resolve()
    })
    const abort = new AbortController()
    const answer = failureOf(connection.write(upload(endless(), null), newCall(abort.signal)))
    await paused.promise
    let before = -1
    while (before !== taken) {
      before = taken
      for (let round = 0; round < 100; round++) await turn()
    }
    expect(taken).toBeLessThan(32)
    abort.abort()
    expect((await answer).code).toBe('REGISTRY_TIMEOUT')
  })

  it('whose bytes fail is broken off, and fails with their error', async () => {
    const ended = Promise.withResolvers<boolean>()
    const { connection } = await connect((request) => {
      request.resume().once('close', () => ended.resolve(request.complete))
    })
    async function* failing() {
      yield Buffer.from('abc')
      throw new RegistryError('REGISTRY_ERROR', 'the other end failed')
    }
    const error = await failureOf(connection.write(upload(failing(), 6), newCall()))
    expect(error.message).toBe('the other end failed')
    expect(await ended.promise).toBe(false)
  })
})

describe('a download', () => {
  async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
    const chunks: Uint8Array[] = []
    for await (const chunk of bytes) chunks.push(chunk)
    return Buffer.concat(chunks).toString()
  }

  it('gives the bytes of a body larger than any answer may be', async () => {
    const { connection } = await connect((_, response) => response.end('x'.repeat(100_000)), {
      maxBodyBytes: 1000,
    })
    const bytes = await connection.download('/file', toStatusError, newCall())
    expect(await textOf(bytes)).toBe('x'.repeat(100_000))
  })

  it('that is refused says so before there are bytes', async () => {
    const { connection } = await connect((_, response) => response.writeHead(403).end('no'))
    const error = await failureOf(connection.download('/file', toStatusError, newCall()))
    expect(error.code).toBe('FORBIDDEN')
  })

  it.each<[string, RequestListener]>([
    [
      'of a declared length',
      (_, response) => {
        response.writeHead(200, { 'content-length': 4096 })
        response.write('abc', () => response.destroy())
      },
    ],
    ['in chunks', (_, response) => void response.write('abc', () => response.destroy())],
  ])('%s that breaks off is an error and not a short file', async (_, listener) => {
    const { connection } = await connect(listener)
    const bytes = await connection.download('/file', toStatusError, newCall())
    expect(await failureOf(textOf(bytes))).toMatchObject({ code: 'REGISTRY_UNAVAILABLE' })
  })

  it('ends at its signal, and its connection when nobody takes any more', async () => {
    const closed: string[] = []
    const { connection } = await connect((request, response) => {
      response.write('abc')
      response.once('close', () => closed.push(request.url ?? ''))
    })
    const abort = new AbortController()
    const hanging = await connection.download('/hanging', toStatusError, newCall(abort.signal))
    const text = failureOf(textOf(hanging))
    abort.abort()
    expect((await text).code).toBe('REGISTRY_TIMEOUT')
    for await (const chunk of await connection.download('/left', toStatusError, newCall())) {
      expect(Buffer.from(chunk).toString()).toBe('abc')
      break
    }
    await expect.poll(() => closed.toSorted()).toEqual(['/base/hanging', '/base/left'])
  })
})

import { createServer } from 'node:http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { toJsonBody } from '../../../src/adapters/http/http-body.ts'
import { HttpConnection } from '../../../src/adapters/http/http-connection.ts'
import { closeServer, listenOnLoopback } from '../../environment/loopback-server.ts'
import { newCall } from '../counted-call.ts'

const connections = 2
const toError = () => {
  throw new Error('not expected')
}

const server = createServer((request, response) => {
  if (request.url === '/file') {
    request.resume()
    response.write('x')
  } else request.resume().on('end', () => response.end('{}'))
})
let connection: HttpConnection
beforeAll(async () => {
  const port = await listenOnLoopback(server)
  connection = new HttpConnection({ url: `http://127.0.0.1:${port}`, connections })
})
afterAll(async () => {
  await connection.close()
  await closeServer(server)
})

it('slow files take no connection away from what is read and written meanwhile', async () => {
  const leaving = new AbortController()
  const slow = newCall(leaving.signal)
  const files = Array.from({ length: 2 * connections }, async () => {
    for await (const chunk of await connection.download('/file', toError, slow))
      expect(String(chunk)).toBe('x')
  })
  async function* drip(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('x')
    await new Promise((_, reject) =>
      leaving.signal.addEventListener('abort', () => reject(leaving.signal.reason)),
    )
  }
  const uploads = Array.from({ length: 2 * connections }, () =>
    connection.upload(
      { method: 'PUT', path: '/upload', body: { contentType: 'x/y', length: null, bytes: drip() } },
      slow,
    ),
  )
  await expect.poll(() => slow.requests).toBe(4 * connections)

  const call = newCall(AbortSignal.timeout(5000))
  const written = connection.write({ method: 'POST', path: '/write', body: toJsonBody({}) }, call)
  expect((await written).status).toBe(200)
  expect((await connection.send({ method: 'GET', path: '/read' }, call)).status).toBe(200)

  leaving.abort()
  const ends = await Promise.allSettled([...files, ...uploads])
  expect(ends.map(({ status }) => status)).not.toContain('fulfilled')
})

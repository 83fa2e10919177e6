import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { HttpConnection } from '../../../src/adapters/http/http-connection.ts'
import { newCall } from '../counted-call.ts'

let close: () => void

afterEach(() => close())

type Answer = (response: ServerResponse, request: number) => void

async function connectTo(answer: Answer) {
  let requests = 0
  const server = createServer((_request, response) => answer(response, ++requests))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const connection = new HttpConnection({ url: `http://127.0.0.1:${port}`, connections: 1 })
  close = () => {
    void connection.close()
    server.close()
  }
  return {
    read: () => connection.send({ method: 'GET', path: '/' }, newCall()),
    requests: () => requests,
  }
}

const json = { 'content-type': 'application/json' }

it('sends no read again whose answer had begun, also over a connection that served before', async () => {
  const { read, requests } = await connectTo((response, request) => {
    response.writeHead(200, { ...json, 'content-length': '100' })
    if (request === 1) response.end(`"${'x'.repeat(98)}"`)
    else response.write('"half of', () => response.socket?.resetAndDestroy())
  })
  expect((await read()).text).toHaveLength(100)
  await expect(read()).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE' })
  expect(requests()).toBe(2)
})

it('is told what went wrong when as much of it has come as is read, however much was to come', async () => {
  const { read } = await connectTo((response) => {
    response.writeHead(403, { ...json, 'content-length': '900000' })
    response.write('x'.repeat(300_000))
  })
  const { status, text } = await read()
  expect(status).toBe(403)
  expect(text).toHaveLength(256 * 1024)
})

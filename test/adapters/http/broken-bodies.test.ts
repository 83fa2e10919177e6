import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { HttpConnection } from '../../../src/adapters/http/http-connection.ts'
import { newCall } from '../counted-call.ts'

let close: () => void

afterEach(() => close())

it('sends no read again whose answer had begun, also over a connection that served before', async () => {
  let requests = 0
  const server = createServer((_request, response) => {
    requests++
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' })
    if (requests === 1) response.end(`"${'x'.repeat(98)}"`)
    else response.write('"half of', () => response.socket?.resetAndDestroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const connection = new HttpConnection({ url: `http://127.0.0.1:${port}`, connections: 1 })
  close = () => {
    void connection.close()
    server.close()
  }
  const read = () => connection.send({ method: 'GET', path: '/' }, newCall())
  expect((await read()).text).toHaveLength(100)
  await expect(read()).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE' })
  expect(requests).toBe(2)
})

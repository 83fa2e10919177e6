import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { expect, it } from 'vitest'
import { PostgresBell } from '../../src/state/postgres-bell.ts'
import { silent } from './database-source.ts'

it('a bell whose only listener leaves before it has connected does not connect any more', async () => {
  let connections = 0
  const server = createServer((socket) => {
    connections++
    socket.destroy()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const bell = new PostgresBell(`postgres://nobody@127.0.0.1:${port}/none`, {} as never, silent)
  const leave = bell.listen(() => {})
  // By then it is about to.
  await null
  leave()
  await bell.close()
  expect(connections).toBe(0)
  server.close()
})

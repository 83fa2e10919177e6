import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { eventStreamDoor } from '../../src/graphql/event-stream/event-stream-door.ts'
import { Backlogs } from '../../src/graphql/subscriptions/backlogs.ts'
import type { LiveDoors } from '../../src/graphql/subscriptions/live-doors.ts'
import { Seats } from '../../src/graphql/subscriptions/seats.ts'
import { Vigil } from '../../src/graphql/subscriptions/vigil.ts'
import { localCaller } from '../../src/server/caller.ts'
import { createHttpServer } from '../../src/server/http-server.ts'
import { silent } from '../identity/open-gateway.ts'

it('who leaves while it is found out who that is takes no seat, and is not waited for', async () => {
  const asked = Promise.withResolvers<void>()
  const identified = Promise.withResolvers<void>()
  let begun = 0
  const seats = new Seats(1)
  const live = {
    seats,
    backlogs: new Backlogs(),
    vigil: new Vigil(async () => localCaller),
    operations: {
      begin: () => {
        begun++
        return () => {}
      },
    },
  } as unknown as LiveDoors
  const server = await createHttpServer({
    doors: [eventStreamDoor(Promise.resolve(live))] as never,
    openSession: () => ({ end() {} }),
    identify: async () => {
      asked.resolve()
      await identified.promise
      return localCaller
    },
    readiness: async () => ({}) as never,
    log: silent,
    graceMs: 500,
  })
  const { port } = new URL(await server.listen({ host: '127.0.0.1', port: 0 }))
  const socket = connect(Number(port), '127.0.0.1')
  await once(socket, 'connect')
  const body = '{"query":"subscription { events { id } }"}'
  const head = `POST /graphql/stream HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Type: application/json\r\nAccept: text/event-stream`
  socket.write(`${head}\r\nContent-Length: ${body.length}\r\n\r\n${body}`)
  await asked.promise
  socket.destroy()
  await expect.poll(() => server.requestsInFlight()).toBe(0)
  identified.resolve()
  await wait(100)
  expect(begun).toBe(0)
  seats.take()
  const isClosed = await Promise.race([server.close().then(() => true), wait(3000, false)])
  expect(isClosed).toBe(true)
})

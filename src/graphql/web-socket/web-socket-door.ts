import type { FastifyRequest } from 'fastify'
import type { Logger } from '../../contract/index.ts'
import type { Session } from '../../federation/session/session.ts'
import { toPresented } from '../../server/caller.ts'
import type { Door } from '../../server/door.ts'
import { RequestRefusal } from '../../server/request-refusal.ts'
import type { Site } from '../../server/site.ts'
import type { LiveDoors } from '../subscriptions/live-doors.ts'
import { Connection } from './connection.ts'
import type { Protocol, ProtocolOptions } from './protocol.ts'

const beatEveryMs = 15_000
const initWithinMs = 5000

export interface WebSocketDoorOptions {
  /** Of one connection, that have not ended. */
  readonly mostOperations: number
  readonly log: Logger
}

/** `/graphql` for those who open a WebSocket there and speak graphql-transport-ws. */
export function webSocketDoor(
  opened: Promise<LiveDoors>,
  { mostOperations, log }: WebSocketDoorOptions,
): Door<Session> {
  return {
    name: 'web-socket',
    async open(server, tools) {
      const live = await opened
      const connections = new Set<Connection>()
      // Loaded with the first who wants to speak it.
      let protocol: Promise<Protocol> | null = null
      const load = async () => {
        const { createProtocol } = await import('./protocol.ts')
        const options = { mostOperations, initWithinMs, log, schema: live.schema }
        const begin: ProtocolOptions['begin'] = (...asked) => live.operations.begin(...asked)
        return createProtocol({
          ...options,
          begin,
          identify: tools.identify,
          begun: (one) => watch(one, live.vigil),
        })
      }
      const route = { constraints: { upgrade: 'websocket' }, exposeHeadRoute: false }
      server.get('/graphql', route, async (request, reply) => {
        assertAllowed(request, tools.site)
        request.raw.socket.once('close', live.seats.take())
        protocol ??= load()
        const { open } = await protocol
        const presented = { ...toPresented(request), isSocket: true }
        const upgraded = tools.takeSocket(request, reply)
        open(upgraded, (webSocket) => {
          const connection = new Connection(presented, webSocket, upgraded.socket, live.backlogs)
          keep(connection, connections, tools.beginStream(reply, connection))
          return connection
        })
        return reply
      })
      const beat = setInterval(() => {
        for (const connection of connections) connection.beat()
      }, beatEveryMs).unref()
      return async () => clearInterval(beat)
    },
  }
}

/** Apart from what opened it: closures that last would keep the request in memory. */
function keep(connection: Connection, connections: Set<Connection>, ended: () => void): void {
  connections.add(connection)
  connection.whenGone(() => {
    connections.delete(connection)
    ended()
  })
}

function watch(connection: Connection, vigil: LiveDoors['vigil']): void {
  const { presented, asker } = connection
  const refused = (refusal: RequestRefusal) => connection.refuse(refusal)
  connection.whenGone(vigil.watch({ presented, caller: asker.caller, refused }))
}

/** Browsers open a WebSocket for any page, ask nobody for leave, and say whose page it is. */
function assertAllowed({ headers: { origin, host } }: FastifyRequest, site: Site): void {
  if (origin === undefined || site.isAllowedOrigin(origin, host)) return
  const message =
    'A WebSocket may be opened by pages of this gateway, and of the origins in server.cors. This page is of neither.'
  throw new RequestRefusal(403, message, { code: 'FORBIDDEN', retryable: false })
}

import type { FastifyRequest } from 'fastify'
import type { Logger } from '../../contract/index.ts'
import type { Session } from '../../federation/session/session.ts'
import { toPresented } from '../../server/caller.ts'
import type { Door, DoorTools } from '../../server/door.ts'
import { RequestRefusal } from '../../server/request-refusal.ts'
import type { Site } from '../../server/site.ts'
import type { LiveDoors } from '../subscriptions/live-doors.ts'
import { Connection } from './connection.ts'
import type { Protocol } from './protocol.ts'

const beatEveryMs = 15_000
const initWithinMs = 5000

export interface WebSocketLimits {
  /** Of all clients together. */
  readonly connections: number
  /** Of one connection, that have not ended. */
  readonly operations: number
}

/** `/graphql` for those who open a WebSocket there and speak graphql-transport-ws. */
export function webSocketDoor(live: Promise<LiveDoors>, limits: WebSocketLimits, log: Logger): Door<Session> {
  return {
    name: 'web-socket',
    async open(server, tools) {
      const connections = new Set<Connection>()
      const door = new WebSocketDoor(await live, limits, log, tools, connections)
      server.get(
        '/graphql',
        { constraints: { upgrade: 'websocket' }, exposeHeadRoute: false },
        async (request, reply) => {
          assertAllowed(request, tools.site)
          if (connections.size >= limits.connections) throw fullRefusal()
          const protocol = await door.protocol()
          const presented = { ...toPresented(request), isSocket: true }
          const upgraded = tools.takeSocket(request, reply)
          protocol.open(upgraded, (webSocket) => {
            const connection = new Connection(presented, webSocket, upgraded.socket, door.live.backlogs)
            connections.add(connection)
            const ended = tools.beginStream(reply, connection)
            connection.whenGone(() => {
              connections.delete(connection)
              ended()
            })
            return connection
          })
          return reply
        },
      )
      const beat = setInterval(() => {
        for (const connection of connections) connection.beat()
      }, beatEveryMs).unref()
      return async () => clearInterval(beat)
    },
  }
}

class WebSocketDoor {
  readonly live: LiveDoors
  readonly #limits: WebSocketLimits
  readonly #log: Logger
  readonly #tools: DoorTools<Session>
  #protocol: Promise<Protocol> | null = null

  constructor(
    live: LiveDoors,
    limits: WebSocketLimits,
    log: Logger,
    tools: DoorTools<Session>,
    _connections: Set<Connection>,
  ) {
    this.live = live
    this.#limits = limits
    this.#log = log
    this.#tools = tools
  }

  /** Loaded with the first who wants to speak it. */
  protocol(): Promise<Protocol> {
    this.#protocol ??= this.#load()
    return this.#protocol
  }

  async #load(): Promise<Protocol> {
    const { createProtocol } = await import('./protocol.ts')
    const { live } = this
    return createProtocol({
      schema: live.schema,
      identify: (presented) => this.#tools.identify(presented),
      begun(connection) {
        const leave = live.vigil.watch({
          presented: connection.presented,
          caller: connection.caller,
          refused: (refusal) => connection.refuse(refusal),
        })
        connection.whenGone(leave)
      },
      begin: (question, caller, sink) => live.operations.begin(question, caller, sink),
      mostOperations: this.#limits.operations,
      initWithinMs,
      log: this.#log,
    })
  }
}

/** Browsers open a WebSocket for any page, ask nobody for leave, and say whose page it is. */
function assertAllowed({ headers: { origin, host } }: FastifyRequest, site: Site): void {
  if (origin === undefined || site.isAllowedOrigin(origin, host)) return
  const message =
    'A WebSocket may be opened by pages of this gateway, and of the origins in server.cors. This page is of neither.'
  throw new RequestRefusal(403, message, { code: 'FORBIDDEN', retryable: false })
}

function fullRefusal(): RequestRefusal {
  const message = 'The gateway has as many connections as it takes; try again later.'
  return new RequestRefusal(503, message, { code: 'LIMIT_EXCEEDED', retryable: true }, { 'retry-after': '5' })
}

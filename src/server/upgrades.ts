import { type IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** A connection whose client wants to speak WebSocket on it, and what it has sent of that already. */
export interface UpgradedSocket {
  readonly request: IncomingMessage
  readonly socket: Duplex
  readonly head: Buffer
}

interface Upgrade extends UpgradedSocket {
  readonly response: ServerResponse
}

const upgrades = new WeakMap<object, Upgrade>()

/** Of requests with the header `Upgrade`, those that are more than a request. */
export function isForWebSocket({ headers, method }: IncomingMessage): boolean {
  return method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket'
}

/** A route with the constraint `upgrade: 'websocket'` is for those who want to speak it, and no other one is. */
const upgradeConstraint = {
  name: 'upgrade',
  mustMatchWhenDerived: true,
  storage() {
    const handlers = new Map()
    return {
      get: (value: unknown) => handlers.get(value) ?? null,
      set: (value: unknown, handler: unknown) => void handlers.set(value, handler),
    }
  },
  deriveConstraint: (request: object) => (upgrades.has(request) ? 'websocket' : undefined),
}

/** Lets them come by the same way as all requests, so that what is looked at of these is looked at of them. */
export function routeUpgrades(server: FastifyInstance): void {
  server.addConstraintStrategy(upgradeConstraint)
  server.server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    // Node itself looks after it no more.
    socket.on('error', destroyed)
    const response = new ServerResponse(request)
    response.shouldKeepAlive = false
    response.assignSocket(socket)
    // An answer instead is the last that is said on it.
    response.once('finish', () => socket.destroySoon())
    if (isForWebSocket(request)) upgrades.set(request, { request, socket, head, response })
    server.routing(request, response)
  })
}

/** Takes the connection from the request, which is answered no more. */
export function takeSocket({ raw }: FastifyRequest, reply: FastifyReply): UpgradedSocket {
  const upgrade = upgrades.get(raw)
  if (!upgrade) throw new Error('The request is not for a WebSocket.')
  upgrades.delete(raw)
  reply.hijack()
  upgrade.response.removeAllListeners('finish')
  upgrade.response.detachSocket(upgrade.socket as never)
  upgrade.socket.off('error', destroyed)
  return upgrade
}

function destroyed(this: Duplex): void {
  this.destroy()
}

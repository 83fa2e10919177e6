import type { IncomingHttpHeaders } from 'node:http'
import { isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'
import type { Caller } from '../contract/index.ts'

/** How it became known who asks. `local`: nobody is asked, as the gateway is configured without `auth`. */
export type CallerSource = 'token' | 'jwt' | 'login' | 'proxy' | 'anonymous' | 'local'

export interface IdentifiedCaller extends Caller {
  readonly via: CallerSource
}

/** What a request shows of who sends it, whichever door it comes through. */
export interface Presented {
  /** The other end of the connection. */
  readonly peer: string
  /** The client's own address, which is another than the peer's behind a proxy that is trusted to name it. */
  readonly address: string
  readonly requestId: string
  /** Of a WebSocket: those it was opened with, and over them what it said when it began. */
  readonly headers: IncomingHttpHeaders
  /** Of a WebSocket: pages cannot open one with headers of their own, and browsers always say whose page it is. */
  readonly isSocket?: boolean
}

/**
 * The one way from a request to who sends it.
 *
 * @throws RequestRefusal 401 for what does not hold, with the same words for all reasons.
 */
export type Identify = (presented: Presented) => Promise<IdentifiedCaller>

const anonymous = 'user:anonymous'

export const localCaller: IdentifiedCaller = { principal: anonymous, groups: [], via: 'local' }
export const anonymousCaller: IdentifiedCaller = { principal: anonymous, groups: [], via: 'anonymous' }

/** What registries, logs and notes of writes are told: null where nobody is signed in. */
export function signedIn({ via, ...caller }: IdentifiedCaller): Caller | null {
  return via === 'local' || via === 'anonymous' ? null : caller
}

export function toPresented(request: FastifyRequest): Presented {
  const { id, socket, headers } = request
  return { requestId: id, peer: socket.remoteAddress ?? '', address: addressOf(request), headers }
}

const longestAddress = 64

/**
 * The client's. What a proxy passes on may be any text, of any length, which is nobody's address; of who has left already
 * there is none.
 */
export function addressOf(request: FastifyRequest): string {
  const ip: string | undefined = request.ip
  return ip !== undefined && ip.length <= longestAddress && isIP(ip) !== 0
    ? ip
    : (request.socket.remoteAddress ?? '')
}

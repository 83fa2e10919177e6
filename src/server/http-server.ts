import type { ServerOptions } from 'node:http'
import type { AddressInfo } from 'node:net'
import fastify, { type FastifyInstance } from 'fastify'
import type { Logger } from '../contract/index.ts'
import { type Identify, localCaller } from './caller.ts'
import { allowOrigins } from './cors.ts'
import type { Door, RequestSession } from './door.ts'
import { replyToFailures } from './failure-replies.ts'
import { refuseForeignHosts } from './foreign-hosts.ts'
import { acceptJsonOnly } from './json-body.ts'
import { isLoopback } from './loopback.ts'
import { MutationsUnderWay } from './mutations-under-way.ts'
import { openDoors } from './open-doors.ts'
import { type OpenSession, openSessionOf, orRefuse } from './open-session.ts'
import { addProbeRoutes, type Readiness } from './probe-routes.ts'
import { chooseRequestId } from './request-id.ts'
import { RequestsInFlight } from './requests-in-flight.ts'
import { addResponseHeaders } from './response-headers.ts'
import { Site } from './site.ts'
import { Streams } from './streams.ts'
import { isForWebSocket, routeUpgrades, takeSocket } from './upgrades.ts'

export interface HttpServerOptions<Session extends RequestSession> {
  readonly doors: readonly Door<Session>[]
  /** One for each request, whichever door it comes through. */
  readonly openSession: OpenSession<Session>
  /** Who sends a request, whichever door it comes through. Left out: nobody is asked who they are. */
  readonly identify?: Identify
  /** Under which addresses it is itself. */
  readonly site?: Site
  /** PEM texts; left out or null, it speaks plain HTTP. */
  readonly tls?: { readonly cert: string; readonly key: string } | null
  /** Whose word to take for the address of a client; nobody's when left out. */
  readonly trustProxy?: boolean | readonly string[]
  readonly readiness: () => Promise<Readiness>
  readonly log: Logger
  /** How long requests in flight may take once the server is closed; 10 s by default. */
  readonly graceMs?: number
  /** How long a request may take to arrive; 30 s by default. */
  readonly requestTimeoutMs?: number
}

export interface HttpServer {
  /** The address under which it is reached, such as `http://127.0.0.1:4000`. Port 0: any that is free. */
  listen(address: { readonly host: string; readonly port: number }): Promise<string>
  /**
   * Takes no new requests, answers those in flight, waits for the writes of clients that have left, and resolves when
   * that is done or the grace is over. Writes that it had to leave are in the log.
   */
  close(): Promise<void>
  /** How many requests are not answered yet. */
  requestsInFlight(): number
}

const bodyLimit = 1_000_000
/** A credential that is far too long is refused as any other that does not hold is. */
const maxHeaderSize = 256 * 1024
/** How often Node looks for requests that take too long: every 30 s unless it is told, so one may take twice its time. */
const connectionsCheckingInterval = 500

/** What routes take and give is checked elsewhere; Fastify would load its validator all the same. */
const noSchemas = {
  buildValidator: refuseSchemas,
  buildSerializer: refuseSchemas,
}

function refuseSchemas(): never {
  throw new Error('A route has a schema of Fastify, and this server has nothing that compiles it.')
}

export async function createHttpServer<Session extends RequestSession>(
  options: HttpServerOptions<Session>,
): Promise<HttpServer> {
  const { doors, openSession, identify = null, log } = options
  const requestTimeout = options.requestTimeoutMs ?? 30_000
  const site = options.site ?? new Site()
  // Node needs them at once: a time for headers that is longer than the one for all keeps the latter from ending.
  const times = { requestTimeout, headersTimeout: requestTimeout, connectionsCheckingInterval }
  // Whoever offers another protocol is answered in this one.
  const http: ServerOptions = { ...times, maxHeaderSize, shouldUpgradeCallback: isForWebSocket }
  const { trustProxy = false } = options
  const server = fastify({
    bodyLimit,
    requestTimeout,
    ...(options.tls ? { https: { ...http, ...options.tls } } : { http }),
    genReqId: chooseRequestId,
    schemaController: { compilersFactory: noSchemas },
    rewriteUrl: ({ url = '/' }) => site.ownPath(url),
    trustProxy: typeof trustProxy === 'boolean' ? trustProxy : [...trustProxy],
  }) as FastifyInstance
  const inFlight = new RequestsInFlight(server)
  addResponseHeaders(server)
  let onLoopback = false
  refuseForeignHosts(server, site, () => onLoopback)
  allowOrigins(server, site)
  acceptJsonOnly(server)
  replyToFailures(server, log)
  addProbeRoutes(server, options.readiness)
  routeUpgrades(server)

  let closing: Promise<void> | null = null
  // A connection that is kept alive would hold the server open until it times out.
  server.addHook('onSend', (_request, reply, payload, done) => {
    if (closing) reply.header('connection', 'close')
    done(null, payload)
  })
  const mutations = new MutationsUnderWay()
  const streams = new Streams()
  const opener = { identify, openSession, log }
  const closeDoors = await openDoors(server, doors, {
    openSession: (request, reply, company) => openSessionOf(request, reply, opener, company),
    beginMutation: (mutation) => mutations.begin(mutation),
    openOwnSession: async (facts) => orRefuse(opener, facts.requestId, () => openSession(facts)),
    identify: async (presented) =>
      orRefuse(opener, presented.requestId, () => identify?.(presented) ?? localCaller),
    site,
    beginStream(reply, stream) {
      inFlight.leave(reply)
      return streams.begin(stream)
    },
    takeSocket(request, reply) {
      inFlight.leave(reply)
      return takeSocket(request, reply)
    },
  })
  const close = async () => {
    const graceMs = options.graceMs ?? 10_000
    const graceEndsAt = performance.now() + graceMs
    const closed = server.close()
    const grace = setTimeout(() => {
      server.server.closeAllConnections()
      streams.destroy()
    }, graceMs)
    await Promise.all([inFlight.none(), streams.end()])
    server.server.closeAllConnections()
    await closed
    clearTimeout(grace)
    for (const left of await mutations.done(Math.max(0, graceEndsAt - performance.now()))) {
      log.warn({ ...left }, 'closing with a write under way; whether it is done is not known')
    }
    await closeDoors()
  }
  return {
    async listen({ host, port }) {
      onLoopback = isLoopback(host)
      await server.listen({ host, port })
      return toUrl(server.server.address() as AddressInfo, options.tls ? 'https' : 'http')
    },
    close: () => (closing ??= close()),
    requestsInFlight: () => inFlight.count,
  }
}

function toUrl({ family, address, port }: AddressInfo, scheme: string): string {
  return `${scheme}://${family === 'IPv6' ? `[${address}]` : address}:${port}`
}

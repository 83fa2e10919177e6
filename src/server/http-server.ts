import type { AddressInfo } from 'node:net'
import fastify from 'fastify'
import type { GraphQLSchema } from 'graphql'
import type { Logger } from '../contract/index.ts'
import { createApolloServer } from '../graphql/apollo-server.ts'
import { defaultLimits, type Limits } from '../graphql/limits.ts'
import type { RequestScope } from '../graphql/request-scope.ts'
import { replyToFailures } from './failure-replies.ts'
import { addGraphiqlRoutes } from './graphiql-routes.ts'
import { addGraphqlRoute } from './graphql-route.ts'
import { acceptJsonOnly } from './json-body.ts'
import { isLoopback, refuseForeignHosts } from './loopback.ts'
import { MutationsUnderWay } from './mutations-under-way.ts'
import { addProbeRoutes, type Readiness } from './probe-routes.ts'
import type { RequestFacts } from './request-facts.ts'
import { chooseRequestId } from './request-id.ts'
import { RequestsInFlight } from './requests-in-flight.ts'
import { addResponseHeaders } from './response-headers.ts'

export interface HttpServerOptions<Context extends RequestScope> {
  readonly schema: GraphQLSchema
  readonly createContext: (facts: RequestFacts) => Context | Promise<Context>
  readonly readiness: () => Promise<Readiness>
  readonly log: Logger
  /** Whether each request has its line in the log at `info`. */
  readonly logRequests?: boolean
  readonly limits?: Partial<Limits>
  /** What lists hold at most that no argument bounds, by `Type.field`. */
  readonly listSizes?: ReadonlyMap<string, number>
  /** On by default: GraphiQL and code generators need it. */
  readonly introspection?: boolean
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
}

const bodyLimit = 1_000_000
/** How often Node looks for requests that take too long: every 30 s unless it is told, so one may take twice its time. */
const connectionsCheckingInterval = 500

export async function createHttpServer<Context extends RequestScope>(
  options: HttpServerOptions<Context>,
): Promise<HttpServer> {
  const { schema, createContext, log } = options
  const limits = { ...defaultLimits, ...options.limits }
  const introspection = options.introspection ?? true
  const mutations = new MutationsUnderWay()
  const apollo = createApolloServer<Context>({
    schema,
    limits,
    listSizes: options.listSizes ?? new Map(),
    introspection,
    beginMutation: mutations.begin.bind(mutations),
    log,
    logRequests: options.logRequests ?? false,
  })
  await apollo.start()

  const requestTimeout = options.requestTimeoutMs ?? 30_000
  const server = fastify({
    bodyLimit,
    requestTimeout,
    // Node needs them at once: a time for headers that is longer than the one for all keeps the latter from ending.
    http: { requestTimeout, headersTimeout: requestTimeout, connectionsCheckingInterval },
    genReqId: chooseRequestId,
  })
  const inFlight = new RequestsInFlight(server)
  addResponseHeaders(server)
  let onLoopback = false
  refuseForeignHosts(server, () => onLoopback)
  acceptJsonOnly(server)
  replyToFailures(server, log)
  addGraphqlRoute(server, { apollo, createContext, limits, log })
  addProbeRoutes(server, options.readiness)
  await addGraphiqlRoutes(server)

  let closing: Promise<void> | null = null
  // A connection that is kept alive would hold the server open until it times out.
  server.addHook('onSend', async (_request, reply) => {
    if (closing) reply.header('connection', 'close')
  })
  const close = async () => {
    const graceMs = options.graceMs ?? 10_000
    const graceEndsAt = performance.now() + graceMs
    const closed = server.close()
    const grace = setTimeout(() => server.server.closeAllConnections(), graceMs)
    await inFlight.none()
    server.server.closeAllConnections()
    await closed
    clearTimeout(grace)
    for (const left of await mutations.done(Math.max(0, graceEndsAt - performance.now()))) {
      log.warn({ ...left }, 'closing with a write under way; whether it is done is not known')
    }
    await apollo.stop()
  }
  return {
    async listen({ host, port }) {
      onLoopback = isLoopback(host)
      await server.listen({ host, port })
      return toUrl(server.server.address() as AddressInfo)
    },
    close: () => (closing ??= close()),
  }
}

function toUrl({ family, address, port }: AddressInfo): string {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
}

import { type ApolloServer, HeaderMap } from '@apollo/server'
import { fastifyApolloHandler } from '@as-integrations/fastify'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { GraphQLError } from 'graphql'
import { createErrorBody } from '../../server/error-body.ts'
import { RequestRefusal } from '../../server/request-refusal.ts'
import { assertBounded } from '../assert-bounded.ts'
import type { Limits } from '../limits.ts'
import type { RequestLog } from '../request-log.ts'
import type { MeasuredSession, RequestScope } from '../request-scope.ts'
import type { RequestScopes } from '../request-scopes.ts'
import type { ShortWay } from '../short-way/short-way.ts'

export interface GraphqlRouteOptions<Session extends MeasuredSession> {
  readonly apollo: ApolloServer<RequestScope<Session>>
  readonly scopes: RequestScopes<Session>
  /** Null: Apollo answers everything. */
  readonly shortWay: ShortWay<Session> | null
  readonly limits: Limits
  readonly requestLog: RequestLog
}

export function addGraphqlRoute<Session extends MeasuredSession>(
  server: FastifyInstance,
  options: GraphqlRouteOptions<Session>,
): void {
  const { shortWay, scopes, requestLog } = options
  const apollo = fastifyApolloHandler(options.apollo, {
    context: (request, reply) => createContext(request, reply, options),
  })
  server.route({
    url: '/graphql',
    method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    onRequest: requireHost,
    preHandler: sendPeopleToGraphiql,
    onSend(request, reply, payload, done) {
      requestLog.sent(scopes.find(request), request, reply, payload)
      done(null, payload)
    },
    async handler(request, reply) {
      const answer = await shortWay?.answer(request, reply)
      if (answer) return answer
      const ofApollo = await apollo.call(server, request, reply)
      shortWay?.learn(request, reply)
      return ofApollo
    },
  })
}

async function createContext<Session extends MeasuredSession>(
  request: FastifyRequest,
  reply: FastifyReply,
  { scopes, limits }: GraphqlRouteOptions<Session>,
): Promise<RequestScope<Session>> {
  if (isNested(request.body)) assertBounded(request.body, limits)
  try {
    return await scopes.of(request, reply)
  } catch (error) {
    throw error instanceof RequestRefusal ? toGraphqlError(error) : error
  }
}

function toGraphqlError({ status, message, extensions, headers }: RequestRefusal): GraphQLError {
  const http = { status, headers: new HeaderMap(Object.entries(headers)) }
  return new GraphQLError(message, { extensions: { ...extensions, http } })
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** HTTP/1.0 knows no Host header, and HTTP/1.1 takes an empty one; the handler makes a URL of it. */
function requireHost(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  // The server refuses what is no host.
  if (request.headers.host !== undefined) done()
  else {
    const message = 'The request needs a Host header that names the gateway, such as localhost:4000.'
    void reply.code(400).send(createErrorBody('BAD_REQUEST', message))
  }
}

/** A browser that opens the endpoint itself wants to see something it can use. */
function sendPeopleToGraphiql(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  const isPage = request.method === 'GET' && request.url === '/graphql'
  if (isPage && request.headers.accept?.startsWith('text/html')) void reply.redirect('./', 303)
  else done()
}

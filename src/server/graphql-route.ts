import type { ApolloServer } from '@apollo/server'
import { fastifyApolloHandler } from '@as-integrations/fastify'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { GraphQLError } from 'graphql'
import type { Logger } from '../contract/index.ts'
import { assertBounded } from '../graphql/assert-bounded.ts'
import { createInternalError } from '../graphql/errors.ts'
import type { Limits } from '../graphql/limits.ts'
import type { RequestScope } from '../graphql/request-scope.ts'
import { createErrorBody } from './error-body.ts'
import { parseDeadline, type RequestFacts } from './request-facts.ts'

export interface GraphqlRouteOptions<Context extends RequestScope> {
  readonly apollo: ApolloServer<Context>
  readonly createContext: (facts: RequestFacts) => Context | Promise<Context>
  readonly limits: Limits
  readonly log: Logger
}

export function addGraphqlRoute<Context extends RequestScope>(
  server: FastifyInstance,
  options: GraphqlRouteOptions<Context>,
): void {
  server.route({
    url: '/graphql',
    method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    onRequest: requireHost,
    preHandler: sendPeopleToGraphiql,
    handler: fastifyApolloHandler(options.apollo, {
      context: (request, reply) => openContext(request, reply, options),
    }),
  })
}

async function openContext<Context extends RequestScope>(
  request: FastifyRequest,
  reply: FastifyReply,
  { createContext, limits, log }: GraphqlRouteOptions<Context>,
): Promise<Context> {
  try {
    if (isNested(request.body)) assertBounded(request.body, limits)
    const deadlineMs = parseDeadline(request.headers['modelgate-deadline-ms'])
    const gone = new AbortController()
    const context = await createContext({ requestId: request.id, deadlineMs, signal: gone.signal })
    const close = () => {
      if (!reply.raw.writableFinished) gone.abort(new Error('The client went away.'))
      context.session.end()
    }
    if (reply.raw.closed || reply.raw.destroyed) close()
    else reply.raw.once('close', close)
    return context
  } catch (error) {
    if (error instanceof GraphQLError) throw error
    log.error({ requestId: request.id, err: error }, 'a request could not begin')
    throw createInternalError(request.id)
  }
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** HTTP/1.0 knows no Host header, and HTTP/1.1 takes an empty one; the handler makes a URL of it. */
async function requireHost(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  if (URL.canParse(`http://${request.headers.host ?? ''}/`)) return
  const message = 'The request needs a Host header that names the gateway, such as localhost:4000.'
  return reply.code(400).send(createErrorBody('BAD_REQUEST', message))
}

/** A browser that opens the endpoint itself wants to see something it can use. */
async function sendPeopleToGraphiql(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  if (request.method !== 'GET' || request.url !== '/graphql') return
  if (request.headers.accept?.startsWith('text/html')) return reply.redirect('/', 303)
}

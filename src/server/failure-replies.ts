import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify'
import type { Logger } from '../contract/index.ts'
import { createErrorBody } from './error-body.ts'
import { internalRefusal, RequestRefusal } from './request-refusal.ts'

/** Also for requests that no door takes: a code, a sentence, and nothing of the server's inside. */
export function replyToFailures(server: FastifyInstance, log: Logger): void {
  server.setNotFoundHandler((request, reply) =>
    reply
      .code(404)
      .send(createErrorBody('NOT_FOUND', `There is nothing at ${request.method} ${pathOf(request.url)}.`)),
  )
  server.setErrorHandler<FastifyError | RequestRefusal>((error, request, reply) => {
    if (error instanceof RequestRefusal) return refuse(reply, error)
    const status = error.statusCode ?? 500
    if (status >= 400 && status < 500) {
      return reply.code(status).send(createErrorBody('BAD_REQUEST', describe(error, status)))
    }
    log.error({ requestId: request.id, err: error }, 'a request broke the server')
    return refuse(reply, internalRefusal(request.id))
  })
}

function refuse(reply: FastifyReply, { status, message, extensions, headers }: RequestRefusal): FastifyReply {
  return reply
    .code(status)
    .headers(headers)
    .send({ errors: [{ message, extensions }] })
}

function describe(error: FastifyError, status: number): string {
  if (status === 413) return 'The body is larger than the gateway takes.'
  if (status === 415) return 'The body must be application/json.'
  return error.message
}

function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? url
}

import type { FastifyInstance } from 'fastify'
import { createErrorBody } from './error-body.ts'

const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
}

/** Every answer carries its request's id, and tells browsers to do nothing with it but show it. */
export function addResponseHeaders(server: FastifyInstance): void {
  server.addHook('onRequest', async (request, reply) => {
    reply.headers({ ...securityHeaders, 'x-request-id': request.id })
    // Apollo's Fastify integration builds a URL from it, and would answer 500 for one it cannot.
    const { host } = request.headers
    if (host !== undefined && !URL.canParse(`http://${host}/`)) {
      return reply.code(400).send(createErrorBody('BAD_REQUEST', 'The Host header is malformed.'))
    }
  })
}

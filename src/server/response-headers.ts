import type { FastifyInstance } from 'fastify'
import { createErrorBody } from './error-body.ts'
import { rememberFew } from './remember-few.ts'

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
  const isHost = rememberFew((host) => URL.canParse(`http://${host}/`))
  server.addHook('onRequest', (request, reply, done) => {
    reply.headers(securityHeaders).header('x-request-id', request.id)
    // Apollo's Fastify integration builds a URL from it, and would answer 500 for one it cannot.
    const { host } = request.headers
    if (host === undefined || isHost(host)) return done()
    void reply.code(400).send(createErrorBody('BAD_REQUEST', 'The Host header is malformed.'))
  })
}

import type { FastifyInstance, FastifyRequest } from 'fastify'
import { createErrorBody } from './error-body.ts'
import { rememberFew } from './remember-few.ts'
import type { Site } from './site.ts'

/**
 * A gateway that listens on loopback may be protected by nothing else, and a web page of a stranger can give its own
 * name the address 127.0.0.1 (DNS rebinding). Its requests then come with that name in their Host header. One that has
 * been told its names answers to no other ones, wherever it listens.
 */
export function refuseForeignHosts(server: FastifyInstance, site: Site, onLoopback: () => boolean): void {
  const isOwnHost = rememberFew((host) => site.isOwnHost(host))
  server.addHook('onRequest', (request, reply, done) => {
    const { host } = request.headers
    if (host === undefined || !(onLoopback() || site.isNamed)) return done()
    if (isOwnHost(host) || isOwnAddress(host, request)) return done()
    void reply.code(403).send(createErrorBody('FORBIDDEN', explain(site)))
  })
}

/** Whatever looks after the gateway from nearby knows it by the address it was connected to. */
function isOwnAddress(host: string, { socket }: FastifyRequest): boolean {
  const name = URL.parse(`http://${host}/`)?.hostname.replace(/^\[|\]$/g, '')
  return name !== undefined && name === socket.localAddress?.replace(/^::ffff:/, '')
}

function explain({ isNamed }: Site): string {
  const instead =
    'Add the name in the Host header to server.allowedHosts, or set server.publicUrl to the address that clients use.'
  return isNamed
    ? `This gateway does not answer to the name in the Host header. ${instead}`
    : `This gateway listens on loopback and answers to localhost and 127.0.0.1 only. ${instead}`
}

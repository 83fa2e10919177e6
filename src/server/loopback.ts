import { isIPv4 } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { createErrorBody } from './error-body.ts'

/** Whether only this machine reaches an address. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))
}

/**
 * A gateway that listens on loopback is protected by nothing else, and a web page of a stranger can give its own name
 * the address 127.0.0.1 (DNS rebinding). Its requests then come with that name in their Host header.
 */
export function refuseForeignHosts(server: FastifyInstance, onLoopback: () => boolean): void {
  server.addHook('onRequest', async (request, reply) => {
    if (!onLoopback() || isLoopbackHost(request.headers.host)) return
    const message =
      'This gateway listens on loopback and answers to localhost and 127.0.0.1 only. Behind a proxy, let it send one of ' +
      'these as the Host header.'
    return reply.code(403).send(createErrorBody('FORBIDDEN', message))
  })
}

/** Of a host name as it stands in a URL. */
export function isLoopbackName(name: string): boolean {
  return isLoopback(name.replace(/^\[|\]$/g, '')) || name.endsWith('.localhost')
}

function isLoopbackHost(header: string | undefined): boolean {
  return header === undefined || isLoopbackName(URL.parse(`http://${header}/`)?.hostname ?? '')
}

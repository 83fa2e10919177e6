import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { LoggedRequest, RequestLog } from './request-log.ts'

export interface LoggedExchange {
  request: IncomingMessage
  response: ServerResponse
  logged: LoggedRequest
  body: Buffer
}

/** An HTTP server that writes every request down before it is handled; with a certificate, over TLS. */
export const createLoggedServer = (
  log: RequestLog,
  handle: (exchange: LoggedExchange) => void,
  tls?: { cert: string; key: string },
): Server => {
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    const logged = log.record(request, response)
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      logged.body = body.toString('utf8')
      handle({ request, response, logged, body })
    })
    // A client that leaves in the middle of its body is in the log as aborted; there is nothing to answer.
    request.on('error', () => response.destroy())
  }
  return tls === undefined ? createServer(listener) : createTlsServer(tls, listener)
}

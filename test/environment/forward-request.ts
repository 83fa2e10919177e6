import { type IncomingMessage, request as requestUpstream, type ServerResponse } from 'node:http'
import type { LoggedExchange } from './logged-server.ts'

/** What becomes of the upstream's answer. */
export type Deliver = (answer: IncomingMessage, response: ServerResponse) => void

const passOn: Deliver = (answer, response) => {
  response.writeHead(answer.statusCode ?? 502, answer.headers)
  answer.pipe(response)
  answer.once('error', () => response.destroy())
}

/**
 * Sends a request on to the upstream and its answer back, by a connection of its own, as one that is kept may be closed by
 * the upstream just then; a client that leaves ends the upstream call too.
 */
export const forwardRequest = (
  upstream: URL,
  { request: incoming, response, body }: LoggedExchange,
  deliver = passOn,
): void => {
  const { 'transfer-encoding': _chunked, ...headers } = incoming.headers
  const outgoing = requestUpstream(
    {
      agent: false,
      host: upstream.hostname,
      port: upstream.port,
      method: incoming.method,
      path: incoming.url,
      headers: {
        ...headers,
        host: upstream.host,
        ...(body.length > 0 ? { 'content-length': body.length } : {}),
      },
    },
    (answer) => deliver(answer, response),
  )
  response.once('close', () => outgoing.destroy())
  outgoing.once('error', (error) => {
    if (response.headersSent || response.destroyed) response.destroy()
    else response.writeHead(502, { 'content-type': 'text/plain' }).end(`upstream: ${error.message}`)
  })
  outgoing.end(body)
}

import { type Agent, request as requestUpstream } from 'node:http'
import type { LoggedExchange } from './logged-server.ts'

/** Sends a request on to the upstream and its answer back; a client that leaves ends the upstream call too. */
export const forwardRequest = (
  upstream: URL,
  agent: Agent,
  { request: incoming, response, body }: LoggedExchange,
): void => {
  const { 'transfer-encoding': _chunked, ...headers } = incoming.headers
  const outgoing = requestUpstream(
    {
      agent,
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
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
      answer.once('error', () => response.destroy())
    },
  )
  response.once('close', () => outgoing.destroy())
  outgoing.once('error', (error) => {
    if (response.headersSent || response.destroyed) response.destroy()
    else response.writeHead(502, { 'content-type': 'text/plain' }).end(`upstream: ${error.message}`)
  })
  outgoing.end(body)
}

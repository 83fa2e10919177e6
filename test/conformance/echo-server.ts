import { buffer } from 'node:stream/consumers'
import { type LoopbackServer, startLoopbackServer } from '../../src/conformance/faults/loopback-server.ts'

/** A backend that answers with the JSON that it is sent. */
export function startEchoServer(): Promise<LoopbackServer> {
  return startLoopbackServer(async (request, response) => {
    const body = await buffer(request)
    response.writeHead(200, { 'content-type': 'application/json' }).end(body)
  })
}

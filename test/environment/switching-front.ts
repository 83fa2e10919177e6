import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { closeServer, listenOnLoopback } from './loopback-server.ts'

/** What stands behind the front for a request: a server, or nothing that knows any path. */
export type Behind = string | 'nothing'

export interface SwitchingFront {
  readonly url: string
  close(): Promise<void>
}

/** An ingress: the address stays, and what is behind it changes. `behind` is asked for each request. */
export async function startSwitchingFront(behind: () => Behind): Promise<SwitchingFront> {
  const server = createServer((incoming, response) => {
    const target = behind()
    if (target === 'nothing') response.writeHead(404, { 'content-type': 'text/plain' }).end('no backend')
    else pass(target, incoming, response)
  })
  const port = await listenOnLoopback(server)
  return { url: `http://127.0.0.1:${port}`, close: () => closeServer(server) }
}

function pass(target: string, incoming: IncomingMessage, response: ServerResponse): void {
  const { host, ...headers } = incoming.headers
  const outgoing = request(new URL(incoming.url ?? '/', target), {
    method: incoming.method ?? 'GET',
    headers,
    agent: false,
  })
  outgoing.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
  })
  outgoing.on('error', () => response.destroy())
  incoming.pipe(outgoing)
}

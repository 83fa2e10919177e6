import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { type LoopbackServer, startLoopbackServer } from './loopback-server.ts'

/** Changes what stands in an answer. */
export type Spoil = (answer: unknown) => unknown

/** Of one connection, or of the bytes as they were before they were read. */
const ownHeaders = new Set([
  'host',
  'connection',
  'keep-alive',
  'content-length',
  'transfer-encoding',
  'content-encoding',
  'accept-encoding',
  'expect',
])

/** A server on loopback that passes every request on to the backend, and the JSON that it answers through `spoil`. */
export async function startSpoilingServer(backendUrl: string, spoil: Spoil): Promise<LoopbackServer> {
  const base = backendUrl.replace(/\/+$/, '')
  return startLoopbackServer((request, response) => {
    passOn(base, spoil, request, response).catch(() => response.destroy())
  })
}

async function passOn(
  base: string,
  spoil: Spoil,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = 'GET', url = '/' } = request
  const body = await buffer(request)
  const sent = Object.entries(request.headersDistinct).flatMap(([name, values = []]) =>
    ownHeaders.has(name) ? [] : values.map((value): [string, string] => [name, value]),
  )
  const answer = await fetch(base + url, {
    method,
    headers: sent,
    redirect: 'manual',
    ...(body.length > 0 && { body: new Uint8Array(body) }),
  })
  const bytes = Buffer.from(await answer.arrayBuffer())
  // Links to further pages lead through here as well.
  const json = () => JSON.parse(bytes.toString().replaceAll(base, `http://${request.headers.host}`))
  const headers = [...answer.headers].filter(([name]) => !ownHeaders.has(name))
  response.writeHead(answer.status, STATUS_CODES[answer.status], Object.fromEntries(headers))
  response.end(isJson(answer) ? JSON.stringify(spoil(json())) : bytes)
}

function isJson({ headers }: Response): boolean {
  return /^application\/(.+\+)?json\b/.test(headers.get('content-type') ?? '')
}

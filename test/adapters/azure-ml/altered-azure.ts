import { createServer } from 'node:http'
import type { AnyJson } from '../../environment/any-json.ts'
import { closeServer, listenOnLoopback } from '../../environment/loopback-server.ts'

export interface AlteredRequest {
  readonly method: string
  /** Without the query. */
  readonly path: string
  readonly query: URLSearchParams
  readonly body: AnyJson
}

export interface AlteredAnswer {
  readonly status: number
  readonly body: AnyJson
}

type Forward = (changes?: Partial<AlteredRequest>) => Promise<AlteredAnswer>

export interface AlteredAzure {
  readonly url: string
  close(): Promise<void>
}

/** Stands before the double and behaves otherwise: for what Azure may do and the double has no switch for. */
export async function startAlteredAzure(
  target: string,
  answer: (request: AlteredRequest, forward: Forward) => Promise<AlteredAnswer>,
): Promise<AlteredAzure> {
  const server = createServer(async (incoming, response) => {
    const url = new URL(incoming.url ?? '/', target)
    const text = (await incoming.toArray()).join('')
    const request = {
      method: incoming.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      body: text === '' ? undefined : JSON.parse(text),
    }
    const { status, body } = await answer(request, (changes) => forward(target, { ...request, ...changes }))
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(body === undefined ? '' : JSON.stringify(body))
  })
  const port = await listenOnLoopback(server)
  return { url: `http://127.0.0.1:${port}`, close: () => closeServer(server) }
}

async function forward(
  target: string,
  { method, path, query, body }: AlteredRequest,
): Promise<AlteredAnswer> {
  const response = await fetch(`${target}${path}?${query}`, {
    method,
    headers: { authorization: 'Bearer a-token', 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
}

export function refusal(message: string): AlteredAnswer {
  return { status: 400, body: { error: { code: 'UserError', message, details: [], additionalInfo: [] } } }
}

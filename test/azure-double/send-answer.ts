import { randomBytes, randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import type { AzureAnswer, Plane } from './azure-call.ts'

interface SendContext {
  method: string
  plane: Plane
  acceptsGzip: boolean
  startedAt: number
  rateLimits: RateLimits
}

const budgets = { reads: 12_000, writes: 1_200, deletes: 15_000 }

/** What is left of ARM's budgets, only to be told: nothing is refused for them. */
export class RateLimits {
  readonly #used = { reads: 0, writes: 0, deletes: 0 }

  take(method: string): [header: string, left: string] {
    const kind = method === 'GET' || method === 'HEAD' ? 'reads' : method === 'DELETE' ? 'deletes' : 'writes'
    this.#used[kind] = (this.#used[kind] + 1) % budgets[kind]
    return [`x-ms-ratelimit-remaining-subscription-${kind}`, `${budgets[kind] - this.#used[kind]}`]
  }
}

export const sendAnswer = (response: ServerResponse, answer: AzureAnswer, context: SendContext): void => {
  const json = 'body' in answer ? Buffer.from(JSON.stringify(answer.body)) : undefined
  // As recorded: what is read or changed comes packed, what is new or wrong does not.
  const isPacked = json !== undefined && answer.status === 200 && context.acceptsGzip
  const bytes = isPacked ? gzipSync(json, { level: 1 }) : json
  response.writeHead(answer.status, {
    ...commonHeaders(context, answer.status),
    ...(json === undefined ? {} : { 'Content-Type': 'application/json; charset=utf-8' }),
    ...(isPacked ? { 'Content-Encoding': 'gzip' } : {}),
    ...(context.method === 'GET' || isPacked ? { Vary: 'Accept-Encoding' } : {}),
    'Content-Length': `${bytes?.length ?? 0}`,
    ...answer.headers,
  })
  response.end(bytes)
}

const commonHeaders = ({ method, plane, startedAt, rateLimits }: SendContext, status: number) => ({
  'Request-Context': 'appId=cid-v1:00000000-0000-0000-0000-000000000000',
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
  'x-aml-cluster': 'vienna-double-01',
  'x-ms-response-type': status >= 400 ? 'error' : 'standard',
  'x-request-time': ((performance.now() - startedAt) / 1000).toFixed(3),
  ...(status <= 201 ? { 'Server-Timing': serverTiming() } : {}),
  ...(plane === 'arm' ? gatewayHeaders(method, rateLimits) : {}),
})

const serverTiming = (): string =>
  `traceparent;desc="00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01"`

const gatewayHeaders = (method: string, rateLimits: RateLimits): Record<string, string> => {
  const id = randomUUID()
  const [header, left] = rateLimits.take(method)
  const time = new Date().toISOString().replace(/[-:]|\.\d+/g, '')
  return {
    'Cache-Control': 'no-cache',
    Pragma: 'no-cache',
    Expires: '-1',
    'x-ms-request-id': id,
    'x-ms-correlation-request-id': id,
    'x-ms-routing-request-id': `EASTUS2:${time}:${id}`,
    [header]: left,
  }
}

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AnyJson } from '../environment/any-json.ts'
import type { DoubleResponse } from './double-client.ts'

const folder = join(process.env.MODELGATE_SHARED ?? '../shared', 'backends/azure-ml/recordings')

/** Without the recordings, the tests that replay them have nothing to say. */
export const hasRecordings = existsSync(folder)

export interface RecordedExchange {
  RequestUri: string
  RequestMethod: string
  RequestHeaders: Record<string, string>
  RequestBody: unknown
  StatusCode: number
  ResponseHeaders: Record<string, string | string[]>
  ResponseBody: AnyJson
}

export interface Recording {
  name: string
  text: string
  exchanges: RecordedExchange[]
}

export const readRecordings = (): Recording[] => {
  if (!hasRecordings) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => {
      const text = readFileSync(join(folder, name), 'utf8')
      return { name, text, exchanges: (JSON.parse(text) as { Entries: RecordedExchange[] }).Entries }
    })
}

/** What of an answer must be the same: all of it, but for times, ids made at random, and places. */
export const comparable = (value: unknown): unknown => JSON.parse(comparableText(JSON.stringify(value)))

const comparableText = (text: string): string =>
  text
    .replace(/https:\/\/management\.azure\.com|http:\/\/127\.0\.0\.1:\d+/g, '<origin>')
    // Seven digits at most, and no zero at the end: any other writing stays as it is, and is a difference.
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{0,6}[1-9])?\+00:00/g, '<time>')
    .replace(/(skipToken=)[\w%]{100,}/g, '$1<token>')
    .replace(/(ServiceReplicated\/)[0-9a-f-]{36}/g, '$1<guid>')
    .replace(/"(operation|request)":"[0-9a-f]{16,32}"/g, '"$1":"<id>"')
    .replace(/("type":"(?:Environment|Location)","info":\{"value":)"\w+"/g, '$1"<region>"')

/** The order of keys as well, which `toEqual` does not look at. */
export const keysInOrder = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_, part) =>
    typeof part === 'object' && part !== null && !Array.isArray(part) ? Object.entries(part) : part,
  )

/** Headers that a client may go by; the others tell of the network between. */
const meaningful = [
  'content-type',
  'content-encoding',
  'location',
  'azure-asyncoperation',
  'etag',
  'retry-after',
  'cache-control',
  'pragma',
  'expires',
  'strict-transport-security',
  'x-content-type-options',
  'request-context',
  'x-aml-cluster',
  'x-request-time',
  'x-ms-async-operation-timeout',
  'x-ms-correlation-request-id',
  'x-ms-failure-cause',
  'x-ms-response-type',
  'x-ms-routing-request-id',
  'x-ms-ratelimit-remaining-subscription-reads',
  'x-ms-ratelimit-remaining-subscription-writes',
  'x-ms-ratelimit-remaining-subscription-deletes',
]

const sameValue = new Set([
  'content-type',
  'cache-control',
  'pragma',
  'expires',
  'x-ms-response-type',
  'location',
])

/** The meaningful headers that are there; with their values where these do not change from day to day. */
const comparableHeaders = (get: (name: string) => string | null): Record<string, string> =>
  Object.fromEntries(
    meaningful.flatMap((name) => {
      const value = get(name)
      return value === null ? [] : [[name, sameValue.has(name) ? comparableText(value) : '<any>']]
    }),
  )

export const headersOfRecording = ({ ResponseHeaders }: RecordedExchange) => {
  const lower = new Map(Object.entries(ResponseHeaders).map(([name, value]) => [name.toLowerCase(), value]))
  return comparableHeaders((name) => [lower.get(name) ?? null].flat()[0] ?? null)
}

export const headersOfDouble = ({ headers }: DoubleResponse) => comparableHeaders((name) => headers.get(name))

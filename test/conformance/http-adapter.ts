import { type Call, RegistryError, type RegistryErrorCode } from '../../src/contract/index.ts'
import { createAskingAdapter } from './asking-adapter.ts'

/** What the adapters of the tests send along, and none of them may tell. */
export const secretToken = 'a-token-that-nobody-may-see'

export interface HttpAnswer {
  readonly status: number
  readonly text: string
  readonly retryAfter: string | null
}

/** How an adapter takes what its backend says. */
export interface HttpManners {
  /** Of a connection that fails, before or in the middle of an answer. */
  readonly ofConnection: (cause: unknown, call: Call) => unknown
  /** Of any answer; `null` where it is good. */
  readonly ofAnswer: (answer: HttpAnswer) => unknown
  /** Of the signal only as long as the head of the answer is awaited. */
  readonly forgetsSignal: boolean
  /** More bytes than that are not read. */
  readonly mostBytes: number
}

const codes: Readonly<Record<number, RegistryErrorCode>> = {
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'UNSUPPORTED',
  429: 'RATE_LIMITED',
  502: 'REGISTRY_UNAVAILABLE',
  503: 'REGISTRY_UNAVAILABLE',
  504: 'REGISTRY_UNAVAILABLE',
}

export const goodManners: HttpManners = {
  ofConnection: (cause, { signal }) =>
    new RegistryError(
      signal.aborted ? 'REGISTRY_TIMEOUT' : 'REGISTRY_UNAVAILABLE',
      'The registry is out of reach.',
      { cause, nothingWritten: JSON.stringify(cause, ['cause', 'code']).includes('ECONNREFUSED') },
    ),
  ofAnswer({ status, text, retryAfter }) {
    const isGood = status === 200 && /^\s*\{.*\}\s*$/s.test(text)
    return isGood ? null : toError(codes[status] ?? 'REGISTRY_ERROR', status, retryAfter)
  },
  forgetsSignal: false,
  mostBytes: 1024 * 1024,
}

export function toError(
  code: RegistryErrorCode,
  status: number,
  retryAfter: string | null = null,
): RegistryError {
  const retryAfterMs = retryAfter === null ? null : Number(retryAfter) * 1000
  return new RegistryError(code, `The registry answered with HTTP ${status}.`, { retryAfterMs })
}

/** Asks whatever is at the URL, which never answers anything that an adapter could use. */
export function createHttpAdapter(url: string, manners: Partial<HttpManners> = {}) {
  const { ofConnection, ofAnswer, ...reading } = { ...goodManners, ...manners }
  const closing = new AbortController()
  const ask = async (call: Call): Promise<never> => {
    const signal = AbortSignal.any([call.signal, closing.signal])
    if (call.signal.aborted) throw ofConnection(call.signal.reason, call)
    call.countRequest()
    const answer = await read(url, signal, reading).catch((cause: unknown) => {
      throw RegistryError.is(cause) ? cause : ofConnection(cause, call)
    })
    const error = ofAnswer(answer)
    if (error !== null) throw error
    return [] as never
  }
  return createAskingAdapter(ask, () => closing.abort())
}

async function read(
  url: string,
  signal: AbortSignal,
  { forgetsSignal, mostBytes }: Pick<HttpManners, 'forgetsSignal' | 'mostBytes'>,
): Promise<HttpAnswer> {
  const headAwaited = new AbortController()
  const forward = () => headAwaited.abort(signal.reason)
  if (signal.aborted) forward()
  signal.addEventListener('abort', forward)
  const headers = { authorization: `Bearer ${secretToken}` }
  const response = await fetch(url, { signal: headAwaited.signal, headers })
  if (forgetsSignal) signal.removeEventListener('abort', forward)
  const retryAfter = response.headers.get('retry-after')
  return { status: response.status, text: await readText(response, mostBytes), retryAfter }
}

async function readText({ body }: Response, mostBytes: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body ?? []) {
    size += chunk.length
    if (size > mostBytes) throw new RegistryError('REGISTRY_ERROR', 'The registry sent too much.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

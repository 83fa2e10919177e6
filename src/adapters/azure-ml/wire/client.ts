import type { TokenCredential } from '@azure/core-auth'
import { beforeFirstWrite, type Call, RegistryError } from '../../../contract/index.ts'
import { parseJsonObject } from '../../http/parse-json.ts'
import { ProxyRefusal } from '../../http/proxy-error.ts'
import { sendAgainWhenStale, type Way } from '../../http/stale-connection.ts'
import { toTransportError } from '../../http/transport-error.ts'
import { Turns } from '../../http/turns.ts'
import { leadsOut } from '../../http/way-out.ts'
import type { AzureConfig } from '../config.ts'
import { findAzureProxy } from './agents.ts'
import type { AzureAnswer } from './azure-answer.ts'
import { toCloud } from './cloud.ts'
import { toAzureError } from './errors.ts'
import { type Place, toPlace } from './place.ts'
import { type AzureRequest, createSend, type Send } from './send.ts'
import { Tokens } from './tokens.ts'
import type { Wire } from './wire.ts'

type Query = Readonly<Record<string, string>>
type Unsigned = Omit<AzureRequest, 'token' | 'way'>
type Signed = Omit<AzureRequest, 'way'>

/** Speaks Resource Manager's dialect: JSON objects in, JSON objects or a {@link RegistryError} out. */
export class AzureClient {
  readonly #send: Send
  readonly #tokens: Tokens | string
  readonly #endpoint: string
  readonly #apiVersion: string
  readonly #place: Place
  readonly #turns: Turns
  readonly #proxy: URL | null
  readonly #closing = new AbortController()

  /** @param credential `null`: the configuration has the token. */
  constructor(config: AzureConfig, credential: TokenCredential | null) {
    const { auth, endpoint, apiVersion, connections } = config
    this.#send = createSend(config)
    this.#tokens =
      credential === null
        ? (typeof auth === 'object' && auth.token) || ''
        : new Tokens(credential, toCloud(config).scope)
    this.#endpoint = endpoint.replace(/\/+$/, '')
    this.#apiVersion = apiVersion
    this.#place = toPlace(config)
    this.#turns = new Turns(connections)
    this.#proxy = findAzureProxy(new URL(endpoint))
  }

  /** Nothing is written by it, whatever becomes of it. */
  async get(path: string, call: Call, query: Query = {}): Promise<Wire> {
    return parseJsonObject(
      await this.#request({ method: 'GET', url: this.#toUrl(path, query), body: undefined }, call),
    )
  }

  /** A link that Azure gave, as it stands. The token goes nowhere but to the endpoint. */
  async follow(link: string, call: Call): Promise<AzureAnswer> {
    if (isBelow(this.#endpoint, link)) {
      return this.#request({ method: 'GET', url: link, body: undefined }, call)
    }
    throw new RegistryError(
      'REGISTRY_ERROR',
      'The registry sent a link that leads away from its endpoint; it was not followed. Set endpoint to the address that Azure itself uses.',
      { nothingWritten: true },
    )
  }

  /** Sent once, and once more where the token was refused. */
  write(method: 'PUT' | 'POST' | 'DELETE', path: string, body: unknown, call: Call): Promise<AzureAnswer> {
    return this.#request({ method, url: this.#toUrl(path, {}), body }, call)
  }

  async close(): Promise<void> {
    this.#closing.abort()
  }

  #toUrl(path: string, query: Query): string {
    return `${this.#endpoint}${path}?${new URLSearchParams({ 'api-version': this.#apiVersion, ...query })}`
  }

  #request(request: Unsigned, call: Call): Promise<AzureAnswer> {
    const answer = this.#answer(request, call)
    return request.method === 'GET' ? beforeFirstWrite(answer) : answer
  }

  async #answer(request: Unsigned, call: Call): Promise<AzureAnswer> {
    const answer = await this.#withToken(request, call)
    if (answer.status >= 200 && answer.status < 300) return answer
    throw toAzureError(answer, this.#place)
  }

  async #withToken(request: Unsigned, call: Call): Promise<AzureAnswer> {
    this.#assertOpen(call)
    const tokens = this.#tokens
    if (typeof tokens === 'string') return this.#sendOnce({ ...request, token: tokens }, call)
    const token = await this.#untilClosed(call, (signal) => tokens.get(signal))
    const answer = await this.#sendOnce({ ...request, token }, call)
    if (answer.status !== 401 || isNoMatterOfTokens(answer)) return answer
    const claims = readClaims(answer)
    const fresh = await this.#untilClosed(call, (signal) => tokens.replace(token, claims, signal))
    return fresh === null ? answer : this.#sendOnce({ ...request, token: fresh }, call)
  }

  /** For what is asked before anything is sent. */
  async #untilClosed<T>(call: Call, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    try {
      return await work(AbortSignal.any([call.signal, this.#closing.signal]))
    } catch (error) {
      if (this.#closing.signal.aborted && !call.signal.aborted) throw closed(error, true)
      throw error
    }
  }

  async #sendOnce(request: Signed, call: Call): Promise<AzureAnswer> {
    const signal = AbortSignal.any([call.signal, this.#closing.signal])
    let sent = false
    try {
      const send = async (way: Way) => {
        this.#assertOpen(call)
        call.countRequest()
        sent = true
        return this.#send({ ...request, way }, call, signal)
      }
      // A write has a connection of its own: it could not be said whether a stale one has taken it along.
      return await this.#turns.run(signal, () =>
        request.method === 'GET' ? sendAgainWhenStale(signal, send) : send('fresh'),
      )
    } catch (error) {
      if (this.#closing.signal.aborted && !call.signal.aborted)
        throw closed(error, request.method === 'GET' || !sent)
      const unsent = !sent || request.method === 'GET' || isBeforeSending(error)
      throw toTransportError(error, call.signal, unsent, this.#proxy)
    }
  }

  #assertOpen({ signal }: Call): void {
    if (signal.aborted) throw toTransportError(signal.reason, signal, true)
    if (this.#closing.signal.aborted) throw closed(this.#closing.signal.reason, true)
  }
}

/** A proxy may guard the path below which the endpoint answers. */
function isBelow(endpoint: string, link: string): boolean {
  if (!URL.canParse(link)) return false
  const [base, target] = [new URL(endpoint), new URL(link)]
  const prefix = base.pathname.replace(/\/*$/, '/')
  return target.origin === base.origin && target.pathname.startsWith(prefix) && !leadsOut(target.pathname)
}

function closed(cause: unknown, nothingWritten: boolean): RegistryError {
  const words = 'The connection to the registry is closed.'
  return new RegistryError('REGISTRY_UNAVAILABLE', words, { cause, nothingWritten, retryable: false })
}

/** There was no connection to send anything over. */
function isBeforeSending(error: unknown): boolean {
  if (error instanceof ProxyRefusal) return true
  const code = String((error as { readonly code?: unknown } | null)?.code ?? '')
  return /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$|CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS_/.test(
    code,
  )
}

/** The 401 that no token cures. */
function isNoMatterOfTokens({ text }: AzureAnswer): boolean {
  return text.includes('is not allowed to access registry')
}

/** What a conditional-access policy wants to see in the next token. */
function readClaims({ headers }: AzureAnswer): string | null {
  const encoded = /\bclaims="?([A-Za-z0-9+/=_-]+)"?/.exec(headers['www-authenticate'] ?? '')?.[1]
  return encoded === undefined ? null : Buffer.from(encoded, 'base64').toString('utf8')
}

import { Readable } from 'node:stream'
import { type buildConnector, type Dispatcher, Pool } from 'undici'
import { type Call, maskTexts, type RegistryError } from '../../contract/index.ts'
import { untilAborted } from '../../timing/until-aborted.ts'
import { AnswerBodies, largeFrom, type SmallBody } from './answer-bodies.ts'
import { countAnswer, largestAnswer, largestRefusal } from './answer-size.ts'
import type { AuthConfig, TlsConfig } from './connection-config.ts'
import { authHeaders, secretsOf } from './credentials.ts'
import { exchange, type Response } from './exchange.ts'
import type { AnswerBody, HttpAnswer, HttpRequest, HttpWrite } from './http-message.ts'
import { proxySecrets } from './proxy.ts'
import { readRefusal } from './read-body.ts'
import { ReceivedAnswer } from './received-answer.ts'
import { findRoute } from './route.ts'
import { ShareOfThread } from './share-of-thread.ts'
import { sendAgainWhenStale, type Way, watchForStaleness } from './stale-connection.ts'
import { toTransportError } from './transport-error.ts'
import { refuseWayOut } from './way-out.ts'

export interface HttpConnectionOptions {
  readonly url: string
  readonly auth?: AuthConfig | undefined
  readonly tls?: TlsConfig | undefined
  readonly host?: string | undefined
  readonly connections: number
  /** How long a connection is kept while nothing is sent; 4 s when left out. */
  readonly keepAliveMs?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Of one answer; files may be of any size. */
  readonly maxBodyBytes?: number
}

/** By whichever way it came. */
type AnyResponse = Omit<Response, 'body'> & {
  readonly body: AsyncIterable<unknown> & SmallBody
}

type RequestOptions = Omit<Dispatcher.RequestOptions, 'origin' | 'path' | 'signal'>

/**
 * Connections to one server: kept alive for reads, a new one for each write, as an old one may turn out to be closed
 * when it is too late to say whether the server has seen the write. It never follows a redirect: that could carry
 * credentials to another host.
 */
export class HttpConnection {
  readonly #pools: Readonly<Record<Way, Pool>>
  /** Files may be under way for hours, as slowly as whoever is at their other end. */
  readonly #filePools: Readonly<Record<Way, Pool>>
  readonly #proxy: URL | null
  readonly #prefix: string
  readonly #headers: Readonly<Record<string, string>>
  /** Of reads, without and with a body. */
  readonly #readHeaders: Readonly<Record<string, string>>
  readonly #queryHeaders: Readonly<Record<string, string>>
  readonly #secrets: readonly string[]
  readonly #maxBodyBytes: number
  /** Of an answer that says how long it is, and is read at once. */
  readonly #smallUpTo: number
  /** Of an answer that is told once it is all here: of one that says what went wrong no more is waited for. */
  readonly #wholeUpTo: number
  readonly #share = new ShareOfThread()
  readonly #bodies = new AnswerBodies(this.#share)
  /** What was thrown before there was a connection, over which nothing was sent then. */
  readonly #connectErrors = new WeakSet<Error>()

  constructor(options: HttpConnectionOptions) {
    const route = findRoute(options.url, options.tls)
    this.#proxy = route.proxy
    this.#prefix = route.prefix
    this.#headers = {
      ...route.headers,
      ...options.headers,
      ...authHeaders(options.auth),
      ...(options.host === undefined ? {} : { host: options.host }),
    }
    this.#readHeaders = { accept: 'application/json', ...this.#headers }
    this.#queryHeaders = { ...this.#readHeaders, 'content-type': 'application/json', ...this.#headers }
    this.#secrets = [...secretsOf(options.auth), ...proxySecrets(route.proxy)]
    this.#maxBodyBytes = options.maxBodyBytes ?? largestAnswer
    this.#smallUpTo = Math.min(this.#maxBodyBytes, largeFrom)
    this.#wholeUpTo = Math.min(this.#smallUpTo, largestRefusal)
    const connect = this.#watching(route.connect)
    const keepAliveMs = options.keepAliveMs ?? 4000
    const poolOptions: Pool.Options = {
      allowH2: false,
      // Every call brings its own deadline.
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: keepAliveMs,
      keepAliveMaxTimeout: keepAliveMs,
      connect,
    }
    const openPools = (connections: number | null) => ({
      kept: new Pool(route.origin, { ...poolOptions, connections }),
      fresh: new Pool(route.origin, { ...poolOptions, connections, pipelining: 0 }),
    })
    this.#pools = openPools(options.connections)
    // Copies have slots of their own.
    this.#filePools = openPools(null)
  }

  async send({ method, path, json }: HttpRequest, call: Call): Promise<HttpAnswer> {
    const hasBody = json !== undefined
    const options = {
      method,
      path: this.#prefix + path,
      headers: hasBody ? this.#queryHeaders : this.#readHeaders,
      body: hasBody ? JSON.stringify(json) : null,
    }
    const wholeUpTo = this.#wholeUpTo
    try {
      const response = await sendAgainWhenStale(call.signal, (way) => {
        const send = () => exchange(this.#pools[way], options, { signal: call.signal, wholeUpTo })
        const turn = this.#prepare(path, call)
        return turn === null ? send() : turn.then(send)
      })
      const answer = this.#toAnswer(response, call)
      return answer instanceof Promise ? await answer : answer
    } catch (error) {
      throw this.#toError(error, call, false)
    }
  }

  /** Sent once, whatever comes of it; where the connection broke before anything was sent, over another one. */
  write(write: HttpWrite, call: Call): Promise<HttpAnswer> {
    return this.#write(this.#pools.fresh, write, call)
  }

  /** A write of a file, which takes no connection away from all others. */
  upload(write: HttpWrite, call: Call): Promise<HttpAnswer> {
    return this.#write(this.#filePools.fresh, write, call)
  }

  async #write(pool: Pool, { method, path, body }: HttpWrite, call: Call): Promise<HttpAnswer> {
    let sending = false
    const bytes = async function* () {
      sending = true
      yield* body.bytes
    }
    const length = body.length === null ? {} : { 'content-length': String(body.length) }
    const headers = { accept: 'application/json', 'content-type': body.contentType, ...length }
    // The bytes are asked for when there is a connection to send them over, and the head goes with the first.
    const send = () => this.#request(pool, path, { method, headers, body: Readable.from(bytes()) }, call)
    try {
      const response = await send().catch((error: unknown) => {
        if (sending || !brokeOff(error) || call.signal.aborted) throw error
        return send()
      })
      return await this.#toAnswer(toResponse(response), call)
    } catch (error) {
      throw this.#toError(error, call, !sending)
    }
  }

  /** The bytes of a body of any size, no faster than they are taken. `toError` judges an answer that is not 2xx. */
  async download(
    path: string,
    toError: (answer: HttpAnswer) => RegistryError,
    call: Call,
  ): Promise<AsyncIterable<Uint8Array>> {
    const options = { method: 'GET', headers: { accept: '*/*' } } as const
    try {
      const response = await sendAgainWhenStale(call.signal, (way) =>
        this.#request(this.#filePools[way], path, options, call),
      )
      if (response.statusCode !== 200) throw toError(await this.#toAnswer(toResponse(response), call))
      return this.#bytesOf(response, call)
    } catch (error) {
      throw this.#toError(error, call, false)
    }
  }

  async close(): Promise<void> {
    const pools = [this.#pools, this.#filePools].flatMap(({ kept, fresh }) => [kept, fresh])
    await Promise.all(pools.map((pool) => pool.destroy()))
  }

  async #request(
    pool: Pool,
    path: string,
    options: RequestOptions,
    call: Call,
  ): Promise<Dispatcher.ResponseData> {
    await this.#prepare(path, call)
    const response = pool.request({
      ...options,
      path: this.#prefix + path,
      headers: { ...(options.headers as Record<string, string>), ...this.#headers },
      signal: call.signal,
    })
    // The pool itself heeds the signal of a request only once there is a connection for it.
    return untilAborted(response, call.signal)
  }

  /** Null: it need not wait for its turn. @throws at once what forbids it, and the signal's reason. */
  #prepare(path: string, call: Call): Promise<void> | null {
    call.signal.throwIfAborted()
    refuseWayOut(path)
    const turn = this.#share.takeRequest(call, call.signal)
    if (turn !== null) return turn.then(() => call.countRequest())
    call.countRequest()
    return null
  }

  #toAnswer(response: AnyResponse, call: Call): HttpAnswer | Promise<HttpAnswer> {
    const { status, headers } = response
    const head = {
      status,
      contentType: String(headers['content-type'] ?? ''),
      retryAfter: headers['retry-after']?.toString() ?? null,
      date: headers.date,
      proxy: this.#proxy,
    }
    const isRefusal = status < 200 || status > 299
    const body = isRefusal ? this.#readRefusal(response, call) : this.#readBody(response, call)
    return body instanceof Promise
      ? body.then((read) => new ReceivedAnswer(head, read))
      : new ReceivedAnswer(head, body)
  }

  /** Without the secrets that some repeat there. */
  async #readRefusal({ body }: AnyResponse, call: Call): Promise<AnswerBody> {
    const text = maskTexts(await readRefusal(body), this.#secrets)
    countAnswer(call, text.length)
    return { text }
  }

  #readBody({ headers, body }: AnyResponse, call: Call): AnswerBody | Promise<AnswerBody> {
    const declared = Number(headers['content-length'] ?? Number.NaN)
    const limits = { call, maxBytes: this.#maxBodyBytes, signal: call.signal }
    return declared <= this.#smallUpTo
      ? this.#bodies.readSmall(body, limits)
      : this.#bodies.read(body, limits)
  }

  async *#bytesOf({ body }: Dispatcher.ResponseData, call: Call): AsyncGenerator<Uint8Array> {
    try {
      for await (const bytes of body as AsyncIterable<Uint8Array>) {
        await this.#share.takeOfFile(bytes.length, call.signal)
        yield bytes
      }
    } catch (error) {
      throw this.#toError(error, call, false)
    }
  }

  #toError(error: unknown, call: Call, unsent: boolean): RegistryError {
    const nothingWritten = unsent || (error instanceof Error && this.#connectErrors.has(error))
    return toTransportError(error, call.signal, nothingWritten, this.#proxy)
  }

  #watching(connect: buildConnector.connector): buildConnector.connector {
    return (options, callback) =>
      connect(options, (...[error, socket]) => {
        if (error === null) {
          watchForStaleness(socket)
          return callback(null, socket)
        }
        this.#connectErrors.add(error)
        callback(error, null)
      })
  }
}

/** While the connection was made; another try can find the way open. */
function brokeOff(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE')
}

function toResponse({ statusCode, headers, body }: Dispatcher.ResponseData): AnyResponse {
  const all = async () => [await body.bytes()]
  return {
    status: statusCode,
    headers,
    body: { all, [Symbol.asyncIterator]: () => body[Symbol.asyncIterator]() },
  }
}

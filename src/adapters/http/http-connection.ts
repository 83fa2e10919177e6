import { Pool } from 'undici'
import type { Call } from '../../contract/index.ts'
import type { AuthConfig, TlsConfig } from './connection-config.ts'
import { readBody } from './read-body.ts'
import { closedWhileIdle, toTransportError } from './transport-error.ts'

export interface HttpConnectionOptions {
  readonly url: string
  readonly auth?: AuthConfig | undefined
  readonly tls?: TlsConfig | undefined
  readonly host?: string | undefined
  readonly connections: number
  readonly headers?: Readonly<Record<string, string>>
  readonly maxBodyBytes?: number
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST'
  /** Below the path of the connection's URL, with its query. */
  readonly path: string
  readonly json?: unknown
}

export interface HttpAnswer {
  readonly status: number
  readonly contentType: string
  readonly retryAfter: string | null
  readonly text: string
}

/**
 * One pool of kept-alive connections to one server. Every request is a read. It never follows a redirect: that
 * could carry credentials to another host.
 */
export class HttpConnection {
  readonly #pool: Pool
  readonly #prefix: string
  readonly #headers: Readonly<Record<string, string>>
  readonly #maxBodyBytes: number

  constructor(options: HttpConnectionOptions) {
    const url = new URL(options.url)
    this.#prefix = url.pathname.replace(/\/+$/, '')
    this.#headers = {
      ...options.headers,
      ...authHeaders(options.auth),
      ...(options.host === undefined ? {} : { host: options.host }),
    }
    this.#maxBodyBytes = options.maxBodyBytes ?? 128 * 1024 * 1024
    this.#pool = new Pool(url.origin, {
      connections: options.connections,
      allowH2: false,
      // Every call brings its own deadline.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: { timeout: 0, ...tlsOptions(options.tls) },
    })
  }

  async send(request: HttpRequest, call: Call): Promise<HttpAnswer> {
    try {
      return await this.#sendOnce(request, call)
    } catch (error) {
      // The server ended a connection that had been idle while the request was on its way: it has seen nothing of
      // it, and says nothing about the server's health.
      if (!closedWhileIdle(error) || call.signal.aborted) throw toTransportError(error, call.signal)
    }
    try {
      return await this.#sendOnce(request, call)
    } catch (error) {
      throw toTransportError(error, call.signal)
    }
  }

  async #sendOnce(request: HttpRequest, call: Call): Promise<HttpAnswer> {
    call.signal.throwIfAborted()
    call.countRequest()
    const response = await this.#pool.request({
      method: request.method,
      path: this.#prefix + request.path,
      headers: {
        accept: 'application/json',
        ...(request.json === undefined ? {} : { 'content-type': 'application/json' }),
        ...this.#headers,
      },
      body: request.json === undefined ? null : JSON.stringify(request.json),
      signal: call.signal,
    })
    return {
      status: response.statusCode,
      contentType: String(response.headers['content-type'] ?? ''),
      retryAfter: response.headers['retry-after']?.toString() ?? null,
      text: await readBody(response, this.#maxBodyBytes),
    }
  }

  close(): Promise<void> {
    return this.#pool.destroy()
  }
}

function authHeaders(auth: AuthConfig | undefined): Record<string, string> {
  if (auth?.basic) {
    const { username, password } = auth.basic
    return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` }
  }
  if (auth?.bearer !== undefined) return { authorization: `Bearer ${auth.bearer}` }
  return auth?.headers ?? {}
}

function tlsOptions(tls: TlsConfig | undefined) {
  return {
    ...(tls?.ca === undefined ? {} : { ca: tls.ca }),
    ...(tls?.cert === undefined ? {} : { cert: tls.cert }),
    ...(tls?.key === undefined ? {} : { key: tls.key }),
    ...(tls?.servername === undefined ? {} : { servername: tls.servername }),
    ...(tls?.insecureSkipVerify === true ? { rejectUnauthorized: false } : {}),
  }
}

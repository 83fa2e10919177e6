import { EventEmitter, once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'

export interface LoggedRequest {
  method: string
  path: string
  query: URLSearchParams
  headers: IncomingMessage['headers']
  body: string
  /** `performance.now()` of this process, as are the other times. */
  receivedAt: number
  /** When the client went away before it had its answer. */
  abortedAt?: number
}

/** What a proxy or stub was asked, in the order of arrival. */
export class RequestLog {
  readonly requests: LoggedRequest[] = []
  readonly #changes = new EventEmitter()

  record(request: IncomingMessage, response: ServerResponse): LoggedRequest {
    const url = new URL(request.url ?? '/', 'http://loopback')
    const logged: LoggedRequest = {
      method: request.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body: '',
      receivedAt: performance.now(),
    }
    this.requests.push(logged)
    this.#changes.emit('change')
    response.once('close', () => {
      if (response.writableFinished) return
      logged.abortedAt = performance.now()
      this.#changes.emit('change')
    })
    return logged
  }

  /** How many requests there were, of those whose path ends so. */
  count(pathEnd = ''): number {
    return this.requests.filter((request) => request.path.endsWith(pathEnd)).length
  }

  countByPath(): Record<string, number> {
    const counts: Record<string, number> = {}
    for (const { path } of this.requests) counts[path] = (counts[path] ?? 0) + 1
    return counts
  }

  get aborted(): LoggedRequest[] {
    return this.requests.filter((request) => request.abortedAt !== undefined)
  }

  /** Resolves as soon as the log is as wanted. */
  async until(wanted: (log: RequestLog) => boolean, timeoutMs = 5_000): Promise<void> {
    const signal = AbortSignal.timeout(timeoutMs)
    while (!wanted(this)) await once(this.#changes, 'change', { signal })
  }

  reset(): void {
    this.requests.length = 0
  }
}

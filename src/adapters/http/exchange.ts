import type { IncomingHttpHeaders } from 'node:http'
import { type Dispatcher, errors } from 'undici'
import { IncomingBody, type Inflow } from './incoming-body.ts'

/** The head of an answer, and its body as it comes. */
export interface Response {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: IncomingBody
}

/**
 * Sends a request, and leaves it as soon as the signal fires, with or without a connection. Beside `Pool.request` it
 * makes no stream for an answer that is small, which costs more than all else that a small answer takes: who asked goes
 * on once, with all of it.
 *
 * @param wholeUpTo bytes, of an answer that says how long it is and is small enough for that.
 * @throws the signal's reason.
 */
export function exchange(
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
  { signal, wholeUpTo }: { readonly signal: AbortSignal; readonly wholeUpTo: number },
): Promise<Response> {
  if (signal.aborted) return Promise.reject(signal.reason)
  return new Promise((resolve, reject) => {
    dispatcher.dispatch(options, new Exchange({ resolve, reject }, signal, wholeUpTo))
  })
}

interface Waiting {
  resolve(response: Response): void
  reject(reason: unknown): void
}

class Exchange implements Dispatcher.DispatchHandler {
  readonly #waiting: Waiting
  readonly #signal: AbortSignal
  readonly #wholeUpTo: number
  #controller: Dispatcher.DispatchController | null = null
  #response: Response | null = null

  constructor(waiting: Waiting, signal: AbortSignal, wholeUpTo: number) {
    this.#waiting = waiting
    this.#signal = signal
    this.#wholeUpTo = wholeUpTo
    signal.addEventListener('abort', this.#leave)
  }

  readonly #leave = () => {
    const { reason } = this.#signal
    this.#fail(reason)
    this.#controller?.abort(reason)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    // It waited for a connection for longer than anybody waited for it.
    if (this.#signal.aborted) controller.abort(this.#signal.reason)
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    if (status < 200) return
    // Nothing longer than declared arrives.
    const comesWhole = Number(headers['content-length'] ?? Number.NaN) <= this.#wholeUpTo
    const body = new IncomingBody(new InflowOf(controller), comesWhole)
    this.#response = { status, headers, body }
    if (!comesWhole) this.#waiting.resolve(this.#response)
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#response?.body.add(chunk)
  }

  onResponseEnd(): void {
    this.#signal.removeEventListener('abort', this.#leave)
    if (this.#response === null) return
    this.#response.body.end()
    this.#waiting.resolve(this.#response)
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#fail(error)
  }

  /** What broke off within its body is told to who reads that: an answer had begun. */
  #fail(reason: unknown): void {
    this.#signal.removeEventListener('abort', this.#leave)
    if (this.#response === null) this.#waiting.reject(reason)
    else {
      this.#response.body.fail(reason)
      this.#waiting.resolve(this.#response)
    }
  }
}

class InflowOf implements Inflow {
  readonly #controller: Dispatcher.DispatchController

  constructor(controller: Dispatcher.DispatchController) {
    this.#controller = controller
  }

  pause(): void {
    this.#controller.pause()
  }

  resume(): void {
    this.#controller.resume()
  }

  leave(): void {
    this.#controller.abort(new errors.RequestAbortedError())
  }
}

import type { IncomingHttpHeaders } from 'node:http'
import { type Dispatcher, errors } from 'undici'
import { IncomingBody } from './incoming-body.ts'

/** The head of an answer, and its body as it comes. */
export interface Response {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: IncomingBody
}

/**
 * Sends a request, and leaves it as soon as the signal fires, with or without a connection. Beside `Pool.request` it
 * makes no stream for an answer that is small, which costs more than all else that a small answer takes.
 *
 * @throws the signal's reason.
 */
export function exchange(
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
  signal: AbortSignal,
): Promise<Response> {
  if (signal.aborted) return Promise.reject(signal.reason)
  const { promise, resolve, reject } = Promise.withResolvers<Response>()
  dispatcher.dispatch(options, new Exchange({ resolve, reject }, signal))
  return promise
}

interface Waiting {
  resolve(response: Response): void
  reject(reason: unknown): void
}

class Exchange implements Dispatcher.DispatchHandler {
  readonly #waiting: Waiting
  readonly #signal: AbortSignal
  #controller: Dispatcher.DispatchController | null = null
  #body: IncomingBody | null = null

  constructor(waiting: Waiting, signal: AbortSignal) {
    this.#waiting = waiting
    this.#signal = signal
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
    this.#body = new IncomingBody({
      pause: () => controller.pause(),
      resume: () => controller.resume(),
      leave: () => controller.abort(new errors.RequestAbortedError()),
    })
    this.#waiting.resolve({ status, headers, body: this.#body })
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#body?.add(chunk)
  }

  onResponseEnd(): void {
    this.#signal.removeEventListener('abort', this.#leave)
    this.#body?.end()
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#fail(error)
  }

  #fail(reason: unknown): void {
    this.#signal.removeEventListener('abort', this.#leave)
    this.#waiting.reject(reason)
    this.#body?.fail(reason)
  }
}

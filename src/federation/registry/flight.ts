import { setImmediate as nextTurn } from 'node:timers/promises'
import { isBulkheadRejectedError } from 'cockatiel'
import { RegistryError } from '../../contract/index.ts'

/** One asker of a shared read: leaves it when its own signal fires. */
export interface Asker {
  readonly signal: AbortSignal
}

interface Waiter<T> {
  resolve(value: T): void
  reject(reason: unknown): void
}

/** Answers that are made in one turn of the event loop. */
const turn = 4

/**
 * One read under way, shared by everybody who asks for the same meanwhile. It is broken off when the last one who
 * waits has left, or by who started it.
 */
export class Flight<T> {
  readonly #controller = new AbortController()
  readonly #startedAt = performance.now()
  readonly #waiters = new Set<Waiter<T>>()

  constructor(start: (controller: AbortController) => Promise<T>) {
    start(this.#controller).then(
      (value) => this.#tell((waiter) => waiter.resolve(value)),
      (error: unknown) => this.#tell((waiter) => waiter.reject(error)),
    )
  }

  /**
   * False once it was broken off, and when it is older than that: who comes now starts a new one, and is not failed by
   * the clock of somebody who came long before.
   */
  takesPassengers(maxAgeMs: number): boolean {
    return !this.#controller.signal.aborted && performance.now() - this.#startedAt <= maxAgeMs
  }

  wait({ signal }: Asker): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const leave = () => {
        this.#waiters.delete(waiter)
        reject(signal.reason)
        if (this.#waiters.size === 0) this.#controller.abort(signal.reason)
      }
      const waiter: Waiter<T> = {
        resolve: (value) => {
          signal.removeEventListener('abort', leave)
          resolve(value)
        },
        reject: (reason) => {
          signal.removeEventListener('abort', leave)
          reject(reason)
        },
      }
      this.#waiters.add(waiter)
      if (signal.aborted) leave()
      else signal.addEventListener('abort', leave, { once: true })
    })
  }

  /** A few at a time: many large answers at once would keep new requests out until the last is made. */
  async #tell(each: (waiter: Waiter<T>) => void): Promise<void> {
    let told = 0
    for (const waiter of this.#waiters) {
      if (told > 0 && told % turn === 0) await nextTurn()
      each(waiter)
      told++
    }
  }
}

/** Flights by what they read. */
export class Flights {
  readonly #flights = new Map<string, Flight<unknown>>()

  /** Who asks from now on starts anew; who waits already goes on waiting. */
  clear(): void {
    this.#flights.clear()
  }

  /** Joins the flight of this key unless it is older than that, or starts one. `joined` is called when there was one. */
  share<T>(
    key: string,
    asker: Asker,
    maxAgeMs: number,
    joined: () => void,
    start: (controller: AbortController) => Promise<T>,
  ): Promise<T> {
    const existing = this.#flights.get(key) as Flight<T> | undefined
    if (existing?.takesPassengers(maxAgeMs)) {
      joined()
      return existing.wait(asker)
    }
    const flight = new Flight<T>((controller) =>
      start(controller).finally(() => {
        if (this.#flights.get(key) === flight) this.#flights.delete(key)
      }),
    )
    this.#flights.set(key, flight)
    return flight.wait(asker)
  }
}

/** What an adapter's failure means, whatever it threw. */
export function toRegistryError(error: unknown, registry: string, signal: AbortSignal): RegistryError {
  if (RegistryError.is(error)) return error
  if (signal.aborted && RegistryError.is(signal.reason)) return signal.reason
  if (isBulkheadRejectedError(error)) {
    return new RegistryError('RATE_LIMITED', `Too many requests wait for "${registry}"; try again later.`)
  }
  return new RegistryError('REGISTRY_ERROR', `The adapter of "${registry}" failed unexpectedly.`, {
    cause: error,
  })
}

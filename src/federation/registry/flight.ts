import { RegistryError } from '../../contract/index.ts'

/** One asker of a shared read: leaves it when its own signal fires. */
export interface Asker {
  readonly signal: AbortSignal
}

/** Thrown into a flight that nobody waits for any more; says nothing about the registry. */
export class AbandonedError extends Error {}

/**
 * One read under way, shared by everybody who asks for the same meanwhile. It is broken off when the last one who
 * waits has left, or by who started it.
 */
export class Flight<T> {
  readonly #controller = new AbortController()
  readonly #promise: Promise<T>
  #waiting = 0

  constructor(start: (controller: AbortController) => Promise<T>) {
    this.#promise = start(this.#controller)
    this.#promise.catch(() => {
      // Each asker gets the error by its own wait; without askers there is nobody to tell.
    })
  }

  /** False once it was broken off: who comes now starts a new one. */
  get isOpen(): boolean {
    return !this.#controller.signal.aborted
  }

  wait({ signal }: Asker): Promise<T> {
    this.#waiting++
    return new Promise<T>((resolve, reject) => {
      const leave = () => {
        reject(signal.reason)
        if (--this.#waiting === 0) this.#controller.abort(signal.reason ?? new AbandonedError())
      }
      if (signal.aborted) return leave()
      signal.addEventListener('abort', leave, { once: true })
      const arrive = () => {
        signal.removeEventListener('abort', leave)
        this.#waiting--
      }
      this.#promise.then(
        (value) => {
          arrive()
          resolve(value)
        },
        (error: unknown) => {
          arrive()
          reject(error)
        },
      )
    })
  }
}

/** Flights by what they read. */
export class Flights {
  readonly #flights = new Map<string, Flight<unknown>>()

  /** Joins the flight of this key, or starts it. `joined` is called when there was one. */
  share<T>(
    key: string,
    asker: Asker,
    joined: () => void,
    start: (controller: AbortController) => Promise<T>,
  ): Promise<T> {
    const existing = this.#flights.get(key) as Flight<T> | undefined
    if (existing?.isOpen) {
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
  return new RegistryError('REGISTRY_ERROR', `The adapter of "${registry}" failed unexpectedly.`, {
    cause: error,
  })
}

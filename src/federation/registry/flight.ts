import { setImmediate as nextTurn } from 'node:timers/promises'
import { RegistryError } from '../../contract/index.ts'

/** For how long somebody waits. */
export interface Patience {
  /** Why it is over; null while it is not. */
  readonly overFor: unknown
  /** Calls back once, when it is over, unless it is told to forget that before. */
  whenOver(leave: () => void): void
  forget(leave: () => void): void
}

interface Waiter<T> {
  readonly patience: Patience
  readonly leave: () => void
  resolve(value: T): void
  reject(reason: unknown): void
}

/** What is read, and how long that may take, whoever waits for it. */
interface Route<T> {
  readonly timeoutMs: number
  readonly late: () => RegistryError
  readonly ask: (signal: AbortSignal) => Promise<T>
  readonly toFailure: (error: unknown, signal: AbortSignal) => RegistryError
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

  /** @param landed is called before anybody is told what came of it. */
  constructor({ timeoutMs, late, ask, toFailure }: Route<T>, landed: () => void) {
    const { signal } = this.#controller
    const timer = setTimeout(() => this.#controller.abort(late()), timeoutMs)
    const land = () => {
      clearTimeout(timer)
      landed()
    }
    ask(signal).then(
      (value) => {
        land()
        this.#tell((waiter) => waiter.resolve(value))
      },
      (error: unknown) => {
        land()
        const failure = toFailure(error, signal)
        this.#tell((waiter) => waiter.reject(failure))
      },
    )
  }

  /**
   * False once it was broken off, and when it is older than that: who comes now starts a new one, and is not failed by
   * the clock of somebody who came long before.
   */
  takesPassengers(maxAgeMs: number): boolean {
    return !this.#controller.signal.aborted && performance.now() - this.#startedAt <= maxAgeMs
  }

  /** @param toFailure what one who waits is told, of whatever failed him. */
  wait(patience: Patience, toFailure: (error: unknown) => Error): Promise<T> {
    return new Promise<T>((resolve, fail) => {
      const reject = (reason: unknown) => fail(toFailure(reason))
      const leave = () => {
        const reason = patience.overFor
        this.#waiters.delete(waiter)
        reject(reason)
        if (this.#waiters.size === 0) this.#controller.abort(reason)
      }
      const waiter: Waiter<T> = { patience, leave, resolve, reject }
      this.#waiters.add(waiter)
      if (patience.overFor === null) patience.whenOver(leave)
      else leave()
    })
  }

  #tell(each: (waiter: Waiter<T>) => void): void {
    if (this.#waiters.size > turn) void this.#tellInTurns(each)
    else for (const waiter of this.#waiters) tellOne(waiter, each)
  }

  /** A few at a time: many large answers at once would keep new requests out until the last is made. */
  async #tellInTurns(each: (waiter: Waiter<T>) => void): Promise<void> {
    let told = 0
    for (const waiter of this.#waiters) {
      if (told > 0 && told % turn === 0) await nextTurn()
      tellOne(waiter, each)
      told++
    }
  }
}

function tellOne<T>(waiter: Waiter<T>, each: (waiter: Waiter<T>) => void): void {
  waiter.patience.forget(waiter.leave)
  each(waiter)
}

/** Flights by what they read. */
export class Flights {
  readonly #flights = new Map<string, Flight<unknown>>()

  /** Who asks from now on starts anew; who waits already goes on waiting. */
  clear(): void {
    this.#flights.clear()
  }

  /** The flight of this key that somebody may still join; null: there is none. */
  find<T>(key: string, maxAgeMs: number): Flight<T> | null {
    const flight = this.#flights.get(key)
    return flight?.takesPassengers(maxAgeMs) ? (flight as Flight<T>) : null
  }

  start<T>(key: string, route: Route<T>): Flight<T> {
    const flight = new Flight<T>(route, () => {
      if (this.#flights.get(key) === flight) this.#flights.delete(key)
    })
    this.#flights.set(key, flight)
    return flight
  }
}

/** What an adapter's failure means, whatever it threw. @param overFor why nobody waits any more; null: somebody does. */
export function toRegistryError(error: unknown, registry: string, overFor: unknown): RegistryError {
  if (RegistryError.is(error)) return error
  if (RegistryError.is(overFor)) return overFor
  return new RegistryError('REGISTRY_ERROR', `The adapter of "${registry}" failed unexpectedly.`, {
    cause: error,
  })
}

/** Null while it is not aborted. */
export function reasonOf({ aborted, reason }: AbortSignal): unknown {
  return aborted ? reason : null
}

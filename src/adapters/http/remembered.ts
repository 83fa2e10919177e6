import type { Call } from '../../contract/index.ts'
import { untilAborted } from '../../timing/until-aborted.ts'
import { isTimeout, toTransportError } from './transport-error.ts'

const usualMs = 60_000

interface Known<T> {
  readonly value: T
  readonly since: number
}

/**
 * Something that is found out by whoever needs it first, and kept for a while, as a server can be replaced by another
 * without being away. Those who come meanwhile wait for the same answer. One caller's deadline is not the others': when
 * the one who asks has no time left, the next one asks.
 */
export class Remembered<T> {
  readonly #load: (call: Call) => Promise<T>
  readonly #keptMs: number
  #known: Known<T> | null = null
  #pending: Promise<T> | null = null

  constructor(load: (call: Call) => Promise<T>, keptMs = usualMs) {
    this.#load = load
    this.#keptMs = keptMs
  }

  /** At once where it is known. */
  get(call: Call): T | Promise<T> {
    return this.#isKnown(this.#known) ? this.#known.value : this.#find(call)
  }

  async #find(call: Call): Promise<T> {
    for (;;) {
      if (this.#isKnown(this.#known)) return this.#known.value
      if (this.#pending === null) return this.#ask(call)
      try {
        return await untilAborted(this.#pending, call.signal)
      } catch (error) {
        if (call.signal.aborted) throw toTransportError(error, call.signal, true)
        if (!isTimeout(error)) throw error
      }
    }
  }

  /** Unless it was found out only just now. */
  forget(olderThanMs = 0): void {
    if (this.#known !== null && ageOf(this.#known) >= olderThanMs) this.#known = null
  }

  #isKnown(known: Known<T> | null): known is Known<T> {
    return known !== null && ageOf(known) < this.#keptMs
  }

  async #ask(call: Call): Promise<T> {
    const pending = this.#load(call)
    this.#pending = pending
    try {
      const value = await pending
      this.#known = { value, since: performance.now() }
      return value
    } finally {
      if (this.#pending === pending) this.#pending = null
    }
  }
}

function ageOf({ since }: Known<unknown>): number {
  return performance.now() - since
}

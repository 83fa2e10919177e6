import { type Call, RegistryError } from '../../contract/index.ts'
import { toTransportError } from './transport-error.ts'
import { untilAborted } from './until-aborted.ts'

/**
 * Something that is found out once, by whoever needs it first, and kept. Those who come meanwhile wait for the same
 * answer. One caller's deadline is not the others': when the one who asks has no time left, the next one asks.
 */
export class Remembered<T> {
  readonly #load: (call: Call) => Promise<T>
  #known: { readonly value: T } | null = null
  #pending: Promise<T> | null = null

  constructor(load: (call: Call) => Promise<T>) {
    this.#load = load
  }

  async get(call: Call): Promise<T> {
    while (this.#known === null) {
      if (this.#pending === null) return this.#ask(call)
      try {
        return await untilAborted(this.#pending, call.signal)
      } catch (error) {
        if (call.signal.aborted) throw toTransportError(error, call.signal, true)
        if (!RegistryError.is(error) || error.code !== 'REGISTRY_TIMEOUT') throw error
      }
    }
    return this.#known.value
  }

  forget(): void {
    this.#known = null
  }

  async #ask(call: Call): Promise<T> {
    const pending = this.#load(call)
    this.#pending = pending
    try {
      const value = await pending
      this.#known = { value }
      return value
    } finally {
      if (this.#pending === pending) this.#pending = null
    }
  }
}

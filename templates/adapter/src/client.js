import { RegistryError } from 'modelgate/adapter'
import { openBackend } from './backend.js'

/** @import { Call, Outcome } from 'modelgate/adapter' */
/** @import { Backend } from './backend.js' */

/**
 * The one way to the backend. Your HTTP client goes here: it gives `call.signal` to every request, calls
 * `call.countRequest()` for each, and makes a RegistryError of whatever goes wrong.
 */
export class Client {
  #backend
  #isClosed = false

  /** @param {string} url */
  constructor(url) {
    this.#backend = openBackend(url)
  }

  /** @type {<T>(call: Call, request: (backend: Backend) => T) => Promise<T>} */
  async ask(call, request) {
    const certain = { nothingWritten: true }
    if (this.#isClosed) throw new RegistryError('REGISTRY_UNAVAILABLE', 'acme was closed.', certain)
    if (call.signal.aborted)
      throw new RegistryError('REGISTRY_TIMEOUT', 'It is too late to ask acme.', certain)
    call.countRequest()
    return request(this.#backend)
  }

  /**
   * One request for many keys.
   *
   * @type {<K, T>(keys: readonly K[], call: Call, find: (backend: Backend, key: K) => T | null) => Promise<Outcome<T>[]>}
   */
  async askForEach(keys, call, find) {
    return keys.length === 0 ? [] : this.ask(call, (backend) => keys.map((key) => find(backend, key)))
  }

  async close() {
    this.#isClosed = true
  }
}

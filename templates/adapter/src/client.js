import { RegistryError } from 'modelgate/adapter'

/** @import { Call, ModelRecord, ModelVersionRecord, Outcome, VersionKey } from 'modelgate/adapter' */
/**
 * @typedef {Map<string, Model>} Backend
 * @typedef {{ record: ModelRecord, versions: ModelVersionRecord[], created: number }} Model highest version first
 */

/** @type {Map<string, Backend>} */
const backends = new Map()

/** The one way to the backend, which is a map in memory here. Put the requests to yours in its place. */
export class Client {
  #isClosed = false

  /** @param {string} url */
  constructor(url) {
    this.url = url
    if (!backends.has(url)) backends.set(url, new Map())
  }

  /** @type {<T>(call: Call, request: (backend: Backend) => T) => Promise<T>} */
  async ask(call, request) {
    const unsent = { nothingWritten: true }
    if (this.#isClosed) throw new RegistryError('REGISTRY_UNAVAILABLE', 'acme was closed.', unsent)
    if (call.signal.aborted) throw new RegistryError('REGISTRY_TIMEOUT', 'acme had no time left.', unsent)
    call.countRequest()
    return structuredClone(request(backends.get(this.url) ?? new Map()))
  }

  /** @type {<K, T>(keys: readonly K[], call: Call, find: (backend: Backend, key: K) => T | null) => Promise<Outcome<T>[]>} */
  async askForEach(keys, call, find) {
    return keys.length === 0 ? [] : this.ask(call, (backend) => keys.map((key) => find(backend, key)))
  }

  async close() {
    this.#isClosed = true
  }
}

/** @type {(backend: Backend, name: string) => Model} */
export function modelOf(backend, name) {
  const model = backend.get(name)
  if (model) return model
  throw new RegistryError('NOT_FOUND', `There is no model ${JSON.stringify(name)}.`)
}

/** @type {(backend: Backend, key: VersionKey) => ModelVersionRecord} */
export function versionOf(backend, { model, version }) {
  const found = modelOf(backend, model).versions.find((row) => row.version === version)
  if (found) return found
  throw new RegistryError('NOT_FOUND', `${JSON.stringify(model)} has no version ${version}.`)
}

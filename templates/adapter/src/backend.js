import { RegistryError } from 'modelgate/adapter'

/** @import { VersionKey } from 'modelgate/adapter' */

/**
 * @typedef {object} Described
 * @property {string | null} description
 * @property {Map<string, string>} tags
 * @property {Date} createdAt
 * @property {Date} updatedAt
 *
 * @typedef {Described & { source: string, place: string, runId: string | null }} Version
 *
 * `aliases` says which version holds each; `numbered` how many versions there ever were.
 * @typedef {Described & { aliases: Map<string, string>, versions: Map<string, Version>, numbered: number }} Model
 *
 * @typedef {Map<string, Model>} Backend
 */

/** @type {Map<string, Backend>} */
const backends = new Map()

/**
 * Stands in for the registry that you connect. Take this file out once client.js talks to yours.
 *
 * @type {(url: string) => Backend}
 */
export function openBackend(url) {
  const backend = backends.get(url) ?? new Map()
  backends.set(url, backend)
  return backend
}

/** @type {(backend: Backend, name: string) => Model} */
export function theModel(backend, name) {
  const model = backend.get(name)
  if (model) return model
  throw new RegistryError('NOT_FOUND', `There is no model ${JSON.stringify(name)}.`)
}

/** @type {(backend: Backend, key: VersionKey) => Version} */
export function theVersion(backend, { model, version }) {
  const found = theModel(backend, model).versions.get(version)
  if (found) return found
  throw new RegistryError('NOT_FOUND', `${JSON.stringify(model)} has no version ${version}.`)
}

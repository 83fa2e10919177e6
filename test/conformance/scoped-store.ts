import { randomUUID } from 'node:crypto'
import { RegistryError, type VersionKey } from '../../src/contract/index.ts'
import { createMemoryStore, findVersion } from './memory/memory-store.ts'

/** A backend of models below schemas below catalogs, which takes the files of a version to a place of its own. */
export class ScopedStore {
  readonly store = createMemoryStore({ prefix: '', models: [], runs: [] })
  readonly #catalogs = new Set(['main'])
  readonly #schemas = new Set<string>()

  createSchema(catalog: string, schema: string): void {
    if (!this.#catalogs.has(catalog)) throw new Error(`There is no catalog ${catalog}.`)
    this.#schemas.add(`${catalog}.${schema}`)
  }

  deleteSchema(catalog: string, schema: string): void {
    const parent = `${catalog}.${schema}`
    const left = [...this.store.models.keys()].filter((name) => name.startsWith(`${parent}.`))
    if (left.length > 0) throw new Error(`The schema ${parent} is not empty: ${left.join(', ')}`)
    this.#schemas.delete(parent)
  }

  get schemas(): readonly string[] {
    return [...this.#schemas]
  }

  requireParent(name: string): void {
    const parent = name.split('.').slice(0, 2).join('.')
    if (this.#schemas.has(parent)) return
    throw new RegistryError('NOT_FOUND', `There is no schema ${JSON.stringify(parent)}.`)
  }

  /** Of a version that was made from files somewhere else. */
  takeFiles(key: VersionKey): void {
    const version = findVersion(this.store, key)
    if (version?.place?.startsWith('s3://')) Object.assign(version, { place: `store://${randomUUID()}` })
  }

  locationOf(key: VersionKey): string {
    return findVersion(this.store, key)?.place ?? ''
  }
}

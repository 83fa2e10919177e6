import type {
  Adapter,
  AliasKey,
  ArtifactRecord,
  Call,
  ChangesPage,
  ListPage,
  ModelFilter,
  ModelQuery,
  ModelRecord,
  ModelVersionRecord,
  VersionFilter,
  VersionKey,
  VersionQuery,
} from '../../contract/index.ts'
import { type Outcome, RegistryError } from '../../contract/index.ts'
import { whenThere } from '../../timing/when-there.ts'
import type { FederatedModel, FederatedRun, FederatedVersion } from '../records/records.ts'
import { mapInTurns } from '../turns.ts'
import type { ReadAsker } from './askers.ts'
import { takeInModel, takeInRun, takeInVersion } from './intake.ts'
import type { RegistryLink } from './registry-link.ts'

export interface FederatedVersionsOfModel {
  readonly versions: readonly FederatedVersion[]
  readonly complete: boolean
}

/**
 * The adapter's reads, taken in. The records are made inside the shared flight, so that everybody who shares the
 * read shares them too.
 */
export class RegistryReads {
  readonly #link: RegistryLink
  readonly #asker: () => ReadAsker

  constructor(link: RegistryLink, asker: () => ReadAsker) {
    this.#link = link
    this.#asker = asker
  }

  models(names: readonly string[]): Promise<readonly Outcome<FederatedModel>[]> {
    return this.#batch(
      'models.get',
      names,
      [],
      (adapter, call) => adapter.models.get(names, call),
      (record) => takeInModel(this.#link.name, record),
    )
  }

  listModels(query: ModelQuery): Promise<ListPage<FederatedModel, ModelFilter>> {
    const take = (record: ModelRecord) => takeInModel(this.#link.name, record)
    return this.#link.read('models.list', [query], this.#asker(), (adapter, call) =>
      adapter.models.list(query, call).then((page) => takeInPage(page, take, call)),
    )
  }

  versions(keys: readonly VersionKey[]): Promise<readonly Outcome<FederatedVersion>[]> {
    return this.#batch(
      'versions.get',
      keys,
      [],
      (adapter, call) => adapter.versions.get(keys, call),
      (record) => takeInVersion(this.#link.name, record),
    )
  }

  listVersions(query: VersionQuery): Promise<ListPage<FederatedVersion, VersionFilter>> {
    const take = (record: ModelVersionRecord) => takeInVersion(this.#link.name, record)
    return this.#link.read('versions.list', [query], this.#asker(), (adapter, call) =>
      adapter.versions.list(query, call).then((page) => takeInPage(page, take, call)),
    )
  }

  versionsOfModels(
    names: readonly string[],
    limit: number,
  ): Promise<readonly Outcome<FederatedVersionsOfModel>[]> {
    return this.#batch(
      'versions.ofModels',
      names,
      [limit],
      (adapter, call) => adapter.versions.ofModels(names, limit, call),
      ({ versions, complete }) => ({
        versions: versions.map((record) => takeInVersion(this.#link.name, record)),
        complete,
      }),
    )
  }

  latestVersions(names: readonly string[]): Promise<readonly Outcome<readonly FederatedVersion[]>[]> {
    return this.#batch(
      'versions.latest',
      names,
      [],
      (adapter, call) => adapter.versions.latest(names, call),
      (list) => list.map((record) => takeInVersion(this.#link.name, record)),
    )
  }

  holdersOfAliases(keys: readonly AliasKey[]): Promise<readonly Outcome<FederatedVersion>[]> {
    return this.#batch(
      'aliases.resolve',
      keys,
      [],
      (adapter, call) =>
        adapter.aliases?.resolve(keys, call) ?? Promise.resolve(keys.map(() => this.#unsupported('aliases'))),
      (record) => takeInVersion(this.#link.name, record),
    )
  }

  runs(runIds: readonly string[]): Promise<readonly Outcome<FederatedRun>[]> {
    return this.#batch(
      'runs.get',
      runIds,
      [],
      (adapter, call) => adapter.runs?.get(runIds, call) ?? Promise.resolve(runIds.map(() => null)),
      (record) => takeInRun(this.#link.name, record),
    )
  }

  artifactLocations(keys: readonly VersionKey[]): Promise<readonly Outcome<string>[]> {
    return this.#batch(
      'artifacts.locate',
      keys,
      [],
      (adapter, call) => adapter.artifacts?.locate(keys, call) ?? Promise.resolve(keys.map(() => null)),
      (location) => location,
    )
  }

  artifacts(key: VersionKey, path: string): Promise<Outcome<readonly ArtifactRecord[]>> {
    return this.#link.read('artifacts.list', [key, path], this.#asker(), async (adapter, call) => {
      if (!adapter.artifacts) return this.#unsupported('listing artifacts')
      return adapter.artifacts.list(key, path, call)
    })
  }

  changes(cursor: string | null): Promise<ChangesPage | null> {
    return this.#link.read('changes.since', [cursor], this.#asker(), async (adapter, call) => {
      if (!adapter.changes) throw this.#unsupported('feed of changes')
      return adapter.changes.since(cursor, call)
    })
  }

  /** @throws RegistryError when an adapter answers another number of outcomes than it was given keys. */
  #batch<Key, Given, Taken>(
    operation: string,
    keys: readonly Key[],
    more: readonly unknown[],
    run: (adapter: Adapter, call: Call) => Promise<readonly Outcome<Given>[]>,
    takeIn: (record: Given) => Taken,
  ): Promise<readonly Outcome<Taken>[]> {
    const take = (outcome: Outcome<Given>): Outcome<Taken> => {
      if (outcome === null) return null
      return RegistryError.is(outcome) ? (outcome as RegistryError) : takeIn(outcome as Given)
    }
    return this.#link.read(operation, [keys, ...more], this.#asker(), (adapter, call) =>
      run(adapter, call).then((outcomes) => {
        if (outcomes.length === keys.length) return mapInTurns(outcomes, take, call)
        throw new RegistryError(
          'REGISTRY_ERROR',
          `The adapter of "${this.#link.name}" gave ${outcomes.length} outcomes for ${keys.length} keys in ${operation}.`,
        )
      }),
    )
  }

  #unsupported(what: string): RegistryError {
    return new RegistryError('UNSUPPORTED', `The registry "${this.#link.name}" knows no ${what}.`)
  }
}

function takeInPage<Given, Taken, Filter>(
  page: ListPage<Given, Filter>,
  take: (record: Given) => Taken,
  call: Call,
): ListPage<Taken, Filter> | Promise<ListPage<Taken, Filter>> {
  return whenThere(mapInTurns(page.items, take, call), (items) => ({ ...page, items }))
}

import type DataLoader from 'dataloader'
import {
  type AliasKey,
  type ListPage,
  type ModelFilter,
  type ModelQuery,
  type Outcome,
  RegistryError,
  type VersionFilter,
  type VersionKey,
  type VersionPlace,
} from '../../contract/index.ts'
import type { RegistryState } from '../../stores/registry-state.ts'
import { untilAborted } from '../../timing/until-aborted.ts'
import { RegistryFailure } from '../errors/registry-failure.ts'
import { allOf, isOfRun, splitFilter } from '../filter/filter-tree.ts'
import type { FederatedModel, FederatedRun, FederatedVersion } from '../records/records.ts'
import type { FederatedVersionQuery } from '../records/row-order.ts'
import { takeInModel, takeInVersion } from '../registry/intake.ts'
import { NotIndexedError } from '../registry/not-indexed-error.ts'
import type { OrderTrust } from '../registry/order-trust.ts'
import { batchLoader, RegistryLoaders } from '../registry/registry-loaders.ts'
import type { FederatedVersionsOfModel } from '../registry/registry-reads.ts'
import { KnownRecords } from '../session/known-records.ts'
import type { Reader } from '../session/reader.ts'
import { leftOut } from '../session/readers.ts'
import type { RegistrySession } from '../session/registry-session.ts'
import { shownRun } from '../session/shown-run.ts'
import { asOf, type Catalog, isStale } from './catalog.ts'
import { CatalogLookups } from './catalog-lookups.ts'

interface CopiesKey {
  readonly origin: VersionPlace
  readonly limit: number
}

/** One registry in one request, from what the gateway keeps of it. Where files are, and lists of them, are asked live. */
export class CatalogReader implements Reader {
  readonly mode = 'INDEXED'
  readonly name: string
  readonly record: Reader['record']
  readonly orderTrust: OrderTrust
  readonly #live: RegistrySession
  readonly #signal: AbortSignal | null
  readonly #catalog: Catalog
  readonly #records: KnownRecords
  readonly #copies: DataLoader<CopiesKey, FederatedVersionsOfModel | null, string>
  readonly #readState: () => Promise<RegistryState | null>
  #state: Promise<RegistryState> | null = null
  #known: RegistryState | null = null

  constructor(
    live: RegistrySession,
    catalog: Catalog,
    {
      orderTrust,
      readState,
      signal = null,
    }: {
      readonly orderTrust: OrderTrust
      readonly readState: () => Promise<RegistryState | null>
      /** Left out: as long as for the registry itself. */
      readonly signal?: AbortSignal | null
    },
  ) {
    this.#live = live
    this.#signal = signal
    this.#catalog = catalog
    this.#readState = readState
    this.name = live.name
    this.record = live.record
    this.orderTrust = orderTrust
    const keepsRuns = catalog.settings.get(live.name)?.runs === true
    const lookups = new CatalogLookups(live, catalog.records, { part: () => this.part(), keepsRuns })
    this.#records = new KnownRecords(() => new RegistryLoaders(live.name, lookups))
    this.#copies = batchLoader(
      live.name,
      (keys: readonly CopiesKey[]) =>
        lookups.copiesOf(
          keys.map(({ origin }) => origin),
          Math.max(...keys.map(({ limit }) => limit)),
        ),
      ({ origin, limit }) => JSON.stringify([origin.registry, origin.model, origin.version, limit]),
    )
  }

  get signal(): AbortSignal {
    return this.#signal ?? this.#live.signal
  }

  asOf(): Date {
    return (this.#known && asOf(this.#known)) ?? new Date()
  }

  get isStale(): boolean {
    const settings = this.#catalog.settings.get(this.name)
    return this.#known !== null && settings !== undefined && isStale(this.#known, settings)
  }

  async listModels(query: ModelQuery): Promise<ListPage<FederatedModel, ModelFilter>> {
    const part = await this.part()
    const page = await this.#inTime(this.#catalog.records.listModels(part, query))
    return { ...page, items: page.items.map((record) => takeInModel(this.name, record, 'INDEXED')) }
  }

  async listVersions(query: FederatedVersionQuery): Promise<ListPage<FederatedVersion, VersionFilter>> {
    const { filter } = query
    const { asked, left } = this.keepsRuns ? { asked: filter, left: null } : splitFilter(filter, isOfRun)
    const part = await this.part()
    const page = await this.#inTime(this.#catalog.records.listVersions(part, { ...query, filter: asked }))
    // What is not kept orders nothing here.
    const ordered =
      page.ordered &&
      (this.keepsRuns || query.order.every(({ field }) => field !== 'metric' && field !== 'duration'))
    const items = page.items.map((record) => takeInVersion(this.name, record, 'INDEXED'))
    return { ...page, items, ordered, residue: allOf([page.residue, left]) }
  }

  model(name: string): Promise<FederatedModel | null> {
    return this.#records.informed.models.load(this.#live.asked(name))
  }

  version({ model, version }: VersionKey): Promise<FederatedVersion | null> {
    return this.#records.informed.versions.load({ model: this.#live.asked(model), version })
  }

  versionsOfModel(model: string, limit: number): Promise<FederatedVersionsOfModel | null> {
    return this.#records.loaders.ofModels.load({ model: this.#live.asked(model), limit })
  }

  /** The versions here that are copies of that one; no more than `limit`. */
  async copiesOf(origin: VersionPlace, limit: number): Promise<FederatedVersionsOfModel> {
    const found = await this.#inTime(this.#copies.load({ origin, limit }))
    return found ?? { versions: [], complete: true }
  }

  latestVersions(model: string): Promise<readonly FederatedVersion[] | null> {
    return this.#records.loaders.latest.load(this.#live.asked(model))
  }

  holderOfAlias({ model, alias }: AliasKey): Promise<FederatedVersion | null> {
    return this.#records.loaders.aliases.load({ model: this.#live.asked(model), alias })
  }

  aliasesOfVersion(version: FederatedVersion): readonly string[] | Promise<readonly string[]> {
    return version.aliases ?? this.#records.aliasesOf(version, (name) => this.model(name))
  }

  async run(runId: string): Promise<FederatedRun | null> {
    return shownRun(this.name, await this.runOrWhyNot(runId))
  }

  async runOrWhyNot(runId: string): Promise<Outcome<FederatedRun>> {
    const found = this.#live.link.facets.runs && (await this.#records.loaders.runs.load(runId))
    return found?.outcome ?? null
  }

  artifactLocation(version: FederatedVersion): Promise<string | null> {
    return this.#live.artifactLocation(version)
  }

  artifacts(key: VersionKey, path: string) {
    return this.#live.artifacts(key, path)
  }

  know(model: FederatedModel): void {
    this.#records.bring(model)
  }

  knowVersion(version: FederatedVersion): void {
    this.#records.bringVersion(version)
  }

  get keepsRuns(): boolean {
    return this.#catalog.settings.get(this.name)?.runs === true
  }

  /** Nobody waits for the catalog longer than for the registry. */
  async #inTime<T>(work: Promise<T>): Promise<T> {
    try {
      return await (this.#signal === null ? this.#live.inTime(work) : untilAborted(work, this.#signal))
    } catch (error) {
      if (RegistryError.is(error)) throw new RegistryFailure(this.name, error)
      throw error
    }
  }

  /** @throws RegistryFailure with a {@link NotIndexedError}. */
  part(): Promise<RegistryState> {
    this.#state ??= this.#findPart()
    return this.#state
  }

  async #findPart(): Promise<RegistryState> {
    if (!this.#catalog.settings.has(this.name)) throw new RegistryFailure(this.name, leftOut(this.name))
    const state = await this.#readState()
    if (state === null || state.sweptAt === null) {
      throw new RegistryFailure(this.name, neverSynced(this.name, state))
    }
    this.#known = state
    return state
  }
}

function neverSynced(name: string, state: RegistryState | null): NotIndexedError {
  const problem = state?.problem ? ` The last try failed: ${state.problem.message}` : ''
  return new NotIndexedError(
    'REGISTRY_UNAVAILABLE',
    `"${name}" was never read into the catalog as a whole; wait for the first sync, or run \`modelgate sync --registry ${name}\`.${problem}`,
  )
}

import type { Facets } from '../../contract/facet-places.ts'
import {
  type AliasKey,
  type Call,
  type Caller,
  type ListPage,
  type ModelFilter,
  type ModelQuery,
  type Outcome,
  type RegistryDescription,
  RegistryError,
  type VersionFilter,
  type VersionKey,
} from '../../contract/index.ts'
import { RegistryFailure } from '../errors/registry-failure.ts'
import type { FederatedRegistry } from '../records/federated-registry.ts'
import type { FederatedModel, FederatedRun, FederatedVersion } from '../records/records.ts'
import { byModelAndVersion, type FederatedVersionQuery, isOfRegistry } from '../records/row-order.ts'
import type { Lane } from '../registry/admission.ts'
import type { ReadAsker, TransferAsker } from '../registry/askers.ts'
import type { OrderTrust } from '../registry/order-trust.ts'
import type { RegistryLink } from '../registry/registry-link.ts'
import { RegistryLoaders } from '../registry/registry-loaders.ts'
import { type FederatedVersionsOfModel, RegistryReads } from '../registry/registry-reads.ts'
import { absentName } from './absent-name.ts'
import type { Access } from './access.ts'
import { AskingTime } from './asking-time.ts'
import { KnownRecords } from './known-records.ts'
import type { Reader } from './reader.ts'
import { shownRun } from './shown-run.ts'

interface RegistrySessionOptions {
  readonly deadlineMs: number | null
  /** Of who waits for all of it: whoever makes the session ends it when that fires. */
  readonly signal: AbortSignal
  readonly caller: Caller | null
  readonly lane?: Lane
  readonly asGateway?: boolean
}

/** How long a transfer may take, and what breaks it off. */
export interface TransferLimits extends Pick<TransferAsker, 'deadline' | 'signal'> {
  /** Told of everything that is asked of the registry. */
  noteProgress?(): void
}

const neverAborted = new AbortController().signal

/** One registry in one request: one deadline for all that is asked of it, and loaders that collect the keys. */
export class RegistrySession implements Reader {
  readonly mode = 'LIVE'
  readonly isStale = false
  readonly name: string
  readonly record: FederatedRegistry
  readonly orderTrust: OrderTrust
  readonly link: RegistryLink
  readonly reads: RegistryReads
  /** What was asked of it so far. */
  readonly cost = { requests: 0, hits: 0, failures: 0 }
  readonly #options: RegistrySessionOptions
  readonly #access: Access
  readonly #known: KnownRecords
  #time: AskingTime
  #asker: ReadAsker

  constructor(link: RegistryLink, startedAt: number, options: RegistrySessionOptions, access: Access) {
    this.link = link
    this.name = link.name
    this.record = link.record
    this.orderTrust = link.orderTrust
    this.#options = options
    this.#access = access
    this.#time = this.#from(startedAt)
    this.#asker = this.#asks()
    this.reads = new RegistryReads(link, () => this.#asker)
    this.#known = new KnownRecords(() => new RegistryLoaders(link.name, this.reads))
  }

  /** Fires at the deadline, or when nobody waits any more. */
  get signal(): AbortSignal {
    return this.#time.signal
  }

  /** Another one after each write: what was read before is forgotten. */
  get generation(): number {
    return this.#known.generation
  }

  asOf(): Date {
    return new Date()
  }

  /** Waits for what the gateway keeps of the registry, as long as for the registry itself. */
  inTime<T>(work: Promise<T>): Promise<T> {
    return this.#time.inTime(work)
  }

  /** The whole budget again, from then on, and nothing known of what was read before. */
  renew(startedAt: number): void {
    this.end()
    this.#time = this.#from(startedAt)
    this.#asker = this.#asks()
    this.#known.forget()
  }

  async description(): Promise<RegistryDescription> {
    return this.link.describe(this.#asker)
  }

  /** Null until the registry could be reached. */
  async descriptionIfReachable(): Promise<RegistryDescription | null> {
    try {
      return await this.description()
    } catch (error) {
      if (error instanceof RegistryFailure) return null
      throw error
    }
  }

  async health(): Promise<void> {
    return this.link.health(this.#asker)
  }

  listModels(query: ModelQuery): Promise<ListPage<FederatedModel, ModelFilter>> {
    return this.reads.listModels(query)
  }

  async listVersions(query: FederatedVersionQuery): Promise<ListPage<FederatedVersion, VersionFilter>> {
    const order = query.order.filter(isOfRegistry)
    if (order.length === query.order.length) return this.reads.listVersions({ ...query, order })
    // It cannot be asked for the order that is wanted.
    const page = await this.reads.listVersions({ ...query, order: byModelAndVersion, after: null })
    return { ...page, ordered: false }
  }

  async model(name: string): Promise<FederatedModel | null> {
    const model = await this.#known.informed.models.load(this.asked(name))
    if (model) this.know(model)
    return model
  }

  /** Whether there is a model of that name, also one that is hidden from the caller. */
  async isTaken(name: string): Promise<boolean> {
    return (await this.#known.loaders.models.load(name)) !== null
  }

  version(key: VersionKey): Promise<FederatedVersion | null> {
    return this.#known.informed.versions.load(
      this.admits(key.model) ? key : { ...key, model: this.asked(key.model) },
    )
  }

  async versionsOfModel(model: string, limit: number): Promise<FederatedVersionsOfModel | null> {
    const found = await this.#known.loaders.ofModels.load({ model: this.asked(model), limit })
    for (const version of found?.versions ?? []) this.knowVersion(version)
    return found
  }

  async latestVersions(model: string): Promise<readonly FederatedVersion[] | null> {
    const asked = this.asked(model)
    return this.#known.model(asked)?.latestVersions ?? this.#known.informed.latest.load(asked)
  }

  holderOfAlias({ model: named, alias: wanted }: AliasKey): Promise<FederatedVersion | null> {
    const key = { model: this.asked(named), alias: wanted }
    const known = this.#known.model(key.model)
    if (!known && this.link.facets.aliases) return this.#known.informed.aliases.load(key)
    return this.#holderByModel(key, known)
  }

  async #holderByModel(key: AliasKey, known: FederatedModel | undefined): Promise<FederatedVersion | null> {
    const model = known ?? (await this.model(key.model))
    const alias = model?.aliases.find(({ name }) => name === key.alias)
    return alias ? this.version({ model: key.model, version: alias.version }) : null
  }

  /** Of a version whose own record may not have brought them. */
  aliasesOfVersion(version: FederatedVersion): readonly string[] | Promise<readonly string[]> {
    return version.aliases ?? this.#known.aliasesOf(version, (name) => this.model(name))
  }

  /** Null too when it is hidden from the gateway's user. */
  async run(runId: string): Promise<FederatedRun | null> {
    return shownRun(this.name, await this.runOrWhyNot(runId))
  }

  /** What could not be read of this one run alone; what fails all of them is thrown. */
  async runOrWhyNot(runId: string): Promise<Outcome<FederatedRun>> {
    const found = this.link.facets.runs && (await this.#known.loaders.runs.load(runId))
    return found?.outcome ?? null
  }

  async artifactLocation(version: FederatedVersion): Promise<string | null> {
    if (version.artifactUri !== null || !this.link.facets.artifacts) return version.artifactUri
    return this.#known.loaders.locations.load({ model: version.modelName, version: version.version })
  }

  async artifacts(key: VersionKey, path: string) {
    const outcome = await this.reads.artifacts(key, path)
    if (RegistryError.is(outcome)) throw new RegistryFailure(this.name, outcome)
    return outcome
  }

  /**
   * Writes, and forgets what was read: whatever is asked for afterwards is asked of the registry anew. A client that
   * leaves does not break it off. `signal` does, and so does the deadline.
   */
  async write<T>(
    operation: string,
    run: (facets: Facets, call: Call) => Promise<T>,
    signal: AbortSignal = neverAborted,
  ): Promise<T> {
    const { lane, caller, asGateway = false, countRequest } = this.#asker
    const asker = { lane, caller, asGateway, countRequest, signal, ...this.#time.forWrites }
    try {
      return await this.link.write(operation, asker, run)
    } finally {
      this.#known.forget()
    }
  }

  /** For files, which take as long as they are large: see {@link RegistryLink.transfer}. */
  transfer<T>(limits: TransferLimits, run: (facets: Facets, call: Call) => Promise<T>): Promise<T> {
    const { caller, asGateway = false } = this.#asker
    const { deadline, signal } = limits
    const countRequest = () => {
      this.#asker.countRequest()
      limits.noteProgress?.()
    }
    return this.link.transfer({ caller, asGateway, countRequest, deadline, signal }, run)
  }

  /** A model that a list brought: nobody has to load it again. */
  know(model: FederatedModel): void {
    this.#known.bring(model)
  }

  knowVersion(version: FederatedVersion): void {
    this.#known.bringVersion(version)
  }

  end(): void {
    this.#time.end()
  }

  #from(startedAt: number): AskingTime {
    const time = new AskingTime(this.link, { startedAt, deadlineMs: this.#options.deadlineMs })
    if (this.#options.signal.aborted) time.end()
    return time
  }

  #asks(): ReadAsker {
    const { cost } = this
    const { lane = 'people', caller } = this.#options
    const { asGateway = lane === 'background' } = this.#options
    return {
      patience: this.#time,
      lane,
      caller,
      asGateway,
      countRequest: () => cost.requests++,
      countHit: () => cost.hits++,
      countFailure: () => cost.failures++,
    }
  }

  /** Whether the caller may see everything there. */
  get seesAll(): boolean {
    return !this.#access.isRestricted
  }

  /** Whether the model is there for the caller. */
  admits(model: string): boolean {
    return !this.#access.isRestricted || this.#access.admits(this.name, model)
  }

  /** What is hidden is looked for as what is not there: by then it costs the same, takes the same time, and fails alike. */
  asked(model: string): string {
    return this.admits(model) ? model : absentName(this.name, model)
  }
}

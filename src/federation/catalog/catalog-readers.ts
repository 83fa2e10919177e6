import type { Logger, VersionPlace } from '../../contract/index.ts'
import type { CountedPart, GroupBy, ModelCounts } from '../../stores/model-counts.ts'
import type { RegistryState } from '../../stores/registry-state.ts'
import { RegistryFailure } from '../errors/registry-failure.ts'
import type { ReadMode } from '../records/records.ts'
import { OrderTrust } from '../registry/order-trust.ts'
import type { FederatedVersionsOfModel } from '../registry/registry-reads.ts'
import { sourceStateOf } from '../registry/source-state.ts'
import type { Reader } from '../session/reader.ts'
import { type CatalogReport, type KeptPart, noPart, type Readers } from '../session/readers.ts'
import type { RegistrySession } from '../session/registry-session.ts'
import { asOf, type Catalog, isStale } from './catalog.ts'
import { CatalogReader } from './catalog-reader.ts'

const nothingYet = { lastFullSync: null, lagMs: null, models: null, versions: null }

interface Made {
  readonly generation: number
  readonly reader: CatalogReader
}

/** Answers INDEXED from the catalog, and LIVE too where a registry fails and that is wanted. */
export class CatalogReaders implements Readers {
  readonly #catalog: Catalog
  readonly #log: Logger
  readonly #made = new WeakMap<RegistrySession, Made>()
  readonly #trust = new Map<string, OrderTrust>()
  #states: Promise<ReadonlyMap<string, RegistryState>> | null = null

  constructor(catalog: Catalog, log: Logger) {
    this.#catalog = catalog
    this.#log = log
  }

  inMode(mode: ReadMode, live: RegistrySession): Reader {
    return mode === 'LIVE' ? live : this.#indexed(live)
  }

  ifFailed(live: RegistrySession, wanted: boolean | null): Reader | null {
    const settings = this.#catalog.settings.get(live.name)
    if (settings === undefined || !(wanted ?? settings.staleIfError)) return null
    // The registry's own time may be over.
    return this.#make(live, AbortSignal.timeout(live.link.settings.timeoutMs))
  }

  async status(live: RegistrySession): Promise<CatalogReport | null> {
    const { settings, store } = this.#catalog
    const own = settings.get(live.name)
    if (own === undefined) return null
    const state = (await this.#readStates()).get(live.name)
    if (state === undefined) return { ...nothingYet, state: 'SKIPPED' }
    const counts = live.seesAll ? await store.reads.counts(state.id) : { models: null, versions: null }
    const known = asOf(state)
    if (known === null || state.sweptAt === null) {
      return { ...nothingYet, ...counts, state: state.problem ? 'ERROR' : 'SKIPPED' }
    }
    return {
      ...counts,
      state: isStale(state, own) ? 'STALE' : 'OK',
      lastFullSync: new Date(state.sweptAt),
      lagMs: Math.max(0, Date.now() - known.getTime()),
    }
  }

  async kept(live: RegistrySession): Promise<KeptPart> {
    const reader = this.#indexed(live)
    try {
      const { id, hasTimeless } = await reader.part()
      const { keepsRuns, isStale } = reader
      return { id, hasTimeless, keepsRuns, state: isStale ? 'STALE' : 'OK', asOf: reader.asOf(), error: null }
    } catch (error) {
      if (!(error instanceof RegistryFailure)) throw error
      return { ...noPart, state: sourceStateOf(error.error), error: error.error }
    }
  }

  copiesIn(live: RegistrySession, origin: VersionPlace, limit: number): Promise<FederatedVersionsOfModel> {
    return this.#indexed(live).copiesOf(origin, limit)
  }

  countModels(parts: readonly CountedPart[], by: GroupBy, first: number | null): Promise<ModelCounts> {
    return this.#catalog.counts.countModels(parts, by, first)
  }

  /** One for each request, so that it loads what is asked for together; a new one after each write. */
  #indexed(live: RegistrySession): CatalogReader {
    const { generation } = live
    const made = this.#made.get(live)
    return made?.generation === generation ? made.reader : this.#make(live)
  }

  /** What belongs to its rows is read by the same. */
  #make(live: RegistrySession, signal?: AbortSignal): CatalogReader {
    const { generation } = live
    const trust = this.#trust.get(live.name) ?? new OrderTrust(live.name, this.#log)
    this.#trust.set(live.name, trust)
    const readState = async () => (await this.#readStates()).get(live.name) ?? null
    const reader = new CatalogReader(live, this.#catalog, {
      orderTrust: trust,
      readState,
      ...(signal && { signal }),
    })
    this.#made.set(live, { generation, reader })
    return reader
  }

  /** Of all registries at once, for all that are asked in the same moment. */
  #readStates(): Promise<ReadonlyMap<string, RegistryState>> {
    this.#states ??= this.#catalog.store.states().finally(() => {
      this.#states = null
    })
    return this.#states
  }
}

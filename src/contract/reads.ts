import type { RegistryError } from './error.ts'
import type { ModelFilter, VersionFilter } from './filter.ts'
import type { ModelOrder, Position, VersionOrder } from './order.ts'
import type { ArtifactRecord, ModelRecord, ModelVersionRecord, RunRecord } from './records.ts'

/**
 * What became of one key of a batch: the value; `null` when the backend looked and it is not there, or hides it from
 * the gateway's user; an error when that could not be found out. A batch answers one outcome for each key, in the order of the keys. It throws only
 * when nothing at all is known, and then the error stands for every key.
 */
export type Outcome<T> = T | null | RegistryError

export interface Logger {
  debug(details: object, message: string): void
  info(details: object, message: string): void
  warn(details: object, message: string): void
  error(details: object, message: string): void
}

/** Who asks. */
export interface Caller {
  /** Such as `user:ann` or `token:deploy`; unique in the gateway. */
  readonly principal: string
  /** Such as `group:platform`. */
  readonly groups: readonly string[]
  /** The caller's own JWT, for registries whose configuration forwards it, and for no others. */
  readonly credential?: string
}

/** Goes with every call. */
export interface Call {
  /** Fires at the deadline, or when nobody waits any more. Work stops within 100 ms of it. */
  readonly signal: AbortSignal
  /** Epoch milliseconds. */
  readonly deadline: number
  /** `null`: nobody is signed in, or it is a read of an adapter that is not {@link Adapter.perCaller}. */
  readonly caller: Caller | null
  readonly log: Logger
  /** To be called once for each request that is sent to the backend, retries included. */
  countRequest(): void
}

export interface ListQuery<Filter, Order> {
  readonly filter: Filter | null
  /** Most significant first, never empty; ties by name, then by version, ascending. */
  readonly order: readonly Order[]
  /** When false the adapter may leave archived rows out; the gateway drops those that come. */
  readonly includeArchived: boolean
  /** How many rows are wanted now, 1 or more. A page may hold fewer or more. */
  readonly limit: number
  /**
   * Rows before and at this place are not wanted, and may be given all the same; no row after it may be missing.
   * Only on the first page of a read, and only when the order is kept.
   */
  readonly after: Position | null
  /** From the page before of the same query; `null` at first. */
  readonly continuation: string | null
}

export interface ListPage<Row, Filter> {
  readonly items: readonly Row[]
  /** For each item, what would let a later read resume at it: see {@link Position.hint}. `null`: nothing would. */
  readonly hints: readonly (string | null)[] | null
  /** `null` at the end. Otherwise the page may be short, or even empty, and still have another after it. */
  readonly continuation: string | null
  /**
   * What of the filter the gateway has still to check on these items, the same on every page of a query; `null`:
   * nothing. Items are never fewer than those that match: a filter pushed down in part, or too widely, stays in
   * the residue.
   */
  readonly residue: Filter | null
  /**
   * Whether the items, over all pages, come in the asked order with the asked ties. When false the gateway reads
   * everything and sorts. A registry that says true and breaks its word is found out and read whole from then on.
   */
  readonly ordered: boolean
  /**
   * Why rows are missing that could not be read, such as one without a name: all others are here, and the list says
   * that it is not complete. Left out or `null`: none is missing.
   */
  readonly flaw?: RegistryError | null
}

export type ModelQuery = ListQuery<ModelFilter, ModelOrder>
export type ModelPage = ListPage<ModelRecord, ModelFilter>
export type VersionQuery = ListQuery<VersionFilter, VersionOrder>
export type VersionPage = ListPage<ModelVersionRecord, VersionFilter>

export interface ModelReads {
  get(names: readonly string[], call: Call): Promise<readonly Outcome<ModelRecord>[]>
  list(query: ModelQuery, call: Call): Promise<ModelPage>
}

export interface VersionKey {
  readonly model: string
  readonly version: string
}

/** The highest versions of one model, highest first; `complete` when there are no others. */
export interface VersionsOfModel {
  readonly versions: readonly ModelVersionRecord[]
  readonly complete: boolean
}

export interface VersionReads {
  get(keys: readonly VersionKey[], call: Call): Promise<readonly Outcome<ModelVersionRecord>[]>
  list(query: VersionQuery, call: Call): Promise<VersionPage>
  /**
   * The versions of many models at once, archived ones among them, each model's highest first. `limit` is how many
   * are wanted of each model (1 or more); more may be given, and fewer (even none) when `complete` is false: the
   * gateway then reads that model by {@link list}. A model that is not there is `null`.
   */
  ofModels(names: readonly string[], limit: number, call: Call): Promise<readonly Outcome<VersionsOfModel>[]>
  /**
   * Of each model the highest version in each stage, archived ones among them, and the version created last, each
   * once, in any order. A model that is not there is `null`.
   */
  latest(names: readonly string[], call: Call): Promise<readonly Outcome<readonly ModelVersionRecord[]>[]>
}

export interface AliasKey {
  readonly model: string
  readonly alias: string
}

export interface AliasReads {
  /** The version that holds the alias now; `null` when the model or the alias is not there. */
  resolve(keys: readonly AliasKey[], call: Call): Promise<readonly Outcome<ModelVersionRecord>[]>
}

export interface RunReads {
  /**
   * Also runs that were deleted, as long as the backend still gives them. FORBIDDEN for one that is there and hidden:
   * it is shown as `null`, and a list that filters or sorts by it says that it is not complete.
   */
  get(runIds: readonly string[], call: Call): Promise<readonly Outcome<RunRecord>[]>
}

export interface ArtifactReads {
  /**
   * Where the files of each version are, every indirection resolved. `null` for a version that is not there; one that
   * is there and has no files is the error UNSUPPORTED, in words.
   */
  locate(keys: readonly VersionKey[], call: Call): Promise<readonly Outcome<string>[]>
  /** One folder, `''` being the root, sorted by path; `null` when there is no such version or folder. */
  list(key: VersionKey, path: string, call: Call): Promise<Outcome<readonly ArtifactRecord[]>>
}

import { type Kysely, sql } from 'kysely'
import type { ModelRecord } from '../../contract/index.ts'
import type { Happening } from '../../stores/done-write.ts'
import type { Look } from '../../stores/sync-store.ts'
import type { GatewayDatabase } from '../database.ts'
import { appendEvents } from './append-events.ts'
import { markDirty } from './dirty-models.ts'
import type { NewEvent } from './event.ts'
import type { ReadOrigin } from './origin-of-version.ts'
import { type CatalogTables, untyped } from './tables.ts'

/** What a transaction has changed, by the ids of the rows. */
export interface CatalogChange {
  readonly registryId: number
  readonly models: ReadonlySet<number>
  readonly versions: ReadonlySet<number>
  /** Versions whose run says something else now are among `versions`. */
  readonly goneModels: ReadonlySet<number>
  readonly goneVersions: ReadonlySet<number>
}

/** Keeps something of its own in step with the catalog: told of each change within the transaction that makes it. */
export interface CatalogFollower {
  follow(queries: Kysely<unknown>, change: CatalogChange): Promise<void>
}

/** What is the same of all transactions on the catalog. */
export interface FollowedPart {
  /** Tags that are the gateway's own. */
  readonly isOwnTag: (key: string) => boolean
  readonly readOrigin: ReadOrigin
  readonly followers: readonly CatalogFollower[]
}

/** One transaction on the part of one registry, whose row it holds. */
export class CatalogPart {
  readonly kind: GatewayDatabase['kind']
  readonly queries: Kysely<CatalogTables>
  readonly functions: GatewayDatabase['functions']
  readonly id: number
  readonly registry: string
  readonly look: Look
  /** Since when changes are noticed, as all was known before; `null`: the first sweep is not done, and nothing is news. */
  readonly knownSince: number | null
  /** Models that others write to, or have written to since the look. */
  readonly busy: ReadonlySet<string>
  /** Models that have to be read again, and since when not everything is known of them. */
  readonly dirty: ReadonlyMap<string, number | null>
  /** Tags that are the gateway's own are no news. */
  readonly isOwnTag: (key: string) => boolean
  readonly readOrigin: ReadOrigin
  readonly models = new Set<number>()
  readonly versions = new Set<number>()
  readonly goneModels = new Set<number>()
  readonly goneVersions = new Set<number>()
  /** While true, nothing is news. */
  isQuiet = false
  #isTimeless = false
  readonly #events: NewEvent[] = []
  readonly #deferred = new Set<string>()

  constructor(
    { kind, functions }: Pick<GatewayDatabase, 'kind' | 'functions'>,
    queries: Kysely<CatalogTables>,
    {
      id,
      registry,
      look,
      knownSince,
      busy,
      dirty,
      isOwnTag,
      readOrigin,
    }: Pick<
      CatalogPart,
      'id' | 'registry' | 'look' | 'knownSince' | 'busy' | 'dirty' | 'isOwnTag' | 'readOrigin'
    >,
  ) {
    this.kind = kind
    this.functions = functions
    this.queries = queries
    this.id = id
    this.registry = registry
    this.look = look
    this.knownSince = knownSince
    this.busy = busy
    this.dirty = dirty
    this.isOwnTag = isOwnTag
    this.readOrigin = readOrigin
  }

  /** Until when it was known that there is nothing of what the catalog does not have of a model. */
  knownUntil(model: string): number | null {
    const { knownSince } = this
    return knownSince === null ? null : Math.min(knownSince, this.dirty.get(model) ?? knownSince)
  }

  /** @param lastLook the last one before at what it is about; one ahead of `at` is of a clock that was wrong. */
  observe(happenings: readonly Happening[], lastLook: number | null, at: number): void {
    if (this.knownSince === null || this.isQuiet) return
    const { registry } = this
    const notBefore = lastLook !== null && lastLook > at ? null : lastLook
    const noticed = { registry, at, notBefore, certainty: 'OBSERVED', actor: null, requestId: null } as const
    for (const happening of happenings) {
      const isOwn = happening.kind.startsWith('TAG_') && this.isOwnTag(happening.key ?? '')
      if (!isOwn) this.#events.push({ ...happening, ...noticed, comment: null })
    }
  }

  record(event: NewEvent): void {
    this.#events.push(event)
  }

  /** Of a row that is kept from now on: an order by times has to know that there are some without. */
  noteTimes({ createdAt, updatedAt }: Pick<ModelRecord, 'createdAt' | 'updatedAt'>): void {
    if (createdAt === null || updatedAt === null) this.#isTimeless = true
  }

  get hasEvents(): boolean {
    return this.#events.length > 0
  }

  /** Has to be read again, on its own. */
  defer(model: string): void {
    this.#deferred.add(model)
  }

  /** At the end of the transaction. */
  async settle(followers: readonly CatalogFollower[]): Promise<void> {
    const { queries, models, versions, goneModels, goneVersions, id: registryId } = this
    for (const model of this.#deferred)
      await markDirty(queries, { id: this.id, model, knownUntil: this.knownSince })
    if (this.#isTimeless) {
      await queries
        .updateTable('catalog_registry')
        .set({ timeless: 1 })
        .where('id', '=', registryId)
        .execute()
    }
    const change = { registryId, models, versions, goneModels, goneVersions }
    if (models.size + versions.size + goneModels.size + goneVersions.size > 0) {
      for (const follower of followers) await follower.follow(untyped(queries), change)
    }
    await appendEvents(this, this.#events)
  }
}

/** By one parameter, however many there are. */
export function amongIds({ kind }: Pick<CatalogPart, 'kind'>, column: string, ids: Iterable<number>) {
  const list = [...ids]
  return kind === 'sqlite'
    ? sql<boolean>`${sql.ref(column)} in (select value from json_each(${JSON.stringify(list)}))`
    : sql<boolean>`${sql.ref(column)} = any(${list}::bigint[])`
}

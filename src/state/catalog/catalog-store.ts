import { sql } from 'kysely'
import type { ModelRecord, ModelVersionRecord, VersionKey } from '../../contract/index.ts'
import type { ModelPlace } from '../../stores/places.ts'
import type { RegistryState, SweepState, SweepStep, SyncProblem } from '../../stores/registry-state.ts'
import type { FoundRun, Look, Passed, SyncRight, SyncStore, WholeModels } from '../../stores/sync-store.ts'
import type { GatewayDatabase } from '../database.ts'
import { markDirty } from './dirty-models.ts'
import { forgetTouches } from './end-touches.ts'
import { type LeftoverKind, leftoverKinds, leftovers } from './leftovers.ts'
import { noState, toState } from './registry-state.ts'
import { rightLost, SyncChanges, type SyncChangesOptions } from './sync-changes.ts'
import { keysAtOnce, SyncReads } from './sync-reads.ts'
import { type CatalogTables, catalogTables, untyped } from './tables.ts'
import { takeAwayModels, takeAwayVersions } from './take-away.ts'
import { takeModels } from './take-models.ts'
import { takeRuns } from './take-runs.ts'
import { takeSize } from './take-size.ts'
import { takeVersions } from './take-versions.ts'
import { takeWhole } from './take-whole.ts'
import { findTimeless } from './timeless-rows.ts'
import { unclearParts } from './unclear-parts.ts'

export interface CatalogStoreOptions extends SyncChangesOptions {
  /** Whoever notes their end after all is told that others have seen to them. */
  readonly leaveBehind: (ids: readonly string[]) => Promise<void>
  readonly backlog: WordBacklog
}

/** Words that are not in their index yet. */
export interface WordBacklog {
  /** What the registry has from now on waits. */
  open(registryId: number): Promise<void>
  /** Takes in some more. Answers how many rows; null: nothing is left of that registry. */
  takeSome(registryId: number): Promise<number | null>
}

/** What syncs write: each call is one transaction. */
export class CatalogStore implements SyncStore {
  readonly #database: GatewayDatabase<CatalogTables>
  readonly #options: CatalogStoreOptions
  readonly #changes: SyncChanges
  readonly reads: SyncReads

  constructor(database: GatewayDatabase, options: CatalogStoreOptions) {
    this.#database = catalogTables.in(database)
    this.#options = options
    this.#changes = new SyncChanges(this.#database, options)
    this.reads = new SyncReads(this.#database)
  }

  /** Of all registries that were ever synced, by their names. */
  async states(): Promise<ReadonlyMap<string, RegistryState>> {
    const { queries } = this.#database
    const [rows, underWay] = await Promise.all([
      queries.selectFrom('catalog_registry').selectAll().execute(),
      this.#options.underWay(untyped(queries)),
    ])
    const ids = new Map(rows.map(({ id, name }) => [name, id]))
    const unclear = await unclearParts(queries, ids, underWay)
    return new Map(rows.map((row) => [row.name, toState(row, unclear.get(row.id))]))
  }

  /** From then on nobody else may write what they have read. */
  async begin(registry: string, syncer: string): Promise<RegistryState> {
    const row = await this.#database.queries
      .insertInto('catalog_registry')
      .values({ ...noState, name: registry, syncer })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ syncer }))
      .returningAll()
      .executeTakeFirstOrThrow()
    return toState(row)
  }

  /** Before the registry is asked. */
  async look(id: number): Promise<Look> {
    const { queries, functions } = this.#database
    return queries
      .selectFrom('catalog_registry')
      .select(['touch', functions.now.as('at')])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
  }

  /** What changes from `passed` on is not in it: as long as a sweep is under way nothing else is read. */
  async startSweep(right: SyncRight, { watermark, feed }: Passed): Promise<SweepState> {
    const { functions } = this.#database
    await this.#changes.set(right, {
      phase: 'models',
      place: null,
      taken: 0,
      watermark,
      feed,
      sweep_started_at: functions.now as unknown as number,
    })
    const state = (await this.states()).get(right.registry)
    if (!state?.sweep) throw rightLost(right)
    // Nobody searches it before it is read: each row has its words taken in once, at the end, with its run and its versions.
    if (state.sweptAt === null) await this.#options.backlog.open(right.id)
    return state.sweep
  }

  takeModels(
    right: SyncRight,
    look: Look,
    records: readonly ModelRecord[],
    step: SweepStep | null,
  ): Promise<void> {
    return this.#changes.change(right, look, step, records.length, (part, at) =>
      takeModels(part, records, at),
    )
  }

  takeVersions(
    right: SyncRight,
    look: Look,
    records: readonly ModelVersionRecord[],
    step: SweepStep | null,
  ): Promise<void> {
    return this.#changes.change(right, look, step, records.length, (part, at) =>
      takeVersions(part, records, at),
    )
  }

  takeWhole(right: SyncRight, look: Look, whole: WholeModels): Promise<void> {
    return this.#changes.change(right, look, null, 0, (part, at) => takeWhole(part, whole, at))
  }

  takeAway(
    right: SyncRight,
    look: Look,
    { models, versions }: { readonly models: readonly string[]; readonly versions: readonly VersionKey[] },
  ): Promise<void> {
    return this.#changes.change(right, look, null, 0, async (part, at) => {
      await takeAwayModels(part, models, at)
      await takeAwayVersions(part, versions, at)
    })
  }

  takeRuns(right: SyncRight, look: Look, found: readonly FoundRun[], step: SweepStep | null): Promise<void> {
    return this.#changes.change(right, look, step, found.length, (part) => takeRuns(part, found))
  }

  /** Some more of the words that a first sweep has left to its end. Answers how many rows; null: nothing is left. */
  takeWords({ id }: SyncRight): Promise<number | null> {
    return this.#options.backlog.takeSome(id)
  }

  /** @param sizeBytes `null`: it cannot be told. */
  takeSize(right: SyncRight, look: Look, key: VersionKey, sizeBytes: number | null): Promise<void> {
    return this.#changes.change(right, look, null, 0, (part) => takeSize(part, key, sizeBytes))
  }

  /** Has to be read again. One that is not synced yet need not be. */
  async markDirty({ registry, model }: ModelPlace): Promise<void> {
    const { queries } = this.#database
    const found = await queries
      .selectFrom('catalog_registry')
      .select(['id', 'checked_at'])
      .where('name', '=', registry)
      .executeTakeFirst()
    if (found) await markDirty(queries, { id: found.id, model, knownUntil: found.checked_at })
  }

  /** What somebody has begun to write who is gone has to be read again, whatever becomes of the note. */
  async markLeftBehind({ registry }: Pick<SyncRight, 'registry'>): Promise<void> {
    const { underWay, leaveBehind } = this.#options
    const all = await underWay(untyped(this.#database.queries))
    const left = all.filter((each) => each.isOverdue && !each.isLeftBehind && each.registry === registry)
    if (left.length === 0) return
    for (const each of left) await this.markDirty(each)
    await leaveBehind(left.map(({ id }) => id))
  }

  /** The next one begins anew. */
  async giveUpSweep(right: SyncRight): Promise<void> {
    await this.#changes.set(right, { phase: null, place: null, taken: 0, sweep_started_at: null })
  }

  /** The whole registry was read since the sweep began. */
  async finishSweep(
    right: SyncRight,
    { startedAt, touch }: { readonly startedAt: number; readonly touch: number },
  ): Promise<void> {
    for (const kind of leftoverKinds) await this.#clearAway(right, { at: startedAt, touch }, kind)
    await this.#changes.change(right, { at: startedAt, touch }, null, 0, async (part) => {
      await forgetTouches(part, touch)
      await findTimeless(part)
    })
    await this.#changes.set(right, {
      phase: null,
      place: null,
      known_since: sql<number>`coalesce(known_since, ${this.#database.functions.now})` as unknown as number,
      swept_at: startedAt,
      swept_until: this.#database.functions.now as unknown as number,
      checked_at: startedAt,
      problem: null,
    })
  }

  /** @param checkedAt since when nothing can have been missed; `null`: that is not known better than before. */
  async finishCheck(right: SyncRight, checkedAt: number | null, { watermark, feed }: Passed): Promise<void> {
    await this.#changes.change(right, await this.look(right.id), null, 0, findTimeless)
    await this.#changes.set(right, {
      ...(checkedAt !== null && { checked_at: checkedAt }),
      watermark,
      feed,
      problem: null,
    })
  }

  async fail(right: SyncRight, problem: SyncProblem): Promise<void> {
    await this.#changes.set(right, {
      failed_at: this.#database.functions.now as unknown as number,
      problem: JSON.stringify(problem),
    })
  }

  /** Found while nobody is held up; then looked at again, some at a time, where nobody else changes the registry. */
  async #clearAway(right: SyncRight, look: Look, kind: LeftoverKind): Promise<void> {
    const { find, remove } = leftovers[kind]
    const found = await find(this.#database, right.id, null)
    for (let start = 0; start < found.length; start += keysAtOnce) {
      const some = found.slice(start, start + keysAtOnce)
      await this.#changes.change(right, look, null, 0, async (part) =>
        remove(part, await find(part, right.id, some)),
      )
    }
  }
}

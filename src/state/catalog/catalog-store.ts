import { type Kysely, sql } from 'kysely'
import {
  type ModelRecord,
  type ModelVersionRecord,
  RegistryError,
  type VersionKey,
} from '../../contract/index.ts'
import type { GatewayDatabase } from '../database.ts'
import { CatalogPart, type FollowedPart, type Look } from './catalog-part.ts'
import { dirtyOf, markDirty } from './dirty-models.ts'
import { type LeftoverKind, leftoverKinds, leftovers } from './leftovers.ts'
import {
  noState,
  type RegistryState,
  type SweepPhase,
  type SweepPlace,
  type SweepState,
  type SyncProblem,
  toState,
} from './registry-state.ts'
import { type CatalogRegistryRow, type CatalogTables, catalogTables, untyped } from './tables.ts'
import { takeAwayModels, takeAwayVersions } from './take-away.ts'
import { takeModels } from './take-models.ts'
import { type FoundRun, takeRuns } from './take-runs.ts'
import { takeSize } from './take-size.ts'
import { takeVersions } from './take-versions.ts'
import { unclearParts } from './unclear-parts.ts'
import type { WriteUnderWay } from './write-under-way.ts'

/** Who syncs which registry. */
export interface SyncRight {
  readonly id: number
  readonly registry: string
  readonly syncer: string
}

/** Where a sweep has come with what is taken in. */
export interface SweepStep {
  readonly phase: SweepPhase
  readonly place: SweepPlace | null
}

export interface CatalogStoreOptions extends FollowedPart {
  /** Writes that have begun and whose end is not noted, of all gateways. */
  readonly underWay: (queries: Kysely<unknown>) => Promise<readonly WriteUnderWay[]>
  /** Whoever notes their end after all is told that others have seen to them. */
  readonly leaveBehind: (ids: readonly string[]) => Promise<void>
}

export interface ModelName {
  readonly registry: string
  readonly model: string
}

/** Another one syncs the registry by now. */
function rightLost({ registry }: Pick<SyncRight, 'registry'>): RegistryError {
  return new RegistryError('CONFLICT', `Another process syncs "${registry}" by now.`)
}

const keysAtOnce = 500

/** What syncs write: each call is one transaction. */
export class CatalogStore {
  readonly #database: GatewayDatabase<CatalogTables>
  readonly #options: CatalogStoreOptions

  constructor(database: GatewayDatabase, options: CatalogStoreOptions) {
    this.#database = catalogTables.in(database)
    this.#options = options
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

  async counts(id: number): Promise<{ readonly models: number; readonly versions: number }> {
    const { queries } = this.#database
    const [models, versions] = await Promise.all(
      (['catalog_model', 'catalog_version'] as const).map((table) =>
        queries
          .selectFrom(table)
          .select(sql<number>`count(*)`.as('count'))
          .where('registry_id', '=', id)
          .executeTakeFirstOrThrow(),
      ),
    )
    return { models: models?.count ?? 0, versions: versions?.count ?? 0 }
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
    await this.#set(right, {
      phase: 'models',
      place: null,
      taken: 0,
      watermark,
      feed,
      sweep_started_at: functions.now as unknown as number,
    })
    const state = (await this.states()).get(right.registry)
    if (!state?.sweep) throw rightLost(right)
    return state.sweep
  }

  takeModels(
    right: SyncRight,
    look: Look,
    records: readonly ModelRecord[],
    step: SweepStep | null,
  ): Promise<void> {
    return this.#change(right, look, step, records.length, (part, at) => takeModels(part, records, at))
  }

  takeVersions(
    right: SyncRight,
    look: Look,
    records: readonly ModelVersionRecord[],
    step: SweepStep | null,
  ): Promise<void> {
    return this.#change(right, look, step, records.length, (part, at) => takeVersions(part, records, at))
  }

  /** Of these models, which are there, everything; what is not given is gone. */
  takeWhole(
    right: SyncRight,
    look: Look,
    {
      models,
      versions,
      goneModels,
    }: {
      readonly models: readonly ModelRecord[]
      readonly versions: readonly ModelVersionRecord[]
      readonly goneModels: readonly string[]
    },
  ): Promise<void> {
    return this.#change(right, look, null, 0, async (part, at) => {
      const names = [...models.map(({ name }) => name), ...goneModels].filter((name) => !part.busy.has(name))
      await this.#clean(part, names)
      await takeAwayModels(part, goneModels, at)
      await takeModels(part, models, at)
      await takeVersions(part, versions, at)
      const there = new Set(versions.map(({ modelName, version }) => JSON.stringify([modelName, version])))
      const known = await this.#versionsOf(
        part,
        models.map(({ name }) => name),
      )
      const gone = known.filter(({ model, version }) => !there.has(JSON.stringify([model, version])))
      await takeAwayVersions(part, gone, at)
    })
  }

  takeAway(
    right: SyncRight,
    look: Look,
    { models, versions }: { readonly models: readonly string[]; readonly versions: readonly VersionKey[] },
  ): Promise<void> {
    return this.#change(right, look, null, 0, async (part, at) => {
      await takeAwayModels(part, models, at)
      await takeAwayVersions(part, versions, at)
    })
  }

  takeRuns(right: SyncRight, look: Look, found: readonly FoundRun[], step: SweepStep | null): Promise<void> {
    return this.#change(right, look, step, found.length, (part) => takeRuns(part, found))
  }

  /** Versions that can be used and whose size nobody knows, the youngest first. */
  async versionsToSize(
    id: number,
    { lookedAtBefore, limit }: { readonly lookedAtBefore: number; readonly limit: number },
  ): Promise<VersionKey[]> {
    return this.#database.queries
      .selectFrom('catalog_version as v')
      .innerJoin('catalog_model as m', 'm.id', 'v.model_id')
      .select(['m.name as model', 'v.version'])
      .where('v.registry_id', '=', id)
      .where('v.status', '=', 'READY')
      .where('v.total_bytes', 'is', null)
      .where(({ or, eb }) =>
        or([eb('v.files_looked_at', 'is', null), eb('v.files_looked_at', '<', lookedAtBefore)]),
      )
      .orderBy('v.id', 'desc')
      .limit(limit)
      .execute()
  }

  /** @param sizeBytes `null`: it cannot be told. */
  takeSize(right: SyncRight, look: Look, key: VersionKey, sizeBytes: number | null): Promise<void> {
    return this.#change(right, look, null, 0, (part) => takeSize(part, key, sizeBytes))
  }

  /** Models that a sweep has not seen since it began, by name. */
  async unseenModels(id: number, since: number, after: string | null): Promise<string[]> {
    const rows = await this.#database.queries
      .selectFrom('catalog_model')
      .select('name')
      .where('registry_id', '=', id)
      .where('looked_at', '<', since)
      .$if(after !== null, (models) => models.where('name', '>', after ?? ''))
      .orderBy('name')
      .limit(keysAtOnce)
      .execute()
    return rows.map(({ name }) => name)
  }

  /** @param after the id of the last one that was given. */
  async unseenVersions(
    id: number,
    since: number,
    after: number,
  ): Promise<(VersionKey & { readonly id: number })[]> {
    return this.#database.queries
      .selectFrom('catalog_version as v')
      .innerJoin('catalog_model as m', 'm.id', 'v.model_id')
      .select(['v.id', 'm.name as model', 'v.version'])
      .where('v.registry_id', '=', id)
      .where('v.looked_at', '<', since)
      .where('v.id', '>', after)
      .orderBy('v.id')
      .limit(keysAtOnce)
      .execute()
  }

  /** Runs that versions name and that were not looked at since then, or are not over; by id, in order. */
  async runsToRead(
    id: number,
    {
      since,
      after,
      unfinished,
    }: { readonly since: number; readonly after: string; readonly unfinished: boolean },
  ): Promise<string[]> {
    const isDue = unfinished
      ? sql<boolean>`(r.id is null or (r.state = 'there' and r.ended_at is null and r.looked_at < ${since}))`
      : sql<boolean>`(r.id is null or r.looked_at < ${since})`
    const rows = await this.#database.queries
      .selectFrom('catalog_version as v')
      .leftJoin('catalog_run as r', (join) =>
        join.onRef('r.registry_id', '=', 'v.registry_id').onRef('r.run_id', '=', 'v.run_id'),
      )
      .select('v.run_id')
      .distinct()
      .where('v.registry_id', '=', id)
      .where('v.run_id', '>', after)
      .where(isDue)
      .orderBy('v.run_id')
      .limit(keysAtOnce)
      .execute()
    return rows.flatMap(({ run_id }) => (run_id === null ? [] : [run_id]))
  }

  async dirtyModels(id: number): Promise<string[]> {
    const rows = await this.#database.queries
      .selectFrom('catalog_touch')
      .select('model')
      .where('registry_id', '=', id)
      .where('dirty', '=', 1)
      .orderBy('model')
      .limit(keysAtOnce)
      .execute()
    return rows.map(({ model }) => model)
  }

  /** Has to be read again. One that is not synced yet need not be. */
  async markDirty({ registry, model }: ModelName): Promise<void> {
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
    await this.#set(right, { phase: null, place: null, taken: 0, sweep_started_at: null })
  }

  /** The whole registry was read since the sweep began. */
  async finishSweep(
    right: SyncRight,
    { startedAt, touch }: { readonly startedAt: number; readonly touch: number },
  ): Promise<void> {
    for (const kind of leftoverKinds) await this.#clearAway(right, { at: startedAt, touch }, kind)
    await this.#change(right, { at: startedAt, touch }, null, 0, async (part) => {
      // What was read since the sweep began was read after what was written before it.
      await part.queries
        .deleteFrom('catalog_touch')
        .where('registry_id', '=', part.id)
        .where('touch', '<=', touch)
        .where('dirty', '=', 0)
        .execute()
    })
    await this.#set(right, {
      phase: null,
      place: null,
      known_since: sql<number>`coalesce(known_since, ${this.#database.functions.now})` as unknown as number,
      swept_at: startedAt,
      swept_until: this.#database.functions.now as unknown as number,
      checked_at: startedAt,
      timeless: (await this.#hasTimeless(right.id)) ? 1 : 0,
      problem: null,
    })
  }

  /** @param checkedAt since when nothing can have been missed; `null`: that is not known better than before. */
  async finishCheck(right: SyncRight, checkedAt: number | null, { watermark, feed }: Passed): Promise<void> {
    await this.#set(right, {
      ...(checkedAt !== null && { checked_at: checkedAt }),
      timeless: (await this.#hasTimeless(right.id)) ? 1 : 0,
      watermark,
      feed,
      problem: null,
    })
  }

  async fail(right: SyncRight, problem: SyncProblem): Promise<void> {
    await this.#set(right, {
      failed_at: this.#database.functions.now as unknown as number,
      problem: JSON.stringify(problem),
    })
  }

  async #set(right: SyncRight, values: Partial<Omit<CatalogRegistryRow, 'id' | 'name'>>): Promise<void> {
    const row = await this.#database.queries
      .updateTable('catalog_registry')
      .set(values)
      .where('id', '=', right.id)
      .where('syncer', '=', right.syncer)
      .returning('id')
      .executeTakeFirst()
    if (!row) throw rightLost(right)
  }

  async #change(
    right: SyncRight,
    look: Look,
    step: SweepStep | null,
    taken: number,
    work: (part: CatalogPart, at: number) => Promise<void>,
  ): Promise<void> {
    const { followers, isOwnTag, readOrigin } = this.#options
    const hasEvents = await this.#database.queries.transaction().execute(async (queries) => {
      const row = await queries
        .updateTable('catalog_registry')
        .set((eb) => ({
          taken: step === null ? eb.ref('taken') : eb('taken', '+', taken),
          ...(step !== null && { phase: step.phase, place: step.place && JSON.stringify(step.place) }),
        }))
        .where('id', '=', right.id)
        .where('syncer', '=', right.syncer)
        .returning(['swept_at', 'checked_at', this.#database.functions.now.as('now')])
        .executeTakeFirst()
      if (!row) throw rightLost(right)
      const part = new CatalogPart(this.#database, queries, {
        id: right.id,
        registry: right.registry,
        look,
        knownSince: row.swept_at === null ? null : row.checked_at,
        busy: await this.#busy(queries, right, look),
        dirty: await dirtyOf(queries, right.id),
        isOwnTag,
        readOrigin,
      })
      await work(part, row.now)
      await part.settle(followers)
      return part.hasEvents
    })
    if (hasEvents) this.#database.bell.ring()
  }

  /** Models that a write is under way to, or that one was noted of since the look: what was read may be older. */
  async #busy(queries: Kysely<CatalogTables>, { id, registry }: SyncRight, look: Look): Promise<Set<string>> {
    const touched = await queries
      .selectFrom('catalog_touch')
      .select('model')
      .where('registry_id', '=', id)
      .where('touch', '>', look.touch)
      .execute()
    const underWay = await this.#options.underWay(untyped(queries))
    const names = underWay
      .filter((each) => each.registry === registry && !each.isOverdue)
      .map(({ model }) => model)
    return new Set([...touched.map(({ model }) => model), ...names])
  }

  async #clean(part: CatalogPart, names: readonly string[]): Promise<void> {
    await part.queries
      .updateTable('catalog_touch')
      .set({ dirty: 0, known_until: null })
      .where('registry_id', '=', part.id)
      .where(part.functions.inTexts(sql.ref('model'), names))
      .execute()
  }

  async #versionsOf(part: CatalogPart, names: readonly string[]): Promise<VersionKey[]> {
    if (names.length === 0) return []
    return part.queries
      .selectFrom('catalog_version as v')
      .innerJoin('catalog_model as m', 'm.id', 'v.model_id')
      .select(['m.name as model', 'v.version'])
      .where('m.registry_id', '=', part.id)
      .where(part.functions.inTexts(sql.ref('m.name'), names))
      .execute()
  }

  /** Found while nobody is held up; then looked at again, some at a time, where nobody else changes the registry. */
  async #clearAway(right: SyncRight, look: Look, kind: LeftoverKind): Promise<void> {
    const { find, remove } = leftovers[kind]
    const found = await find(this.#database, right.id, null)
    for (let start = 0; start < found.length; start += keysAtOnce) {
      const some = found.slice(start, start + keysAtOnce)
      await this.#change(right, look, null, 0, async (part) => remove(part, await find(part, right.id, some)))
    }
  }

  async #hasTimeless(id: number): Promise<boolean> {
    const { queries } = this.#database
    for (const table of ['catalog_model', 'catalog_version'] as const) {
      for (const column of ['created_at', 'updated_at'] as const) {
        const found = await queries
          .selectFrom(table)
          .select('id')
          .where('registry_id', '=', id)
          .where(column, 'is', null)
          .limit(1)
          .executeTakeFirst()
        if (found) return true
      }
    }
    return false
  }
}

interface Passed {
  readonly watermark: number | null
  readonly feed: string | null
}

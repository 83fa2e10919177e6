import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely'
import {
  type AliasKey,
  type ListQuery,
  type ModelPage,
  type ModelQuery,
  type ModelRecord,
  type ModelVersionRecord,
  type Outcome,
  RegistryError,
  type RunRecord,
  type VersionFilter,
  type VersionKey,
  type VersionPage,
  type VersionPlace,
  type VersionsOfModel,
} from '../../contract/index.ts'
import type { GatewayDatabase } from '../database.ts'
import { allOf, always } from '../lists/condition.ts'
import { decodeContinuation } from '../lists/continuation.ts'
import { type Place, toKeysetCondition } from '../lists/keyset.ts'
import { type OrderTerm, toOrderBy } from '../lists/order-term.ts'
import { type PageRequest, selectOrderValues, toPage, toPageRequest } from '../lists/page.ts'
import { pushDown } from '../lists/pushdown.ts'
import type { SqlCondition } from '../sql-functions.ts'
import { isStorableText } from '../storable-text.ts'
import { toModelCondition, toVersionCondition } from './catalog-conditions.ts'
import {
  type CatalogVersionOrder,
  type RowOrder,
  toModelOrder,
  toPlace,
  toVersionOrder,
} from './catalog-order.ts'
import {
  selectModels,
  selectVersionRows,
  selectVersions,
  toModelRecord,
  toRunRecord,
  toSizedRecord,
} from './catalog-rows.ts'
import { placeKey } from './origin-of-version.ts'
import type { RegistryPart } from './registry-part.ts'
import { type CatalogTables, catalogTables } from './tables.ts'
import { toVersionPlace } from './version-place.ts'

/** What an adapter would answer, from what is kept of its registry. */
export class CatalogReads {
  readonly #database: GatewayDatabase<CatalogTables>

  constructor(database: GatewayDatabase) {
    this.#database = catalogTables.in(database)
  }

  async listModels(part: RegistryPart, query: ModelQuery): Promise<ModelPage> {
    const { functions, queries } = this.#database
    const { condition, residue } = pushDown(query.filter, (leaf) => toModelCondition(functions, leaf))
    const order = toModelOrder(part, query.order)
    const request = toPageRequest(order.terms, query.after && toPlace(order, query.after), query)
    const picked = queries
      .selectFrom('catalog_model as m')
      .select('m.id')
      .where('m.registry_id', '=', part.id)
      .$if(!query.includeArchived, (models) => models.where('m.archived', '=', 0))
      .where(condition)
      .where(request.start)
      .orderBy(request.orderBy)
      .limit(request.size + 1)
    const rows = await selectModels(this.#database, part)
      .select(selectOrderValues(request))
      .innerJoin(picked.as('picked'), 'picked.id', 'm.id')
      .orderBy(request.orderBy)
      .execute()
    return toPage(request, rows, toModelRecord, residue)
  }

  /** The page is picked by ids first, so that tags and aliases are gathered for its rows and no others. */
  async listVersions(part: RegistryPart, query: CatalogVersionQuery): Promise<VersionPage> {
    const { functions } = this.#database
    const { condition, residue } = pushDown(query.filter, (leaf) => toVersionCondition(functions, part, leaf))
    const order = toVersionOrder(part, query.order)
    const request = toPageRequest(order.terms, query.after && toPlace(order, query.after), query)
    const shown = allOf([condition, query.includeArchived ? always : sql<SqlBool>`v.archived = 0`])
    const valued = this.#valued(part, query)
    const rows = valued
      ? await this.#pickByValue(part, order, request, { shown, valued, after: placeOf(order, query) })
      : await this.#loadPage(
          part,
          request,
          selectVersions(this.#database, part).where(shown).where(request.start).orderBy(request.orderBy),
        )
    return toPage(request, rows, toSizedRecord, residue)
  }

  /** By the index of the first value; those without it come last, and are asked for where there are not enough. */
  async #pickByValue(
    part: RegistryPart,
    { terms }: RowOrder,
    request: PageRequest,
    {
      shown,
      valued,
      after,
    }: { readonly shown: SqlCondition; readonly valued: Valued; readonly after: Place | null },
  ) {
    const [first, ...others] = terms as [OrderTerm, ...OrderTerm[]]
    const byValue = [{ ...first, expression: valued.value, optional: false }, ...others]
    const isPast = after !== null && after.values.length > 0 && after.values[0] === null
    const rows = isPast
      ? []
      : await this.#loadPage(
          part,
          request,
          valued.versions
            .where(shown)
            .where(after === null ? always : toKeysetCondition(byValue, after))
            .orderBy(toOrderBy(byValue)),
        )
    const left = request.size + 1 - rows.length
    if (left <= 0) return rows
    const without = await this.#loadPage(
      part,
      { ...request, size: left - 1 },
      selectVersions(this.#database, part)
        .where(shown)
        .where(sql<SqlBool>`${first.expression} is null`)
        .where(isPast ? request.start : always)
        .orderBy(others.length === 0 ? sql`v.id` : toOrderBy(others)),
    )
    return [...rows, ...without]
  }

  /** The versions with the value that they are ordered by first, where an index has it. */
  #valued(part: RegistryPart, { order: [first], filter }: CatalogVersionQuery): Valued | null {
    if (first?.field === 'size') {
      const value = sql.ref<number>('v.total_bytes')
      return {
        value,
        versions: selectVersions(this.#database, part).where(sql<SqlBool>`${value} is not null`),
      }
    }
    // Whether the filter leads to the rows sooner than the value does.
    const fewRows = leadsToFew(filter)
    if (first?.field === 'duration') {
      const value = sql.ref<number>('r.duration_ms')
      const versions = fewRows ? this.#versionsWithRun(part) : this.#runsWithVersions(part)
      return {
        value,
        versions: versions.where('r.registry_id', '=', part.id).where('r.duration_ms', 'is not', null),
      }
    }
    if (first?.field !== 'metric' || !isStorableText(first.key)) return null
    const versions = (fewRows ? this.#versionsWithMetric(part) : this.#metricsWithVersions(part))
      .where('x.registry_id', '=', part.id)
      .where('x.key', '=', first.key)
      .where('x.value', 'is not', null)
    return { value: sql.ref<number>('x.value'), versions }
  }

  #versionsWithRun(part: RegistryPart) {
    return selectVersions(this.#database, part).innerJoin('catalog_run as r', (join) =>
      join.onRef('r.registry_id', '=', 'v.registry_id').onRef('r.run_id', '=', 'v.run_id'),
    )
  }

  /** See {@link #metricsWithVersions}. */
  #runsWithVersions(part: RegistryPart) {
    return this.#database.queries
      .selectFrom('catalog_run as r')
      .crossJoin('catalog_version as v')
      .crossJoin('catalog_model as m')
      .where('v.registry_id', '=', part.id)
      .whereRef('v.run_id', '=', 'r.run_id')
      .whereRef('m.id', '=', 'v.model_id')
  }

  #versionsWithMetric(part: RegistryPart) {
    return this.#versionsWithRun(part).innerJoin('catalog_run_metric as x', 'x.run', 'r.id')
  }

  /** SQLite takes tables that are crossed in the order in which they stand: the index of values comes first. */
  #metricsWithVersions(part: RegistryPart) {
    return this.#database.queries
      .selectFrom('catalog_run_metric as x')
      .crossJoin('catalog_run as r')
      .crossJoin('catalog_version as v')
      .crossJoin('catalog_model as m')
      .whereRef('r.id', '=', 'x.run')
      .where('v.registry_id', '=', part.id)
      .whereRef('v.run_id', '=', 'r.run_id')
      .whereRef('m.id', '=', 'v.model_id')
  }

  async #loadPage(part: RegistryPart, request: PageRequest, versions: PickedVersions) {
    const picked = versions.select('v.id').limit(request.size + 1)
    return selectVersionRows(this.#database, part)
      .select(selectOrderValues(request))
      .innerJoin(picked.as('picked'), 'picked.id', 'v.id')
      .orderBy(request.orderBy)
      .execute()
  }

  async models(part: RegistryPart, names: readonly string[]): Promise<Outcome<ModelRecord>[]> {
    const rows = await selectModels(this.#database, part)
      .where(this.#database.functions.inTexts(sql.ref('m.name'), names.filter(isStorableText)))
      .execute()
    const records = new Map(rows.map((row) => [row.name, toModelRecord(row)]))
    return names.map((name) => records.get(name) ?? null)
  }

  async versions(part: RegistryPart, keys: readonly VersionKey[]): Promise<Outcome<ModelVersionRecord>[]> {
    const pairs = keys
      .filter(({ model, version }) => isStorableText(model) && isStorableText(version))
      .map(({ model, version }) => [model, toVersionPlace(version)] as const)
    const rows = await selectVersionRows(this.#database, part)
      .where(this.#database.functions.inPairs(sql.ref('m.name'), sql.ref('v.place'), pairs))
      .execute()
    const records = new Map(rows.map((row) => [keyOf(row.model_name, row.version), toSizedRecord(row)]))
    return keys.map(({ model, version }) => records.get(keyOf(model, version)) ?? null)
  }

  /** Of each model the highest versions. */
  async versionsOfModels(
    part: RegistryPart,
    names: readonly string[],
    limit: number,
  ): Promise<Outcome<VersionsOfModel>[]> {
    const ranked = this.#selectRanked(part, names)
      .select(sql<number>`row_number() over (partition by v.model_id order by v.place desc)`.as('place'))
      .as('ranked')
    const byModel = await this.#loadPicked(
      part,
      names,
      this.#database.queries
        .selectFrom(ranked)
        .where('place', '<=', limit + 1)
        .select('id'),
    )
    return names.map((name) => {
      const versions = byModel.get(name)
      return versions ? { versions: versions.slice(0, limit), complete: versions.length <= limit } : null
    })
  }

  /** Of each model the highest version in each stage and the one created last. */
  async latestVersions(
    part: RegistryPart,
    names: readonly string[],
  ): Promise<Outcome<readonly ModelVersionRecord[]>[]> {
    const ranked = this.#selectRanked(part, names)
      .select([
        sql<number>`row_number() over (partition by v.model_id, v.stage order by v.place desc)`.as(
          'in_stage',
        ),
        sql<number>`row_number() over (
          partition by v.model_id order by coalesce(v.created_at, 0) desc, v.place desc)`.as('in_time'),
      ])
      .as('ranked')
    const byModel = await this.#loadPicked(
      part,
      names,
      this.#database.queries
        .selectFrom(ranked)
        .where(({ eb, or }) => or([eb('in_stage', '=', 1), eb('in_time', '=', 1)]))
        .select('id'),
    )
    return names.map((name) => byModel.get(name) ?? null)
  }

  async holdersOfAliases(
    part: RegistryPart,
    keys: readonly AliasKey[],
  ): Promise<Outcome<ModelVersionRecord>[]> {
    const pairs = keys
      .filter(({ model, alias }) => isStorableText(model) && isStorableText(alias))
      .map(({ model, alias }) => [model, alias] as const)
    const rows = await selectVersionRows(this.#database, part)
      .innerJoin('catalog_alias as h', (join) =>
        join.onRef('h.model_id', '=', 'v.model_id').onRef('h.version', '=', 'v.version'),
      )
      .select('h.name as alias')
      .where(this.#database.functions.inPairs(sql.ref('m.name'), sql.ref('h.name'), pairs))
      .execute()
    const records = new Map(rows.map((row) => [keyOf(row.model_name, row.alias), toSizedRecord(row)]))
    return keys.map(({ model, alias }) => records.get(keyOf(model, alias)) ?? null)
  }

  /** Of each version those that are copies of it, by model and version. */
  async copiesOf(
    part: RegistryPart,
    origins: readonly VersionPlace[],
    limit: number,
  ): Promise<VersionsOfModel[]> {
    const keys = origins.map(placeKey)
    const ranked = selectVersions(this.#database, part)
      .where(this.#database.functions.inTexts(sql.ref('v.copied_from'), keys))
      .select('v.id')
      .select(
        sql<number>`row_number() over (partition by v.copied_from order by m.name, v.place)`.as('place'),
      )
      .as('ranked')
    const picked = this.#database.queries
      .selectFrom(ranked)
      .where('place', '<=', limit + 1)
      .select('id')
    const rows = await selectVersionRows(this.#database, part)
      .where(sql<SqlBool>`v.id in ${picked}`)
      .orderBy('m.name')
      .orderBy('v.place')
      .execute()
    const byOrigin = Map.groupBy(rows, (row) => row.copied_from)
    return keys.map((key) => {
      const copies = byOrigin.get(key) ?? []
      return { versions: copies.slice(0, limit).map(toSizedRecord), complete: copies.length <= limit }
    })
  }

  async runs(part: RegistryPart, runIds: readonly string[]): Promise<Outcome<RunRecord>[]> {
    const { queries, functions } = this.#database
    const rows = await queries
      .selectFrom('catalog_run as r')
      .selectAll()
      .where('r.registry_id', '=', part.id)
      .where(functions.inTexts(sql.ref('r.run_id'), runIds.filter(isStorableText)))
      .execute()
    if (rows.length === 0) return runIds.map(() => null)
    const ids = rows.map(({ id }) => id)
    const [metrics, params] = await Promise.all([
      queries.selectFrom('catalog_run_metric').selectAll().where('run', 'in', ids).execute(),
      queries.selectFrom('catalog_run_param').selectAll().where('run', 'in', ids).execute(),
    ])
    const metricsOf = Map.groupBy(metrics, ({ run }) => run)
    const paramsOf = Map.groupBy(params, ({ run }) => run)
    const outcomes = new Map<string, Outcome<RunRecord>>(
      rows.map((row) => {
        const own = metricsOf.get(row.id) ?? []
        const metricRecords = own.map(({ key, value, step }) => ({ key, value: value ?? Number.NaN, step }))
        const paramRecords = (paramsOf.get(row.id) ?? []).map(({ key, value }) => ({ key, value }))
        if (row.state === 'there') return [row.run_id, toRunRecord(row, metricRecords, paramRecords)]
        return [row.run_id, row.state === 'hidden' ? hidden() : null]
      }),
    )
    return runIds.map((runId) => outcomes.get(runId) ?? null)
  }

  #selectRanked(part: RegistryPart, names: readonly string[]) {
    const among = this.#database.functions.inTexts(sql.ref('m.name'), names.filter(isStorableText))
    return selectVersions(this.#database, part).where(among).select('v.id')
  }

  async #loadPicked(
    part: RegistryPart,
    names: readonly string[],
    picked: Expression<{ id: number }>,
  ): Promise<Map<string, ModelVersionRecord[]>> {
    const rows = await selectVersionRows(this.#database, part)
      .where(sql<SqlBool>`v.id in ${picked}`)
      .orderBy('v.place', 'desc')
      .execute()
    const byModel = new Map<string, ModelVersionRecord[]>()
    for (const row of rows) {
      const versions = byModel.get(row.model_name)
      if (versions) versions.push(toSizedRecord(row))
      else byModel.set(row.model_name, [toSizedRecord(row)])
    }
    const without = names.filter((name) => !byModel.has(name))
    const empty = without.length === 0 ? [] : await this.models(part, without)
    for (const model of empty) {
      if (model && !RegistryError.is(model)) byModel.set((model as ModelRecord).name, [])
    }
    return byModel
  }
}

type PickedVersions = ReturnType<typeof selectVersions>

type CatalogVersionQuery = ListQuery<VersionFilter, CatalogVersionOrder>

interface Valued {
  readonly value: RawBuilder<number>
  readonly versions: PickedVersions
}

/** Whether something in the filter has an index of its own that leads to few rows, as far as one can tell. */
function leadsToFew(filter: VersionFilter | null): boolean {
  if (filter === null) return false
  switch (filter.kind) {
    case 'and':
      return filter.filters.some(leadsToFew)
    case 'or':
      return filter.filters.every(leadsToFew)
    case 'tag':
    case 'param':
      return filter.tests.some(({ operator }) => operator === 'eq')
    case 'text':
      return (
        ['model', 'alias', 'runId'].includes(filter.field) &&
        filter.tests.some(({ operator }) => operator !== 'ne' && operator !== 'startsWith')
      )
    default:
      return false
  }
}

/** Where the page begins: after the page before, or where the query says. */
function placeOf(order: RowOrder, { continuation, after }: CatalogVersionQuery): Place | null {
  if (continuation === null) return after && toPlace(order, after)
  return { values: decodeContinuation(continuation, order.terms.length), isBefore: false }
}

function hidden(): RegistryError {
  return new RegistryError('FORBIDDEN', 'The run is there, and hidden from the gateway.')
}

function keyOf(model: string, other: string): string {
  return JSON.stringify([model, other])
}

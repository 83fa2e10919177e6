import { type Expression, type SqlBool, sql } from 'kysely'
import {
  type AliasKey,
  type ModelPage,
  type ModelQuery,
  type ModelRecord,
  type ModelVersionRecord,
  type Outcome,
  RegistryError,
  type RunRecord,
  type VersionKey,
  type VersionPage,
  type VersionPlace,
  type VersionsOfModel,
} from '../../contract/index.ts'
import type { GatewayDatabase } from '../database.ts'
import { allOf, always } from '../lists/condition.ts'
import { orderPicked, pickPage, selectPickedValues, toPage, toPageRequest } from '../lists/page.ts'
import { pushDown } from '../lists/pushdown.ts'
import { isStorableText } from '../storable-text.ts'
import { toModelCondition } from './catalog-conditions.ts'
import { toModelOrder, toPlace } from './catalog-order.ts'
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
import { type CatalogVersionQuery, listVersions } from './version-list.ts'
import { toVersionPlace } from './version-place.ts'

/** What an adapter would answer, from what is kept of its registry. */
export class CatalogReads {
  readonly #database: GatewayDatabase<CatalogTables>

  constructor(database: GatewayDatabase) {
    this.#database = catalogTables.in(database)
  }

  async listModels(part: RegistryPart, query: ModelQuery): Promise<ModelPage> {
    const { functions } = this.#database
    const { condition, residue } = pushDown(query.filter, (leaf) => toModelCondition(functions, leaf))
    const order = toModelOrder(part, query.order)
    const request = toPageRequest(order.terms, query.after && toPlace(order, query.after), query)
    const shown = query.includeArchived ? always : sql<SqlBool>`m.archived = 0`
    const picked = pickPage<{ id: number }>(request, {
      keys: sql`m.id`,
      from: sql`catalog_model as m`,
      where: allOf([sql<SqlBool>`m.registry_id = ${part.id}`, shown, condition]),
    })
    const rows = await selectModels(this.#database, null)
      .select(selectPickedValues(request, 'picked'))
      .innerJoin(picked.as<'picked'>(sql.ref('picked')), 'picked.id', 'm.id')
      .orderBy(orderPicked(request.terms, 'picked'))
      .execute()
    return toPage(request, rows, toModelRecord, residue)
  }

  listVersions(part: RegistryPart, query: CatalogVersionQuery): Promise<VersionPage> {
    return listVersions(this.#database, part, query)
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

function hidden(): RegistryError {
  return new RegistryError('FORBIDDEN', 'The run is there, and hidden from the gateway.')
}

function keyOf(model: string, other: string): string {
  return JSON.stringify([model, other])
}

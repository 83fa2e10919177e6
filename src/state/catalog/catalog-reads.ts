import { type SqlBool, sql } from 'kysely'
import type {
  AliasKey,
  ModelPage,
  ModelQuery,
  ModelRecord,
  ModelVersionRecord,
  Outcome,
  RunRecord,
  VersionKey,
  VersionPage,
  VersionPlace,
  VersionsOfModel,
} from '../../contract/index.ts'
import type { KeptRecords, KeptVersionQuery } from '../../stores/kept-records.ts'
import type { RegistryPart } from '../../stores/registry-state.ts'
import type { GatewayDatabase } from '../database.ts'
import { allOf, always } from '../lists/condition.ts'
import { orderPicked, pickPage, selectPickedValues, toPage, toPageRequest } from '../lists/page.ts'
import { pushDown } from '../lists/pushdown.ts'
import { isStorableText } from '../storable-text.ts'
import { toModelCondition } from './catalog-conditions.ts'
import { toModelOrder, toPlace } from './catalog-order.ts'
import {
  selectModels,
  selectNamedVersions,
  selectVersionRows,
  toModelRecord,
  toSizedRecord,
} from './catalog-rows.ts'
import { highestVersions, latestVersions, readCopies } from './ranked-versions.ts'
import { readRuns } from './read-runs.ts'
import { type CatalogTables, catalogTables } from './tables.ts'
import { listVersions } from './version-list.ts'

/** What an adapter would answer, from what is kept of its registry. */
export class CatalogReads implements KeptRecords {
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

  listVersions(part: RegistryPart, query: KeptVersionQuery): Promise<VersionPage> {
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
    const storable = keys.filter(({ model, version }) => isStorableText(model) && isStorableText(version))
    const rows = await selectNamedVersions(this.#database, part, storable).execute()
    const records = new Map(rows.map((row) => [keyOf(row.model_name, row.version), toSizedRecord(row)]))
    return keys.map(({ model, version }) => records.get(keyOf(model, version)) ?? null)
  }

  versionsOfModels(
    part: RegistryPart,
    names: readonly string[],
    limit: number,
  ): Promise<Outcome<VersionsOfModel>[]> {
    return highestVersions(this.#database, part, names, limit)
  }

  latestVersions(
    part: RegistryPart,
    names: readonly string[],
  ): Promise<Outcome<readonly ModelVersionRecord[]>[]> {
    return latestVersions(this.#database, part, names)
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

  copiesOf(part: RegistryPart, origins: readonly VersionPlace[], limit: number): Promise<VersionsOfModel[]> {
    return readCopies(this.#database, part, origins, limit)
  }

  runs(part: RegistryPart, runIds: readonly string[]): Promise<Outcome<RunRecord>[]> {
    return readRuns(this.#database, part, runIds)
  }
}

function keyOf(model: string, other: string): string {
  return JSON.stringify([model, other])
}

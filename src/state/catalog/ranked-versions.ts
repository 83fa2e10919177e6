import { type Expression, type SqlBool, sql } from 'kysely'
import type { ModelVersionRecord, Outcome, VersionPlace, VersionsOfModel } from '../../contract/index.ts'
import type { RegistryPart } from '../../stores/registry-state.ts'
import type { GatewayDatabase } from '../database.ts'
import { isStorableText } from '../storable-text.ts'
import { selectVersionRows, selectVersions, toSizedRecord } from './catalog-rows.ts'
import { placeKey } from './origin-of-version.ts'
import type { CatalogTables } from './tables.ts'

type Database = GatewayDatabase<CatalogTables>

/** Of each model the highest versions. */
export async function highestVersions(
  database: Database,
  part: RegistryPart,
  names: readonly string[],
  limit: number,
): Promise<Outcome<VersionsOfModel>[]> {
  const ranked = selectVersionsOf(database, part, names)
    .select(sql<number>`row_number() over (partition by v.model_id order by v.place desc)`.as('place'))
    .as('ranked')
  const picked = database.queries
    .selectFrom(ranked)
    .where('place', '<=', limit + 1)
    .select('id')
  const byModel = await loadByModel(database, part, names, picked)
  return names.map((name) => {
    const versions = byModel.get(name)
    return versions ? firstOf(versions, limit) : null
  })
}

/** Of each model the highest version in each stage and the one created last. */
export async function latestVersions(
  database: Database,
  part: RegistryPart,
  names: readonly string[],
): Promise<Outcome<readonly ModelVersionRecord[]>[]> {
  const ranked = selectVersionsOf(database, part, names)
    .select([
      sql<number>`row_number() over (partition by v.model_id, v.stage order by v.place desc)`.as('in_stage'),
      sql<number>`row_number() over (
        partition by v.model_id order by coalesce(v.created_at, 0) desc, v.place desc)`.as('in_time'),
    ])
    .as('ranked')
  const picked = database.queries
    .selectFrom(ranked)
    .where(({ eb, or }) => or([eb('in_stage', '=', 1), eb('in_time', '=', 1)]))
    .select('id')
  const byModel = await loadByModel(database, part, names, picked)
  return names.map((name) => byModel.get(name) ?? null)
}

/** Of each version those that are copies of it, by model and version. */
export async function readCopies(
  database: Database,
  part: RegistryPart,
  origins: readonly VersionPlace[],
  limit: number,
): Promise<VersionsOfModel[]> {
  const keys = origins.map(placeKey)
  const ranked = selectVersions(database, part)
    .where(database.functions.inTexts(sql.ref('v.copied_from'), keys))
    .select('v.id')
    .select(sql<number>`row_number() over (partition by v.copied_from order by m.name, v.place)`.as('place'))
    .as('ranked')
  const picked = database.queries
    .selectFrom(ranked)
    .where('place', '<=', limit + 1)
    .select('id')
  const rows = await selectVersionRows(database, part)
    .where(sql<SqlBool>`v.id in ${picked}`)
    .orderBy('m.name')
    .orderBy('v.place')
    .execute()
  const byOrigin = Map.groupBy(rows, (row) => row.copied_from)
  return keys.map((key) => firstOf((byOrigin.get(key) ?? []).map(toSizedRecord), limit))
}

function firstOf(versions: readonly ModelVersionRecord[], limit: number): VersionsOfModel {
  return { versions: versions.slice(0, limit), complete: versions.length <= limit }
}

function selectVersionsOf(database: Database, part: RegistryPart, names: readonly string[]) {
  const among = database.functions.inTexts(sql.ref('m.name'), names.filter(isStorableText))
  return selectVersions(database, part).where(among).select('v.id')
}

/** The highest first; of a model without versions none, and nothing of what is no model. */
async function loadByModel(
  database: Database,
  part: RegistryPart,
  names: readonly string[],
  picked: Expression<{ id: number }>,
): Promise<ReadonlyMap<string, readonly ModelVersionRecord[]>> {
  const rows = await selectVersionRows(database, part)
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
  for (const name of await modelsAmong(database, part, without)) byModel.set(name, [])
  return byModel
}

async function modelsAmong(
  { queries, functions }: Database,
  part: RegistryPart,
  names: readonly string[],
): Promise<string[]> {
  if (names.length === 0) return []
  const rows = await queries
    .selectFrom('catalog_model')
    .select('name')
    .where('registry_id', '=', part.id)
    .where(functions.inTexts(sql.ref('name'), names.filter(isStorableText)))
    .execute()
  return rows.map(({ name }) => name)
}

import { type Expression, sql } from 'kysely'
import type { Call, ModelVersionRecord } from '../../../contract/index.ts'
import { isStorableText } from '../../../state/storable-text.ts'
import { type LocalRegistry, runStatement } from '../registry.ts'
import { selectVersionRows, selectVersions, toVersionRecord } from './version-rows.ts'

/** Of each model that is there its highest versions, highest first. */
export function loadHighest(
  registry: LocalRegistry,
  names: readonly string[],
  limit: number,
  call: Call,
): Promise<Map<string, ModelVersionRecord[]>> {
  const ranked = selectRanked(registry, names)
    .select(sql<number>`row_number() over (partition by v.model_id order by v.number desc)`.as('place'))
    .as('ranked')
  const picked = registry.database.queries.selectFrom(ranked).where('place', '<=', limit)
  return loadByModel(
    registry,
    names,
    picked.select(['model_id', 'number']).$asTuple('model_id', 'number'),
    call,
  )
}

/** Of each model that is there the highest version in each stage and the one created last. */
export function loadLatest(
  registry: LocalRegistry,
  names: readonly string[],
  call: Call,
): Promise<Map<string, ModelVersionRecord[]>> {
  const ranked = selectRanked(registry, names)
    .select([
      sql<number>`row_number() over (partition by v.model_id, v.stage order by v.number desc)`.as('in_stage'),
      sql<number>`row_number() over (partition by v.model_id order by v.created_at desc, v.number desc)`.as(
        'in_time',
      ),
    ])
    .as('ranked')
  const picked = registry.database.queries
    .selectFrom(ranked)
    .where(({ eb, or }) => or([eb('in_stage', '=', 1), eb('in_time', '=', 1)]))
  return loadByModel(
    registry,
    names,
    picked.select(['model_id', 'number']).$asTuple('model_id', 'number'),
    call,
  )
}

function selectRanked(registry: LocalRegistry, names: readonly string[]) {
  return selectVersions(registry)
    .where(amongNames(registry, 'v.model_name', names))
    .select(['v.model_id', 'v.number'])
}

async function loadByModel(
  registry: LocalRegistry,
  names: readonly string[],
  picked: Expression<[string, number]>,
  call: Call,
): Promise<Map<string, ModelVersionRecord[]>> {
  if (!names.some(isStorableText)) return new Map()
  const rows = selectVersionRows(registry)
    .where(({ eb, refTuple }) => eb(refTuple('v.model_id', 'v.number'), 'in', picked))
    .orderBy('v.number', 'desc')
  const byModel = new Map<string, ModelVersionRecord[]>()
  for (const row of await runStatement(registry, call, rows)) {
    const versions = byModel.get(row.model_name)
    if (versions === undefined) byModel.set(row.model_name, [toVersionRecord(row)])
    else versions.push(toVersionRecord(row))
  }
  const without = names.filter((name) => !byModel.has(name))
  for (const name of await loadExisting(registry, without, call)) byModel.set(name, [])
  return byModel
}

async function loadExisting(
  registry: LocalRegistry,
  names: readonly string[],
  call: Call,
): Promise<string[]> {
  if (!names.some(isStorableText)) return []
  const models = registry.database.queries
    .selectFrom('local_model as m')
    .select('m.name')
    .where('m.registry', '=', registry.name)
    .where(amongNames(registry, 'm.name', names))
  return (await runStatement(registry, call, models)).map((row) => row.name)
}

function amongNames(
  { database }: LocalRegistry,
  column: 'm.name' | 'v.model_name',
  names: readonly string[],
) {
  return database.functions.inTexts(sql.ref(column), names.filter(isStorableText))
}

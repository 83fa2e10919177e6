import { sql } from 'kysely'
import type { TextTest, VersionFilter, VersionLeaf } from '../../contract/index.ts'
import type { RegistryPart } from '../../stores/registry-state.ts'
import type { GatewayDatabase } from '../database.ts'
import { toOptionalTextCondition, toTextCondition } from '../lists/text-condition.ts'
import { toMetricCondition, toPairCondition } from './catalog-conditions.ts'
import type { CatalogTables } from './tables.ts'

/** So many are sooner read and sorted than an index of all rows is gone through for some of them. */
const few = 1000
/** To look further would not be worth it. */
const fewEnough = 50

/**
 * The ids of all versions that may match the filter, where they are few: neither database knows beforehand how many rows
 * a value of a tag, or the like, leads to. Null where they are many, or nothing leads to them.
 */
export async function findFewVersions(
  database: GatewayDatabase<CatalogTables>,
  part: RegistryPart,
  filter: VersionFilter | null,
): Promise<readonly number[] | null> {
  if (filter === null) return null
  switch (filter.kind) {
    case 'and': {
      let fewest: readonly number[] | null = null
      for (const each of filter.filters) {
        const found = await findFewVersions(database, part, each)
        if (found !== null && found.length < (fewest?.length ?? Number.POSITIVE_INFINITY)) fewest = found
        if (fewest !== null && fewest.length <= fewEnough) break
      }
      return fewest
    }
    case 'or': {
      const all = new Set<number>()
      for (const each of filter.filters) {
        const found = await findFewVersions(database, part, each)
        if (found === null) return null
        for (const id of found) all.add(id)
        if (all.size > few) return null
      }
      return [...all]
    }
    case 'not':
      return isOfRun(filter.filter) ? takeFew(selectWithoutRun(database, part)) : null
    default:
      return takeFew(selectOfLeaf(database, part, filter))
  }
}

type Database = GatewayDatabase<CatalogTables>

/** Of whatever tables. */
interface IdQuery {
  limit(most: number): { execute(): Promise<{ readonly id: number }[]> }
}

async function takeFew(query: IdQuery | null): Promise<readonly number[] | null> {
  const found = await query?.limit(few + 1).execute()
  return found === undefined || found.length > few ? null : found.map(({ id }) => id)
}

/** Whether it is enough to name a run. */
function isOfRun(filter: VersionFilter): boolean {
  return filter.kind === 'text' && filter.field === 'runId' && filter.tests.length === 0
}

/** Copies, which have the metrics of their sources: no index of metrics leads to them. */
function selectWithoutRun({ queries }: Database, { id }: RegistryPart): IdQuery {
  return queries
    .selectFrom('catalog_version as v')
    .select('v.id')
    .where('v.registry_id', '=', id)
    .where('v.run_id', 'is', null)
}

/** By the index that leads from it to versions. SQLite takes tables that are crossed in the order in which they stand. */
function selectOfLeaf(
  { queries, functions }: Database,
  { id }: RegistryPart,
  leaf: VersionLeaf,
): IdQuery | null {
  switch (leaf.kind) {
    case 'tag':
      return isEqualTo(leaf.tests)
        ? queries
            .selectFrom('catalog_version_tag as t')
            .select('t.version_id as id')
            .where('t.registry_id', '=', id)
            .where(toPairCondition(functions, leaf).condition)
        : null
    case 'param':
      return isEqualTo(leaf.tests)
        ? queries
            .selectFrom('catalog_run_param as t')
            .crossJoin('catalog_run as r')
            .crossJoin('catalog_version as v')
            .select('v.id')
            .where('t.registry_id', '=', id)
            .where(toPairCondition(functions, leaf).condition)
            .whereRef('r.id', '=', 't.run')
            .where('v.registry_id', '=', id)
            .whereRef('v.run_id', '=', 'r.run_id')
        : null
    case 'metric':
      return queries
        .selectFrom('catalog_run_metric as x')
        .crossJoin('catalog_run as r')
        .crossJoin('catalog_version as v')
        .select('v.id')
        .where('x.registry_id', '=', id)
        .where(toMetricCondition(leaf).condition)
        .whereRef('r.id', '=', 'x.run')
        .where('v.registry_id', '=', id)
        .whereRef('v.run_id', '=', 'r.run_id')
    case 'text':
      return isEqualTo(leaf.tests) ? selectOfText({ queries, functions }, id, leaf) : null
    default:
      return null
  }
}

function selectOfText(
  { queries, functions }: Pick<Database, 'queries' | 'functions'>,
  id: number,
  { field, tests }: Extract<VersionLeaf, { kind: 'text' }>,
): IdQuery | null {
  if (field === 'runId') {
    return queries
      .selectFrom('catalog_version as v')
      .select('v.id')
      .where('v.registry_id', '=', id)
      .where(toOptionalTextCondition(functions, sql.ref('v.run_id'), tests).condition)
  }
  if (field !== 'alias') return null
  return queries
    .selectFrom('catalog_alias as a')
    .crossJoin('catalog_model as m')
    .crossJoin('catalog_version as v')
    .select('v.id')
    .where(toTextCondition(functions, sql.ref('a.name'), tests).condition)
    .whereRef('m.id', '=', 'a.model_id')
    .where('m.registry_id', '=', id)
    .whereRef('v.model_id', '=', 'm.id')
    .whereRef('v.version', '=', 'a.version')
}

function isEqualTo(tests: readonly TextTest[]): boolean {
  return tests.some((test) => test.operator === 'eq' && !test.ignoreCase)
}

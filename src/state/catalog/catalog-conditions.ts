import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type {
  MetricCondition,
  ModelLeaf,
  TagCondition,
  TextTest,
  TimeCondition,
  VersionLeaf,
} from '../../contract/index.ts'
import type { RegistryPart } from '../../stores/registry-state.ts'
import { toComparison, toTimeCondition } from '../lists/comparison.ts'
import { never } from '../lists/condition.ts'
import type { LeafCondition } from '../lists/pushdown.ts'
import { toOptionalTextCondition, toTextCondition } from '../lists/text-condition.ts'
import type { SqlCondition, SqlFunctions } from '../sql-functions.ts'
import { isStorableText } from '../storable-text.ts'
import { timeColumn } from './catalog-order.ts'
import { indexedStart } from './pairs.ts'

const nothing: LeafCondition = { condition: never, exact: true }
/** Of the row `m` of catalog_model. */
export function toModelCondition(functions: SqlFunctions, leaf: ModelLeaf): LeafCondition {
  switch (leaf.kind) {
    case 'time':
      return toTime('m', leaf)
    case 'tag':
      return pairCondition(
        functions,
        leaf,
        (of) => sql`m.id in (select t.model_id from catalog_model_tag as t where ${of})`,
      )
    case 'text': {
      const { field, tests } = leaf
      if (field === 'name') return toTextCondition(functions, sql.ref('m.name'), tests)
      if (field === 'description') return toOptionalTextCondition(functions, sql.ref('m.description'), tests)
      const { condition, exact } = toTextCondition(functions, sql.ref('a.name'), tests)
      const holds = sql<SqlBool>`m.id in (select a.model_id from catalog_alias as a where ${condition})`
      return { condition: holds, exact }
    }
  }
}

/** Of the row `v` of catalog_version and its model's row `m`, looked up for each row: {@link findFewVersions} for the rest. */
export function toVersionCondition(
  functions: SqlFunctions,
  part: RegistryPart,
  leaf: VersionLeaf,
): LeafCondition {
  switch (leaf.kind) {
    case 'time':
      return toTime('v', leaf)
    case 'status':
      return { condition: functions.inTexts(sql.ref('v.status'), leaf.in), exact: true }
    case 'tag':
      return pairCondition(
        functions,
        leaf,
        (of) => sql`exists (select 1 from catalog_version_tag as t
          where t.version_id = v.id and t.registry_id = ${part.id} and ${of})`,
      )
    case 'param':
      return pairCondition(
        functions,
        leaf,
        (of) => sql`exists (select 1 from catalog_run as r join catalog_run_param as t on t.run = r.id
          where r.registry_id = ${part.id} and r.run_id = v.run_id and t.registry_id = ${part.id} and ${of})`,
      )
    case 'metric':
      return metricCondition(part, leaf)
    case 'text':
      return fieldCondition(functions, leaf)
  }
}

function toTime(row: 'm' | 'v', leaf: TimeCondition): LeafCondition {
  const column = timeColumn(row, leaf.field)
  const condition = sql<SqlBool>`(${column} is not null and ${toTimeCondition(column, leaf)})`
  return { condition, exact: true }
}

function fieldCondition(
  functions: SqlFunctions,
  { field, tests }: Extract<VersionLeaf, { kind: 'text' }>,
): LeafCondition {
  switch (field) {
    case 'model':
      return toTextCondition(functions, sql.ref('m.name'), tests)
    case 'version':
      return toTextCondition(functions, sql.ref('v.version'), tests)
    case 'runId':
      return toOptionalTextCondition(functions, sql.ref('v.run_id'), tests)
    case 'alias': {
      const { condition, exact } = toTextCondition(functions, sql.ref('a.name'), tests)
      const exists = sql<SqlBool>`exists (select 1 from catalog_alias as a
        where a.model_id = v.model_id and a.version = v.version and ${condition})`
      return { condition: exists, exact }
    }
    default:
      return toOptionalTextCondition(functions, sql.ref(`v.${field}`), tests)
  }
}

function pairCondition(
  functions: SqlFunctions,
  leaf: PairLeaf,
  among: (of: SqlCondition) => RawBuilder<unknown>,
): LeafCondition {
  const { condition, exact } = toPairCondition(functions, leaf)
  return condition === never ? nothing : { condition: sql<SqlBool>`(${among(condition)})`, exact }
}

type PairLeaf = Pick<TagCondition, 'key' | 'tests'>

/** Of the rows `t` of a key and a value. */
export function toPairCondition(functions: SqlFunctions, { key, tests }: PairLeaf): LeafCondition {
  if (!isStorableText(key)) return nothing
  const { condition, exact } = toTextCondition(functions, sql.ref('t.value'), tests)
  return { condition: sql<SqlBool>`t.key = ${key} and ${indexed(tests)} ${condition}`, exact }
}

/** What a value that is asked for begins with, by which the index finds it. */
function indexed(tests: readonly TextTest[]): RawBuilder<unknown> {
  const equal = tests.find((test) => test.operator === 'eq' && !test.ignoreCase && isStorableText(test.value))
  if (equal?.operator !== 'eq') return sql``
  return sql`substr(t.value, 1, 64) = ${indexedStart(equal.value)} and`
}

function metricCondition({ id }: RegistryPart, leaf: MetricCondition): LeafCondition {
  const { condition } = toMetricCondition(leaf)
  if (condition === never) return nothing
  const has = sql<SqlBool>`exists (select 1 from catalog_run as r join catalog_run_metric as x on x.run = r.id
    where r.registry_id = ${id} and r.run_id = v.run_id and ${condition})`
  return { condition: has, exact: true }
}

/**
 * Of the rows `x` of metrics. A NaN is kept as null, which no comparison holds of; PostgreSQL would take one that is asked
 * for as a number.
 */
export function toMetricCondition({ key, operator, value }: MetricCondition): LeafCondition {
  if (!isStorableText(key) || Number.isNaN(value)) return nothing
  const compared = toComparison(sql.ref('x.value'), operator, value)
  return { condition: sql<SqlBool>`x.key = ${key} and ${compared}`, exact: true }
}

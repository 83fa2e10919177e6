import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type {
  MetricCondition,
  ModelLeaf,
  TagCondition,
  TextTest,
  TimeCondition,
  VersionLeaf,
} from '../../contract/index.ts'
import { toComparison, toTimeCondition } from '../lists/comparison.ts'
import { never } from '../lists/condition.ts'
import type { LeafCondition } from '../lists/pushdown.ts'
import { toOptionalTextCondition, toTextCondition } from '../lists/text-condition.ts'
import type { SqlCondition, SqlFunctions } from '../sql-functions.ts'
import { isStorableText } from '../storable-text.ts'
import { timeColumn } from './catalog-order.ts'
import { indexedStart } from './pairs.ts'
import type { RegistryPart } from './registry-part.ts'

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

/** Of the row `v` of catalog_version and its model's row `m`. */
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
        (of) => sql`v.id in (select t.version_id from catalog_version_tag as t
          where t.registry_id = ${part.id} and ${of})`,
      )
    case 'param':
      return pairCondition(
        functions,
        leaf,
        (of) => sql`v.run_id is not null and v.run_id in (
          select r.run_id from catalog_run_param as t join catalog_run as r on r.id = t.run
          where r.registry_id = ${part.id} and t.registry_id = ${part.id} and ${of})`,
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
      const exists = sql<SqlBool>`(v.model_id, v.version) in (
        select a.model_id, a.version from catalog_alias as a where ${condition})`
      return { condition: exists, exact }
    }
    default:
      return toOptionalTextCondition(functions, sql.ref(`v.${field}`), tests)
  }
}

/** Of the rows `t` of a key and a value. */
function pairCondition(
  functions: SqlFunctions,
  { key, tests }: Pick<TagCondition, 'key' | 'tests'>,
  among: (of: SqlCondition) => RawBuilder<unknown>,
): LeafCondition {
  if (!isStorableText(key)) return nothing
  const { condition, exact } = toTextCondition(functions, sql.ref('t.value'), tests)
  const of = sql<SqlBool>`t.key = ${key} and ${indexed(tests)} ${condition}`
  return { condition: sql<SqlBool>`(${among(of)})`, exact }
}

/** What a value that is asked for begins with, by which the index finds it. */
function indexed(tests: readonly TextTest[]): RawBuilder<unknown> {
  const equal = tests.find((test) => test.operator === 'eq' && !test.ignoreCase && isStorableText(test.value))
  if (equal?.operator !== 'eq') return sql``
  return sql`substr(t.value, 1, 64) = ${indexedStart(equal.value)} and`
}

/** A NaN is kept as null, which no comparison holds of; PostgreSQL would take one that is asked for as a number. */
function metricCondition({ id }: RegistryPart, { key, operator, value }: MetricCondition): LeafCondition {
  if (!isStorableText(key) || Number.isNaN(value)) return nothing
  const among = sql<SqlBool>`(v.run_id is not null and v.run_id in (
    select r.run_id from catalog_run_metric as x join catalog_run as r on r.id = x.run
    where x.registry_id = ${id} and x.key = ${key} and ${toComparison(sql.ref('x.value'), operator, value)}))`
  return { condition: among, exact: true }
}

import { type SqlBool, sql } from 'kysely'
import type { MetricCondition, ParamCondition, TagCondition, VersionLeaf } from '../../../contract/index.ts'
import { toComparison, toTimeCondition } from '../../../state/lists/comparison.ts'
import { never } from '../../../state/lists/condition.ts'
import type { LeafCondition } from '../../../state/lists/pushdown.ts'
import { toOptionalTextCondition, toTextCondition } from '../../../state/lists/text-condition.ts'
import type { SqlFunctions } from '../../../state/sql-functions.ts'
import { isStorableText } from '../../../state/storable-text.ts'
import { toTimeColumn } from '../time-column.ts'

const nothing: LeafCondition = { condition: never, exact: true }

/** Of the row `v` of local_version. */
export function toVersionCondition(functions: SqlFunctions, leaf: VersionLeaf): LeafCondition {
  switch (leaf.kind) {
    case 'time':
      return { condition: toTimeCondition(toTimeColumn('v', leaf.field), leaf), exact: true }
    case 'status':
      return { condition: functions.inTexts(sql.ref('v.status'), leaf.in), exact: true }
    case 'tag':
      return toTagCondition(functions, leaf)
    case 'metric':
      return toMetricCondition(leaf)
    case 'param':
      return toParamCondition(functions, leaf)
    case 'text':
      return toFieldCondition(functions, leaf)
  }
}

function toFieldCondition(
  functions: SqlFunctions,
  { field, tests }: Extract<VersionLeaf, { kind: 'text' }>,
): LeafCondition {
  switch (field) {
    case 'model':
      return toTextCondition(functions, sql.ref('v.model_name'), tests)
    case 'version':
      return toTextCondition(functions, sql<string>`cast(v.number as text)`, tests)
    case 'stage':
      return toTextCondition(functions, sql.ref('v.stage'), tests)
    case 'description':
    case 'source':
      return toOptionalTextCondition(functions, sql.ref(`v.${field}`), tests)
    case 'runId':
      return toOptionalTextCondition(functions, sql.ref('v.run_id'), tests)
    case 'alias': {
      const { condition, exact } = toTextCondition(functions, sql.ref('a.name'), tests)
      const exists = sql<SqlBool>`exists (
        select 1 from local_alias as a where a.model_id = v.model_id and a.number = v.number and ${condition})`
      return { condition: exists, exact }
    }
  }
}

function toTagCondition(functions: SqlFunctions, { key, tests }: TagCondition): LeafCondition {
  if (!isStorableText(key)) return nothing
  const { condition, exact } = toTextCondition(functions, sql.ref('t.value'), tests)
  const exists = sql<SqlBool>`exists (
    select 1 from local_version_tag as t
    where t.model_id = v.model_id and t.number = v.number and t.key = ${key} and ${condition})`
  return { condition: exists, exact }
}

function toParamCondition(functions: SqlFunctions, { key, tests }: ParamCondition): LeafCondition {
  if (!isStorableText(key)) return nothing
  const { condition, exact } = toTextCondition(functions, sql.ref('p.value'), tests)
  const exists = sql<SqlBool>`exists (
    select 1 from local_run_param as p
    where p.registry = v.registry and p.run_id = v.run_id and p.key = ${key} and ${condition})`
  return { condition: exists, exact }
}

/** A NaN is kept as null, which no comparison holds of; PostgreSQL would take one that is asked for as a number. */
function toMetricCondition({ key, operator, value }: MetricCondition): LeafCondition {
  if (!isStorableText(key) || Number.isNaN(value)) return nothing
  const exists = sql<SqlBool>`exists (
    select 1 from local_run_metric as x
    where x.registry = v.registry and x.run_id = v.run_id and x.key = ${key}
      and ${toComparison(sql.ref('x.value'), operator, value)})`
  return { condition: exists, exact: true }
}

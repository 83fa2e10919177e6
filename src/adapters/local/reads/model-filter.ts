import { type SqlBool, sql } from 'kysely'
import type { ModelLeaf } from '../../../contract/index.ts'
import { toTimeCondition } from '../../../state/lists/comparison.ts'
import { never } from '../../../state/lists/condition.ts'
import type { LeafCondition } from '../../../state/lists/pushdown.ts'
import { toOptionalTextCondition, toTextCondition } from '../../../state/lists/text-condition.ts'
import type { SqlCondition, SqlFunctions } from '../../../state/sql-functions.ts'
import { isStorableText } from '../../../state/storable-text.ts'
import { toTimeColumn } from '../time-column.ts'

/** Of the row `m` of local_model. */
export function toModelCondition(functions: SqlFunctions, leaf: ModelLeaf): LeafCondition {
  switch (leaf.kind) {
    case 'time':
      return { condition: toTimeCondition(toTimeColumn('m', leaf.field), leaf), exact: true }
    case 'tag':
      return toTagCondition(functions, leaf)
    case 'text':
      return toFieldCondition(functions, leaf)
  }
}

function toFieldCondition(functions: SqlFunctions, { field, tests }: Extract<ModelLeaf, { kind: 'text' }>) {
  switch (field) {
    case 'name':
      return toTextCondition(functions, sql.ref('m.name'), tests)
    case 'description':
      return toOptionalTextCondition(functions, sql.ref('m.description'), tests)
    case 'alias': {
      const { condition, exact } = toTextCondition(functions, sql.ref('a.name'), tests)
      return { condition: existsAlias(condition), exact }
    }
  }
}

function existsAlias(condition: SqlCondition): SqlCondition {
  return sql<SqlBool>`exists (select 1 from local_alias as a where a.model_id = m.id and ${condition})`
}

function toTagCondition(functions: SqlFunctions, { key, tests }: Extract<ModelLeaf, { kind: 'tag' }>) {
  if (!isStorableText(key)) return { condition: never, exact: true }
  const { condition, exact } = toTextCondition(functions, sql.ref('t.value'), tests)
  const exists = sql<SqlBool>`exists (
    select 1 from local_model_tag as t where t.model_id = m.id and t.key = ${key} and ${condition})`
  return { condition: exists, exact }
}

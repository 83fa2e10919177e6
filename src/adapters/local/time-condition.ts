import { type SqlBool, sql } from 'kysely'
import type { MetricCondition, TimeCondition } from '../../contract/index.ts'
import type { SqlCondition } from '../../state/sql-functions.ts'

const operators = { eq: '=', gt: '>', gte: '>=', lt: '<', lte: '<=' } as const

export function toOperator(operator: MetricCondition['operator']) {
  return sql.raw(operators[operator])
}

/** Of the row `m` of local_model or `v` of local_version. */
export function toTimeCondition(row: 'm' | 'v', { field, operator, value }: TimeCondition): SqlCondition {
  const column = field === 'createdAt' ? 'created_at' : 'updated_at'
  return sql<SqlBool>`${sql.ref(`${row}.${column}`)} ${toOperator(operator)} ${value.getTime()}`
}

import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { MetricCondition, TimeCondition } from '../../contract/index.ts'
import type { SqlCondition } from '../sql-functions.ts'

const operators = { eq: '=', gt: '>', gte: '>=', lt: '<', lte: '<=' } as const

export function toComparison(
  expression: RawBuilder<unknown>,
  operator: MetricCondition['operator'],
  value: number,
): SqlCondition {
  return sql<SqlBool>`${expression} ${sql.raw(operators[operator])} ${value}`
}

/** Of a time in epoch milliseconds. */
export function toTimeCondition(
  expression: RawBuilder<unknown>,
  { operator, value }: Pick<TimeCondition, 'operator' | 'value'>,
): SqlCondition {
  return toComparison(expression, operator, value.getTime())
}

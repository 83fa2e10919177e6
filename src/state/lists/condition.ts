import { type SqlBool, sql } from 'kysely'
import type { SqlCondition } from '../sql-functions.ts'

export const always: SqlCondition = sql<SqlBool>`1 = 1`
export const never: SqlCondition = sql<SqlBool>`1 = 0`

export function allOf(conditions: readonly SqlCondition[]): SqlCondition {
  return join(
    conditions.filter((condition) => condition !== always),
    'and',
    always,
  )
}

export function anyOf(conditions: readonly SqlCondition[]): SqlCondition {
  return join(
    conditions.filter((condition) => condition !== never),
    'or',
    never,
  )
}

export function negate(condition: SqlCondition): SqlCondition {
  return sql<SqlBool>`not (${condition})`
}

/** As a balanced tree: databases limit how deep an expression goes, and a flat chain is as deep as it is long. */
function join(conditions: readonly SqlCondition[], operator: 'and' | 'or', none: SqlCondition): SqlCondition {
  const [first = none] = conditions
  if (conditions.length < 2) return first
  const middle = conditions.length >> 1
  const left = join(conditions.slice(0, middle), operator, none)
  const right = join(conditions.slice(middle), operator, none)
  return sql<SqlBool>`(${left} ${sql.raw(operator)} ${right})`
}

import { type SqlBool, sql } from 'kysely'
import { type Position, RegistryError } from '../../contract/index.ts'
import type { SqlCondition } from '../../state/sql-functions.ts'
import { isStorableText, storablePrefix } from '../../state/storable-text.ts'
import { allOf, always, anyOf, never } from './condition.ts'
import type { OrderTerm, RowOrder } from './order.ts'

/** Where the rows stand to one value of a position. */
interface Side {
  /** The rows whose value comes after it. */
  readonly after: SqlCondition
  /** The rows that have it. */
  readonly level: SqlCondition
  /** Holds of both, in a form that an index can be entered by. */
  readonly bound: SqlCondition
}

/** The rows after a place. Where that cannot be said exactly, some before it as well. */
export function toKeysetCondition(order: RowOrder, position: Position): SqlCondition {
  const steps: Side[] = order.asked.map((term, index) => toSide(term, position.values[index] ?? null))
  if (position.name === null) return chain(steps, always)
  if (order.name !== null) steps.push(toSide(order.name, position.name))
  if (position.version === null) return chain(steps, order.version === null ? never : always)
  if (order.version !== null) steps.push(toSide(order.version, position.version))
  return chain(steps, never)
}

function chain(steps: readonly Side[], end: SqlCondition): SqlCondition {
  return steps.reduceRight((rest, { after, level, bound }) => {
    const further = rest === never ? never : allOf([level, rest])
    return allOf([bound, anyOf([after, further])])
  }, end)
}

function toSide(term: OrderTerm, value: string | number | null): Side {
  if (value === null) return toNullSide(term)
  if (typeof value === 'number') {
    // Times and numbers are integers, and nothing else can be compared with them on PostgreSQL.
    if (term.kind !== 'number' || !(term.optional || Number.isSafeInteger(value))) throw misfit()
    return toNumberSide(term, value)
  }
  if (term.kind === 'number') throw misfit()
  return term.kind === 'version' ? toVersionSide(term, value) : toTextSide(term, value)
}

function misfit(): RegistryError {
  return new RegistryError('BAD_USER_INPUT', 'The place to resume at does not fit the order.')
}

/** Nulls are last, so nothing comes after them. */
function toNullSide({ expression, optional }: OrderTerm): Side {
  return { after: never, level: optional ? sql<SqlBool>`${expression} is null` : never, bound: always }
}

function toNumberSide(term: OrderTerm, value: number): Side {
  const { expression, optional } = term
  const beyond = sql<SqlBool>`${expression} ${strict(term)} ${value}`
  return {
    after: optional ? sql<SqlBool>`(${beyond} or ${expression} is null)` : beyond,
    level: sql<SqlBool>`${expression} = ${value}`,
    bound: optional ? always : sql<SqlBool>`${expression} ${strict(term)}= ${value}`,
  }
}

function toTextSide(term: OrderTerm, value: string): Side {
  const { expression, direction } = term
  if (isStorableText(value)) {
    return {
      after: sql<SqlBool>`${expression} ${strict(term)} ${value}`,
      level: sql<SqlBool>`${expression} = ${value}`,
      bound: sql<SqlBool>`${expression} ${strict(term)}= ${value}`,
    }
  }
  const after = direction === 'asc' ? sql<SqlBool>`${expression} >= ${storablePrefix(value)}` : always
  return { after, level: never, bound: always }
}

/** The position may be of another registry's row, whose versions need not be numbers as they are here. */
function toVersionSide(term: OrderTerm, version: string): Side {
  const { expression, direction } = term
  const number = Number(version)
  const isInteger = /^[0-9]+$/.test(version)
  const lastInteger = !isInteger || !Number.isSafeInteger(number)
  if (lastInteger) return { after: direction === 'asc' ? never : always, level: never, bound: always }
  if (String(number) === version) return toNumberSide(term, number)
  // With zeros in front it is before the same number without.
  const after =
    direction === 'asc' ? sql<SqlBool>`${expression} >= ${number}` : sql<SqlBool>`${expression} < ${number}`
  return { after, level: never, bound: always }
}

function strict({ direction }: OrderTerm) {
  return sql.raw(direction === 'asc' ? '>' : '<')
}

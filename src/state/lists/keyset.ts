import { type SqlBool, sql } from 'kysely'
import { RegistryError } from '../../contract/index.ts'
import type { SqlCondition } from '../sql-functions.ts'
import { isStorableText, storablePrefix } from '../storable-text.ts'
import { allOf, always, anyOf, never } from './condition.ts'
import type { OrderTerm, OrderValue } from './order-term.ts'

/** A place in a list, that of one of its rows or between them. */
export interface Place {
  /** Of the first terms of the order, one each. */
  readonly values: readonly OrderValue[]
  /** Whether it is before the rows that have all of these values; else it is after them. */
  readonly isBefore: boolean
}

/** Where the rows stand to one value of a place. */
interface Side {
  /** The rows whose value comes after it. */
  readonly after: SqlCondition
  /** The rows that have it. */
  readonly level: SqlCondition
  /** Holds of both, in a form that an index can be entered by. */
  readonly bound: SqlCondition
}

/** The rows after a place. Where that cannot be said exactly, some before it as well. */
export function toKeysetCondition(terms: readonly OrderTerm[], { values, isBefore }: Place): SqlCondition {
  const steps = values.map((value, index) => toSide(terms[index], value))
  return steps.reduceRight(
    (rest, { after, level, bound }) => {
      const further = rest === never ? never : allOf([level, rest])
      return allOf([bound, anyOf([after, further])])
    },
    isBefore ? always : never,
  )
}

/**
 * The same as conditions of which at most one holds of a row, each a stretch of an index that has the order: one for
 * each value that a row may be the first to differ in.
 */
export function toKeysetStretches(terms: readonly OrderTerm[], { values, isBefore }: Place): SqlCondition[] {
  const stretches: SqlCondition[] = []
  let level: readonly SqlCondition[] = []
  for (const [index, value] of values.entries()) {
    const side = toSide(terms[index], value)
    if (side.after !== never) stretches.push(allOf([...level, side.after]))
    if (side.level === never) return stretches
    level = [...level, side.level]
  }
  return isBefore ? [...stretches, allOf(level)] : stretches
}

function toSide(term: OrderTerm | undefined, value: OrderValue): Side {
  if (term === undefined) throw misfit()
  if (value === null) return toNullSide(term)
  if (typeof value === 'number') {
    // PostgreSQL compares integers with nothing else.
    if (term.kind === 'text' || !(term.kind === 'double' || Number.isSafeInteger(value))) throw misfit()
    return toValueSide(term, value)
  }
  if (term.kind === 'version') return toVersionSide(term, value)
  if (term.kind !== 'text') throw misfit()
  return isStorableText(value) ? toValueSide(term, value) : toUnstorableSide(term, value)
}

function misfit(): RegistryError {
  return new RegistryError('BAD_USER_INPUT', 'The place to resume at does not fit the order.')
}

/** Nulls are last, so nothing comes after them. */
function toNullSide({ expression, optional }: OrderTerm): Side {
  return { after: never, level: optional ? sql<SqlBool>`${expression} is null` : never, bound: always }
}

function toValueSide(term: OrderTerm, value: string | number): Side {
  const { expression, direction, optional } = term
  const strict = sql.raw(direction === 'asc' ? '>' : '<')
  return {
    after: orNull(term, sql<SqlBool>`${expression} ${strict} ${value}`),
    level: sql<SqlBool>`${expression} = ${value}`,
    bound: optional ? always : sql<SqlBool>`${expression} ${strict}= ${value}`,
  }
}

function toUnstorableSide(term: OrderTerm, value: string): Side {
  const { expression, direction } = term
  const after =
    direction === 'asc' ? orNull(term, sql<SqlBool>`${expression} >= ${storablePrefix(value)}`) : always
  return { after, level: never, bound: always }
}

/** Versions that are no numbers come after those that are. */
function toVersionSide(term: OrderTerm, version: string): Side {
  const { expression, direction } = term
  const number = Number(version)
  const isInteger = /^[0-9]+$/.test(version)
  const lastInteger = !isInteger || !Number.isSafeInteger(number)
  if (lastInteger) {
    return { after: direction === 'asc' ? orNull(term, never) : always, level: never, bound: always }
  }
  if (String(number) === version) return toValueSide(term, number)
  // With zeros in front it is before the same number without.
  const after =
    direction === 'asc' ? sql<SqlBool>`${expression} >= ${number}` : sql<SqlBool>`${expression} < ${number}`
  return { after: orNull(term, after), level: never, bound: always }
}

function orNull({ expression, optional }: OrderTerm, condition: SqlCondition): SqlCondition {
  return optional ? anyOf([condition, sql<SqlBool>`${expression} is null`]) : condition
}

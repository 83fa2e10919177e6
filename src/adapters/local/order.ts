import { sql } from 'kysely'
import type { Direction, ModelOrder, Position, VersionOrder } from '../../contract/index.ts'
import type { Place } from '../../state/lists/keyset.ts'
import type { OrderTerm } from '../../state/lists/order-term.ts'
import { isStorableText } from '../../state/storable-text.ts'

/** Always a total order. */
export interface RowOrder {
  /** Those that were asked for, then one for each of `ties`. */
  readonly terms: readonly OrderTerm[]
  /** What still tells rows apart that are level by what was asked. */
  readonly ties: readonly ('name' | 'version')[]
}

/** Where a row has what it is ordered by. */
export interface OrderColumns {
  readonly name: string
  readonly createdAt: string
  readonly updatedAt: string
}

export interface VersionColumns extends OrderColumns {
  readonly number: string
}

export function toModelOrder(order: readonly ModelOrder[], columns: OrderColumns): RowOrder {
  const asked = order.map(({ field, direction }) =>
    field === 'name' ? toNameTerm(columns, direction) : toTimeTerm(columns, field, direction),
  )
  const lacksName = order.every(({ field }) => field !== 'name')
  return {
    terms: lacksName ? [...asked, toNameTerm(columns, 'asc')] : asked,
    ties: lacksName ? ['name'] : [],
  }
}

export function toVersionOrder(
  registry: string,
  order: readonly VersionOrder[],
  columns: VersionColumns,
): RowOrder {
  const lacks = (field: VersionOrder['field']) => order.every((entry) => entry.field !== field)
  const asked = order.map((entry) => toVersionTerm(registry, entry, columns))
  const ties = [
    ...(lacks('model') ? (['name'] as const) : []),
    ...(lacks('version') ? (['version'] as const) : []),
  ]
  const last = ties.map((tie) => (tie === 'name' ? toNameTerm(columns, 'asc') : toNumberTerm(columns, 'asc')))
  return { terms: [...asked, ...last], ties }
}

/** The same place in this order; what the contract leaves open is before the rows that it may be. */
export function toPlace({ terms, ties }: RowOrder, position: Position): Place {
  const values = terms.slice(0, terms.length - ties.length).map((_, index) => position.values[index] ?? null)
  if (position.name === null) return { values, isBefore: true }
  const known = ties.filter((tie) => position[tie] !== null)
  return { values: [...values, ...known.map((tie) => position[tie])], isBefore: known.length < ties.length }
}

function toVersionTerm(registry: string, entry: VersionOrder, columns: VersionColumns): OrderTerm {
  switch (entry.field) {
    case 'model':
      return toNameTerm(columns, entry.direction)
    case 'version':
      return toNumberTerm(columns, entry.direction)
    case 'metric':
      return toMetricTerm(registry, entry.key, entry.direction)
    default:
      return toTimeTerm(columns, entry.field, entry.direction)
  }
}

function toNameTerm({ name }: OrderColumns, direction: Direction): OrderTerm {
  return { kind: 'text', expression: sql.ref(name), direction, optional: false }
}

function toNumberTerm({ number }: VersionColumns, direction: Direction): OrderTerm {
  return { kind: 'version', expression: sql.ref(number), direction, optional: false }
}

function toTimeTerm(
  columns: OrderColumns,
  field: 'createdAt' | 'updatedAt',
  direction: Direction,
): OrderTerm {
  return { kind: 'integer', expression: sql.ref(columns[field]), direction, optional: false }
}

/** A metric whose key cannot be kept is nowhere. */
function toMetricTerm(registry: string, key: string, direction: Direction): OrderTerm {
  const expression = isStorableText(key)
    ? sql<number | null>`(select x.value from local_run_metric as x
        where x.registry = ${registry} and x.run_id = v.run_id and x.key = ${key})`
    : sql<null>`cast(null as double precision)`
  return { kind: 'double', expression, direction, optional: true }
}

import { sql } from 'kysely'
import type { Direction, ModelOrder, Position, VersionOrder } from '../../contract/index.ts'
import type { Place } from '../../state/lists/keyset.ts'
import type { OrderTerm } from '../../state/lists/order-term.ts'
import { isStorableText } from '../../state/storable-text.ts'
import { toTimeColumn } from './time-column.ts'

/** Of the rows `m` of local_model and `v` of local_version: always a total order. */
export interface RowOrder {
  /** Those that were asked for, then one for each of `ties`. */
  readonly terms: readonly OrderTerm[]
  /** What still tells rows apart that are level by what was asked. */
  readonly ties: readonly ('name' | 'version')[]
}

export function toModelOrder(order: readonly ModelOrder[]): RowOrder {
  const asked = order.map(({ field, direction }) =>
    field === 'name' ? toNameTerm(direction) : toTimeTerm('m', field, direction),
  )
  return withTies(asked, order.some(({ field }) => field === 'name') ? [] : ['name'])
}

export function toVersionOrder(registry: string, order: readonly VersionOrder[]): RowOrder {
  const lacks = (field: VersionOrder['field']) => order.every((entry) => entry.field !== field)
  const asked = order.map((entry) => toVersionTerm(registry, entry))
  return withTies(asked, [
    ...(lacks('model') ? (['name'] as const) : []),
    ...(lacks('version') ? (['version'] as const) : []),
  ])
}

/** The same place in this order; what the contract leaves open is before the rows that it may be. */
export function toPlace({ terms, ties }: RowOrder, position: Position): Place {
  const values = terms.slice(0, terms.length - ties.length).map((_, index) => position.values[index] ?? null)
  if (position.name === null) return { values, isBefore: true }
  const known = ties.filter((tie) => position[tie] !== null)
  return { values: [...values, ...known.map((tie) => position[tie])], isBefore: known.length < ties.length }
}

function withTies(asked: readonly OrderTerm[], ties: RowOrder['ties']): RowOrder {
  const terms = ties.map((tie) => (tie === 'name' ? toNameTerm('asc') : toNumberTerm('asc')))
  return { terms: [...asked, ...terms], ties }
}

function toVersionTerm(registry: string, entry: VersionOrder): OrderTerm {
  switch (entry.field) {
    case 'model':
      return toNameTerm(entry.direction)
    case 'version':
      return toNumberTerm(entry.direction)
    case 'metric':
      return toMetricTerm(registry, entry.key, entry.direction)
    default:
      return toTimeTerm('v', entry.field, entry.direction)
  }
}

function toNameTerm(direction: Direction): OrderTerm {
  return { kind: 'text', expression: sql.ref('m.name'), direction, optional: false }
}

function toNumberTerm(direction: Direction): OrderTerm {
  return { kind: 'version', expression: sql.ref('v.number'), direction, optional: false }
}

function toTimeTerm(row: 'm' | 'v', field: 'createdAt' | 'updatedAt', direction: Direction): OrderTerm {
  return { kind: 'integer', expression: toTimeColumn(row, field), direction, optional: false }
}

/** A metric whose key cannot be kept is nowhere. */
function toMetricTerm(registry: string, key: string, direction: Direction): OrderTerm {
  const expression = isStorableText(key)
    ? sql<number | null>`(select x.value from local_run_metric as x
        where x.registry = ${registry} and x.run_id = v.run_id and x.key = ${key})`
    : sql<null>`cast(null as double precision)`
  return { kind: 'double', expression, direction, optional: true }
}

import { sql } from 'kysely'
import type { Direction, ModelOrder, Position } from '../../contract/index.ts'
import type { KeptVersionOrder } from '../../stores/kept-records.ts'
import type { RegistryPart } from '../../stores/registry-state.ts'
import type { Place } from '../lists/keyset.ts'
import type { OrderTerm, OrderValue } from '../lists/order-term.ts'
import { isStorableText } from '../storable-text.ts'
import { toVersionPlace } from './version-place.ts'

/** Of the rows `m` of catalog_model and `v` of catalog_version: always a total order. */
export interface RowOrder {
  /** Those that were asked for, then one for each of `ties`. */
  readonly terms: readonly OrderTerm[]
  readonly asked: readonly (ModelOrder | KeptVersionOrder)['field'][]
  /** What still tells rows apart that are level by what was asked. */
  readonly ties: readonly ('name' | 'version')[]
}

export function toModelOrder(part: RegistryPart, order: readonly ModelOrder[]): RowOrder {
  const terms = order.map(({ field, direction }) =>
    field === 'name' ? nameTerm(direction) : timeTerm(part, 'm', field, direction),
  )
  return withTies(order, terms, order.some(({ field }) => field === 'name') ? [] : ['name'])
}

export function toVersionOrder(part: RegistryPart, order: readonly KeptVersionOrder[]): RowOrder {
  const lacks = (field: KeptVersionOrder['field']) => order.every((entry) => entry.field !== field)
  const terms = order.map((entry) => versionTerm(part, entry))
  return withTies(order, terms, [
    ...(lacks('model') ? (['name'] as const) : []),
    ...(lacks('version') ? (['version'] as const) : []),
  ])
}

/** The same place in this order; what the contract leaves open is before the rows that it may be. */
export function toPlace({ asked, ties }: RowOrder, position: Position): Place {
  const values = asked.map((field, index) => toValue(field, position.values[index] ?? null))
  if (position.name === null) return { values, isBefore: true }
  const known = ties.filter((tie) => position[tie] !== null)
  const tied = known.map((tie) => toValue(tie, position[tie]))
  return { values: [...values, ...tied], isBefore: known.length < ties.length }
}

function toValue(field: string, value: OrderValue): OrderValue {
  return field === 'version' && typeof value === 'string' ? toVersionPlace(value) : value
}

function withTies(
  order: readonly (ModelOrder | KeptVersionOrder)[],
  terms: readonly OrderTerm[],
  ties: RowOrder['ties'],
): RowOrder {
  const tied = ties.map((tie) => (tie === 'name' ? nameTerm('asc') : placeTerm('asc')))
  return { terms: [...terms, ...tied], asked: order.map(({ field }) => field), ties }
}

function versionTerm(part: RegistryPart, entry: KeptVersionOrder): OrderTerm {
  switch (entry.field) {
    case 'model':
      return nameTerm(entry.direction)
    case 'version':
      return placeTerm(entry.direction)
    case 'metric':
      return metricTerm(part, entry.key, entry.direction)
    case 'duration':
      return durationTerm(part, entry.direction)
    case 'size':
      return {
        kind: 'integer',
        expression: sql.ref('v.total_bytes'),
        direction: entry.direction,
        optional: true,
      }
    default:
      return timeTerm(part, 'v', entry.field, entry.direction)
  }
}

function nameTerm(direction: Direction): OrderTerm {
  return { kind: 'text', expression: sql.ref('m.name'), direction, optional: false }
}

function placeTerm(direction: Direction): OrderTerm {
  return { kind: 'text', expression: sql.ref('v.place'), direction, optional: false }
}

/** Where every row has its times an index gives the order. */
function timeTerm(
  { hasTimeless }: RegistryPart,
  row: 'm' | 'v',
  field: 'createdAt' | 'updatedAt',
  direction: Direction,
): OrderTerm {
  return { kind: 'integer', expression: timeColumn(row, field), direction, optional: hasTimeless }
}

export function timeColumn(row: 'm' | 'v', field: 'createdAt' | 'updatedAt') {
  return sql.ref<number>(`${row}.${field === 'createdAt' ? 'created_at' : 'updated_at'}`)
}

/** A metric whose key cannot be kept is nowhere. */
function metricTerm({ id }: RegistryPart, key: string, direction: Direction): OrderTerm {
  const expression = isStorableText(key)
    ? sql<number | null>`(select x.value from catalog_run as r
        join catalog_run_metric as x on x.run = r.id and x.key = ${key}
        where r.registry_id = ${id} and r.run_id = v.run_id)`
    : sql<null>`cast(null as double precision)`
  return { kind: 'double', expression, direction, optional: true }
}

function durationTerm({ id }: RegistryPart, direction: Direction): OrderTerm {
  const expression = sql<number | null>`(select r.duration_ms from catalog_run as r
    where r.registry_id = ${id} and r.run_id = v.run_id)`
  return { kind: 'integer', expression, direction, optional: true }
}

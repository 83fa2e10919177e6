import { type RawBuilder, sql } from 'kysely'
import type { Direction, ModelOrder, VersionOrder } from '../../contract/index.ts'
import { isStorableText } from '../../state/storable-text.ts'

/** One expression to order rows by, of the rows `m` of local_model and `v` of local_version. */
export interface OrderTerm {
  readonly kind: 'text' | 'number' | 'version'
  readonly expression: RawBuilder<string | number | null>
  readonly direction: Direction
  /** Whether rows may have no value; they come last in either direction. */
  readonly optional: boolean
}

/** The asked terms, then those that break ties: always a total order. */
export interface RowOrder {
  readonly asked: readonly OrderTerm[]
  /** `null` where the asked terms hold the name already, so that rows of one name are told apart or one row. */
  readonly name: OrderTerm | null
  /** `null` likewise, and for models. */
  readonly version: OrderTerm | null
}

export function toModelOrder(order: readonly ModelOrder[]): RowOrder {
  const asked = order.map(({ field, direction }) =>
    field === 'name' ? toNameTerm(direction) : toTimeTerm('m', field, direction),
  )
  return {
    asked,
    name: order.some(({ field }) => field === 'name') ? null : toNameTerm('asc'),
    version: null,
  }
}

export function toVersionOrder(registry: string, order: readonly VersionOrder[]): RowOrder {
  const has = (field: VersionOrder['field']) => order.some((entry) => entry.field === field)
  return {
    asked: order.map((entry) => toVersionTerm(registry, entry)),
    name: has('model') ? null : toNameTerm('asc'),
    version: has('version') ? null : toNumberTerm('asc'),
  }
}

function termsOf({ asked, name, version }: RowOrder): readonly OrderTerm[] {
  return [...asked, name, version].filter((term) => term !== null)
}

/** For `order by`. */
export function toOrderExpressions(order: RowOrder): RawBuilder<unknown>[] {
  return termsOf(order).flatMap(({ expression, direction, optional }) => {
    const ordered = sql`${expression} ${sql.raw(direction)}`
    return optional ? [sql`${expression} is null`, ordered] : [ordered]
  })
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
  const column = field === 'createdAt' ? 'created_at' : 'updated_at'
  return { kind: 'number', expression: sql.ref(`${row}.${column}`), direction, optional: false }
}

/** A metric whose key cannot be kept is nowhere. */
function toMetricTerm(registry: string, key: string, direction: Direction): OrderTerm {
  const expression = isStorableText(key)
    ? sql<number | null>`(select x.value from local_run_metric as x
        where x.registry = ${registry} and x.run_id = v.run_id and x.key = ${key})`
    : sql<null>`cast(null as double precision)`
  return { kind: 'number', expression, direction, optional: true }
}

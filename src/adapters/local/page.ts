import { type RawBuilder, sql } from 'kysely'
import type { ListPage, ListQuery, Position } from '../../contract/index.ts'
import type { SqlCondition } from '../../state/sql-functions.ts'
import { always } from './condition.ts'
import { decodeContinuation, encodeContinuation } from './continuation.ts'
import { toKeysetCondition } from './keyset.ts'
import { type RowOrder, toOrderExpressions } from './order.ts'

/** However many are wanted, one statement on SQLite holds up everything else for no longer than these take. */
const maxRows = 1000

/** The values that the row is ordered by, as `order_0`, `order_1` and so on. */
type OrderValues = { readonly [column: `order_${number}`]: string | number | null }

export interface PageRequest {
  readonly order: RowOrder
  readonly start: SqlCondition
  readonly orderBy: RawBuilder<unknown>
  readonly size: number
}

export function toPageRequest(order: RowOrder, query: ListQuery<unknown, unknown>): PageRequest {
  const position = query.continuation === null ? query.after : decodeContinuation(query.continuation)
  return {
    order,
    start: position === null ? always : toKeysetCondition(order, position),
    orderBy: sql.join(toOrderExpressions(order)),
    size: Math.min(query.limit, maxRows),
  }
}

export function selectOrderValues({ asked }: RowOrder) {
  return asked.map(({ expression }, index) => expression.as(`order_${index}` as const))
}

/** Of one row more than the page takes, which tells whether there is another page. */
export function toPage<Row extends OrderValues, Item, Filter>(
  { order, size }: PageRequest,
  rows: readonly Row[],
  toItem: (row: Row) => Item,
  toKey: (item: Item) => Pick<Position, 'name' | 'version'>,
  residue: Filter | null,
): ListPage<Item, Filter> {
  const taken = rows.slice(0, size)
  const items = taken.map(toItem)
  const lastRow = taken.at(-1)
  const lastItem = items.at(-1)
  const more = rows.length > size && lastRow !== undefined && lastItem !== undefined
  const continuation = more
    ? encodeContinuation({ values: toValues(order, lastRow), ...toKey(lastItem), hint: null })
    : null
  return { items, hints: null, continuation, residue, ordered: true }
}

function toValues({ asked }: RowOrder, row: OrderValues): Position['values'] {
  return asked.map(({ kind }, index) => {
    const value = row[`order_${index}`] ?? null
    return kind === 'version' ? String(value) : value
  })
}

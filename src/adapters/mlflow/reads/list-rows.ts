import type { ListPage, ListQuery } from '../../../contract/index.ts'
import { readContinuation, writeContinuation } from './continuation.ts'
import { inCodePointOrder } from './name-order.ts'
import { type Resume, readPage, type Window } from './read-page.ts'
import type { RowOrder } from './row-order.ts'

export interface ListSource<Row, Filter, Order> {
  readonly query: ListQuery<Filter, Order>
  /** Whether the server sorts names by code point as far as is known now. */
  readonly nameSafe: boolean
  readonly maxSize: number
  orderRows(nameSafe: boolean): RowOrder<Row>
  load(order: RowOrder<Row>, offset: number, size: number): Promise<Window<Row>>
  nameOf(row: Row): string
  /** To be told when the server broke its word about names. */
  refuteNameOrder(): void
}

export async function listRows<Row, Filter, Order>(
  source: ListSource<Row, Filter, Order>,
): Promise<ListPage<Row, Filter>> {
  const { query } = source
  const continuation = query.continuation === null ? null : readContinuation(query.continuation)
  const nameSafe = continuation?.nameSafe ?? source.nameSafe
  const order = source.orderRows(nameSafe)
  const { rows, more } = await readPage({
    order,
    limit: query.limit,
    maxSize: source.maxSize,
    resume: continuation ?? (order.asked ? toResume(query.after) : null),
    load: (offset, size) => source.load(order, offset, size),
  })
  const items = rows.map(({ row }) => row)
  if (nameSafe && !keepsNames(order, items, source.nameOf)) {
    source.refuteNameOrder()
    if (continuation === null) return listRows({ ...source, nameSafe: false })
  }
  const last = rows.at(-1)
  return {
    items,
    hints: rows.map(({ offset }) => String(offset)),
    continuation:
      more && last
        ? writeContinuation({ place: order.place(last.row), offset: last.offset, nameSafe })
        : null,
    residue: query.filter,
    ordered: order.asked,
  }
}

export function emptyPage<Row, Filter>(): ListPage<Row, Filter> {
  return { items: [], hints: [], continuation: null, residue: null, ordered: true }
}

/** A place without a usable hint is looked for from the beginning. */
function toResume(after: ListQuery<unknown, unknown>['after']): Resume | null {
  if (after === null) return null
  return { place: after, offset: /^\d{1,9}$/.test(after.hint ?? '') ? Number(after.hint) : 0 }
}

function keepsNames<Row>(order: RowOrder<Row>, rows: readonly Row[], nameOf: (row: Row) => string): boolean {
  if (order.orderBy[0] === 'name ASC') return inCodePointOrder(rows.map(nameOf))
  return order.orderBy[0] !== 'name DESC' || inCodePointOrder(rows.map(nameOf).reverse())
}

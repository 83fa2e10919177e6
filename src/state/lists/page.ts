import type { RawBuilder } from 'kysely'
import type { ListPage, ListQuery } from '../../contract/index.ts'
import type { SqlCondition } from '../sql-functions.ts'
import { always } from './condition.ts'
import { decodeContinuation, encodeContinuation } from './continuation.ts'
import { type Place, toKeysetCondition } from './keyset.ts'
import { type OrderTerm, type OrderValue, toOrderBy } from './order-term.ts'

/** However many are wanted, one statement takes no longer than these take. */
const maxRows = 1000

/** The values that the row is ordered by, as `order_0`, `order_1` and so on. */
type OrderValues = { readonly [column: `order_${number}`]: OrderValue }

export interface PageRequest {
  readonly terms: readonly OrderTerm[]
  /** Holds of the rows that come after those of the pages before. */
  readonly start: SqlCondition
  readonly orderBy: RawBuilder<unknown>
  readonly size: number
}

/** @param after where the first page begins. */
export function toPageRequest(
  terms: readonly OrderTerm[],
  after: Place | null,
  { continuation, limit }: Pick<ListQuery<unknown, unknown>, 'continuation' | 'limit'>,
): PageRequest {
  const place =
    continuation === null
      ? after
      : { values: decodeContinuation(continuation, terms.length), isBefore: false }
  return {
    terms,
    start: place === null ? always : toKeysetCondition(terms, place),
    orderBy: toOrderBy(terms),
    size: Math.min(limit, maxRows),
  }
}

export function selectOrderValues({ terms }: PageRequest) {
  return terms.map(({ expression }, index) => expression.as(`order_${index}` as const))
}

/** Of one row more than the page takes, which tells whether there is another page. */
export function toPage<Row extends OrderValues, Item, Filter>(
  { terms, size }: PageRequest,
  rows: readonly Row[],
  toItem: (row: Row) => Item,
  residue: Filter | null,
): ListPage<Item, Filter> {
  const taken = rows.slice(0, size)
  const last = rows.length > size ? taken.at(-1) : undefined
  const continuation =
    last === undefined ? null : encodeContinuation(terms.map((_, index) => last[`order_${index}`] ?? null))
  return { items: taken.map(toItem), hints: null, continuation, residue, ordered: true }
}

import { type RawBuilder, sql } from 'kysely'
import type { ListPage, ListQuery } from '../../contract/index.ts'
import type { SqlCondition } from '../sql-functions.ts'
import { allOf, always, never } from './condition.ts'
import { decodeContinuation, encodeContinuation } from './continuation.ts'
import { type Place, toKeysetCondition, toKeysetStretches } from './keyset.ts'
import { type OrderTerm, type OrderValue, toOrderBy } from './order-term.ts'

/** However many are wanted, one statement takes no longer than these take. */
const maxRows = 1000

/** The values that the row is ordered by, as `order_0`, `order_1` and so on. */
type OrderValues = { readonly [column: `order_${number}`]: OrderValue }

export interface PageRequest {
  readonly terms: readonly OrderTerm[]
  /** Holds of the rows that come after those of the pages before. */
  readonly start: SqlCondition
  /** The same in parts of which at most one holds of a row, none for no rows: see {@link pickPage}. */
  readonly stretches: readonly SqlCondition[]
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
    stretches: place === null ? [always] : toKeysetStretches(terms, place),
    orderBy: toOrderBy(terms),
    size: Math.min(limit, maxRows),
  }
}

/** Rows by their keys, with the values that they are ordered by. */
export interface PickedRows {
  /** Any number of columns. */
  readonly keys: RawBuilder<unknown>
  readonly from: RawBuilder<unknown>
  readonly where: SqlCondition
}

/**
 * The first rows of a pick after the request's start, as a table. Each stretch is read for itself, no further than the page
 * goes, so that a later page costs what the first does.
 */
export function pickPage<Key>(request: PageRequest, { keys, from, where }: PickedRows) {
  const { terms, stretches, orderBy, size } = request
  const values = terms.map(({ expression }, index) => sql`${expression} as ${sql.ref(`order_${index}`)}`)
  const limit = size + 1
  const parts = (stretches.length === 0 ? [never] : stretches).map(
    (start) =>
      sql`select ${sql.join([keys, ...values])} from ${from} where ${allOf([where, start])} order by ${orderBy} limit ${limit}`,
  )
  const [only, ...others] = parts
  const picked =
    others.length === 0
      ? sql`${only}`
      : sql`select * from (${sql.join(
          parts.map((part) => sql`select * from (${part}) as stretch`),
          sql` union all `,
        )}) as stretches order by ${orderPicked(terms, 'stretches')} limit ${limit}`
  return sql<Key & OrderValues>`(${picked})`
}

/** The order of what was picked, by the values that came along. */
export function orderPicked(terms: readonly OrderTerm[], table: string): RawBuilder<unknown> {
  return toOrderBy(terms.map((term, index) => ({ ...term, expression: sql.ref(`${table}.order_${index}`) })))
}

export function selectPickedValues({ terms }: PageRequest, table: string) {
  return terms.map((_, index) => sql.ref<OrderValue>(`${table}.order_${index}`).as(`order_${index}` as const))
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

import type { Filter, ListPage, Position } from '../../contract/index.ts'
import { whenThere } from '../../timing/when-there.ts'
import type { RowOrder } from '../records/row-order.ts'
import type { Reader } from '../session/reader.ts'
import type { CollectQuery } from './collected.ts'
import type { RowKind } from './row-kind.ts'

/** A page of a registry without what is hidden from the caller. */
export interface ShownPage<Row, Leaf extends { readonly kind: string }> {
  readonly page: ListPage<Row, Filter<Leaf>>
  /** How many rows were left out. */
  readonly hidden: number
}

interface PageWish {
  readonly limit: number
  readonly after: Position | null
  readonly continuation: string | null
}

/** What is hidden is left out at once: to look at it any further would take requests that tell of it. */
export function readShownPage<Row, Leaf extends { readonly kind: string }, Order extends RowOrder>(
  kind: RowKind<Row, Leaf, Order>,
  registry: Reader,
  query: CollectQuery<Leaf, Order>,
  wish: PageWish,
): Promise<ShownPage<Row, Leaf>> {
  const { filter, order, includeArchived } = query
  return kind
    .list(registry, { filter, order, includeArchived, ...wish })
    .then((page) =>
      whenThere(areShown(kind, registry, query, page.items), (isShown) => withoutHidden(page, isShown)),
    )
}

function withoutHidden<Row, Leaf extends { readonly kind: string }>(
  page: ListPage<Row, Filter<Leaf>>,
  isShown: readonly boolean[],
): ShownPage<Row, Leaf> {
  if (isShown.every(Boolean)) return { page, hidden: 0 }
  const items = page.items.filter((_, index) => isShown[index])
  const hints = page.hints?.filter((_, index) => isShown[index])
  return { page: { ...page, items, ...(hints && { hints }) }, hidden: page.items.length - items.length }
}

function areShown<Row, Leaf extends { readonly kind: string }, Order extends RowOrder>(
  kind: RowKind<Row, Leaf, Order>,
  registry: Reader,
  { admits, admitsTagged }: CollectQuery<Leaf, Order>,
  rows: readonly Row[],
): boolean[] | Promise<boolean[]> {
  const known = rows.map((row) => admits(kind.nameOf(row)))
  if (!known.includes(null)) return known.map(Boolean)
  return Promise.all(
    rows.map(async (row, index) => {
      const name = kind.nameOf(row)
      return known[index] ?? admitsTagged(name, await kind.tagsOfModel(registry, row))
    }),
  )
}

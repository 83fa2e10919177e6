import type { ModelOrder, VersionOrder } from '../../contract/index.ts'
import { type Answer, comparePlaces, type ListRequest, type Place } from './ask-registry.ts'
import type { CollectedRow } from './collected.ts'
import type { RowKind } from './row-kind.ts'

/** The first rows over all registries, in order. */
export interface MergedRows<Row> {
  readonly rows: readonly CollectedRow<Row>[]
  /** The registry of a row, as its place among the asked ones. */
  sourceOf(index: number): number
}

interface Head<Row> {
  readonly source: number
  readonly rows: readonly CollectedRow<Row>[]
  next: number
  place: Place
}

/** Merges what each registry gives in order, as far as the page goes and one row more, which says that it goes on. */
export function mergeRows<
  Row,
  Leaf extends { readonly kind: string },
  Order extends ModelOrder | VersionOrder,
>(
  kind: RowKind<Row, Leaf, Order>,
  { registries, order, first }: ListRequest<Leaf, Order>,
  answers: readonly Answer<Row>[],
): MergedRows<Row> {
  const [only] = answers
  if (only && answers.length === 1) return { rows: only.collected.rows, sourceOf: () => 0 }
  const placeOf = ({ row, values }: CollectedRow<Row>, source: number): Place => ({
    values,
    registry: registries[source]?.name ?? '',
    name: kind.nameOf(row),
    version: kind.versionOf(row),
  })
  let heads = answers.flatMap(({ collected: { rows } }, source): Head<Row>[] =>
    rows[0] ? [{ source, rows, next: 0, place: placeOf(rows[0], source) }] : [],
  )
  const merged: CollectedRow<Row>[] = []
  const sources: number[] = []
  while (heads.length > 0 && merged.length <= first) {
    const least = heads.reduce((a, b) => (comparePlaces(order, b.place, a.place) < 0 ? b : a))
    merged.push(least.rows[least.next] as CollectedRow<Row>)
    sources.push(least.source)
    const following = least.rows[++least.next]
    if (following) least.place = placeOf(following, least.source)
    else heads = heads.filter((head) => head !== least)
  }
  return { rows: merged, sourceOf: (index) => sources[index] ?? -1 }
}

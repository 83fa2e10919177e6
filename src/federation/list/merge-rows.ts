import type { RowOrder } from '../records/row-order.ts'
import { type Answer, comparePlaces, type ListRequest } from './ask-registry.ts'
import type { CollectedRow } from './collected.ts'

/** The first rows over all registries, in order. */
export interface MergedRows<Row> {
  readonly rows: readonly CollectedRow<Row>[]
  /** The registry of a row, as its place among the asked ones. */
  sourceOf(index: number): number
}

/** The next row of a registry. */
interface Head<Row> {
  readonly registry: string
  readonly source: number
  readonly rows: readonly CollectedRow<Row>[]
  index: number
  place: CollectedRow<Row>
}

/** Merges what each registry gives in order, as far as the page goes and one row more, which says that it goes on. */
export function mergeRows<Row>(
  { registries, order, first }: ListRequest<unknown, RowOrder>,
  answers: readonly Pick<Answer<Row>, 'collected'>[],
): MergedRows<Row> {
  const [only] = answers
  if (only && answers.length === 1) return { rows: only.collected.rows, sourceOf: () => 0 }
  let heads = answers.flatMap(({ collected: { rows } }, source): Head<Row>[] => {
    const [place] = rows
    return place ? [{ registry: registries[source]?.name ?? '', source, rows, index: 0, place }] : []
  })
  const merged: CollectedRow<Row>[] = []
  const sources: number[] = []
  while (heads.length > 0 && merged.length <= first) {
    const least = heads.reduce((a, b) => (comparePlaces(order, b, a) < 0 ? b : a))
    merged.push(least.place)
    sources.push(least.source)
    const next = least.rows[++least.index]
    if (next) least.place = next
    else heads = heads.filter((head) => head !== least)
  }
  return { rows: merged, sourceOf: (index) => sources[index] ?? -1 }
}

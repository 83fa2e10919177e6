import type { ModelOrder, VersionOrder } from '../../contract/index.ts'
import { type CursorPosition, digestOf } from '../session/cursor.ts'
import type { Session } from '../session/session.ts'
import { type Answer, askRegistry, comparePlaces, type ListRequest, type Place } from './ask-registry.ts'
import { collectRows } from './collect-rows.ts'
import type { Collect, CollectedRow } from './collected.ts'
import type { CursorSource, FederatedList } from './connection.ts'
import type { RowKind } from './row-kind.ts'

interface MergedRow<Row> extends CollectedRow<Row> {
  readonly source: number
}

/**
 * One page of one totally ordered sequence over all the registries: each gives its first rows after the cursor, at
 * the same time as the others, and they are merged. Keyset, not offset: a row that nobody touches keeps its place
 * whatever others write.
 */
export async function listFederated<
  Row,
  Leaf extends { readonly kind: string },
  Order extends ModelOrder | VersionOrder,
>(
  session: Session,
  kind: RowKind<Row, Leaf, Order>,
  request: ListRequest<Leaf, Order>,
  collect: Collect<Row, Leaf, Order> = collectRows,
): Promise<FederatedList<Row>> {
  const digest = digestOf(request.binding)
  const { cursors } = session.federation
  const after = request.after === null ? null : cursors.decode(digest, request.after)
  const answers = await Promise.all(
    request.registries.map((registry) => askRegistry(session, kind, registry, request, after, collect)),
  )
  const merged = merge(kind, request, answers)
  const page = merged.slice(0, request.first)
  page.forEach(({ row, source }) => {
    const registry = request.registries[source]
    if (registry) kind.know(registry, row)
  })
  const complete = answers.every(({ outcome }) => outcome.state === 'OK') && !after?.incomplete
  return {
    nodes: page.map(({ row }) => row),
    cursors: {
      cursorAt: cursorsOf(kind, request, page, after, (position) =>
        cursors.encode(digest, { ...position, incomplete: !complete }),
      ),
      whenEmpty: complete ? null : request.after,
    },
    hasNextPage: merged.length > request.first,
    hasPreviousPage: after !== null,
    totalCount: totalOf(answers),
    sources: answers.map(({ outcome }) => outcome),
    complete,
  }
}

function merge<Row, Leaf extends { readonly kind: string }, Order extends ModelOrder | VersionOrder>(
  kind: RowKind<Row, Leaf, Order>,
  request: ListRequest<Leaf, Order>,
  answers: readonly Answer<Row>[],
): MergedRow<Row>[] {
  const place = ({ row, values, source }: MergedRow<Row>): Place => ({
    values,
    registry: request.registries[source]?.name ?? '',
    name: kind.nameOf(row),
    version: kind.versionOf(row),
  })
  const rows = answers.flatMap(({ collected }, source) => collected.rows.map((row) => ({ ...row, source })))
  if (answers.length === 1) return rows
  return rows
    .map((row) => ({ row, place: place(row) }))
    .sort((a, b) => comparePlaces(request.order, a.place, b.place))
    .map(({ row }) => row)
}

function cursorsOf<Row, Leaf extends { readonly kind: string }, Order extends ModelOrder | VersionOrder>(
  kind: RowKind<Row, Leaf, Order>,
  request: ListRequest<Leaf, Order>,
  page: readonly MergedRow<Row>[],
  after: CursorPosition | null,
  encode: (position: Omit<CursorPosition, 'incomplete'>) => string,
): CursorSource['cursorAt'] {
  return (index) => {
    const last = page[index]
    if (!last) throw new RangeError(`This page has no row ${index}.`)
    const hints = { ...after?.hints }
    for (const { source, hint } of page.slice(0, index + 1)) {
      const registry = request.registries[source]?.name
      if (registry !== undefined && hint !== null) hints[registry] = hint
    }
    const registry = request.registries[last.source]?.name ?? ''
    const name = kind.nameOf(last.row)
    return encode({ values: last.values, registry, name, version: kind.versionOf(last.row), hints })
  }
}

function totalOf(answers: readonly Answer<unknown>[]): number | null {
  let total = 0
  for (const { collected } of answers) {
    if (collected.failure || collected.total === null) return null
    total += collected.total
  }
  return total
}

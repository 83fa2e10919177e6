import type { RowOrder } from '../records/row-order.ts'
import { type CursorPosition, digestOf } from '../session/cursor.ts'
import type { Session } from '../session/session.ts'
import { type Answer, askRegistry, type ListRequest } from './ask-registry.ts'
import { collectRows } from './collect-rows.ts'
import type { Collect } from './collected.ts'
import type { CursorSource, FederatedList } from './connection.ts'
import { type MergedRows, mergeRows } from './merge-rows.ts'
import type { RowKind } from './row-kind.ts'

/**
 * One page of one totally ordered sequence over all the registries: each gives its first rows after the cursor, at
 * the same time as the others, and they are merged. Keyset, not offset: a row that nobody touches keeps its place
 * whatever others write.
 */
export async function listFederated<Row, Leaf extends { readonly kind: string }, Order extends RowOrder>(
  session: Session,
  kind: RowKind<Row, Leaf, Order>,
  request: ListRequest<Leaf, Order>,
  collect: Collect<Row, Leaf, Order> = collectRows,
): Promise<FederatedList<Row>> {
  const { cursors } = session.federation
  let digest: string | null = null
  const boundTo = () => {
    digest ??= digestOf(request.binding)
    return digest
  }
  const after = request.after === null ? null : cursors.decode(boundTo(), request.after)
  const answers = await Promise.all(
    request.registries.map((registry) => askRegistry(session, kind, registry, request, after, collect)),
  )
  const merged = mergeRows(request, answers)
  const nodes: Row[] = []
  for (const { row } of merged.rows.slice(0, request.first)) {
    const registry = request.registries[merged.sourceOf(nodes.length)]
    if (registry) kind.know(registry, row)
    nodes.push(row)
  }
  const complete = answers.every(({ outcome }) => outcome.state === 'OK') && !after?.incomplete
  if (!complete) session.noteIncomplete()
  return {
    nodes,
    cursors: {
      cursorAt: cursorsOf(request, merged, after, (position) =>
        cursors.encode(
          boundTo(),
          { ...position, incomplete: !complete },
          // The place itself is that of a row that one sees.
          session.access.isRestricted && Object.keys(position.hints).length > 0,
        ),
      ),
      whenEmpty: complete ? null : request.after,
    },
    hasNextPage: merged.rows.length > request.first,
    hasPreviousPage: after !== null,
    totalCount: totalOf(answers),
    sources: answers.map(({ outcome }) => outcome),
    complete,
  }
}

function cursorsOf<Row>(
  request: ListRequest<unknown, unknown>,
  { rows, sourceOf }: MergedRows<Row>,
  after: CursorPosition | null,
  encode: (position: Omit<CursorPosition, 'incomplete'>) => string,
): CursorSource['cursorAt'] {
  const nameAt = (place: number) => request.registries[sourceOf(place)]?.name ?? ''
  // Cursors are asked for from the first on as a rule, and each goes on from the one before.
  let known = { ...after?.hints }
  let end = 0
  return (index) => {
    const last = index < request.first ? rows[index] : undefined
    if (!last) throw new RangeError(`This page has no row ${index}.`)
    if (end > index + 1) {
      known = { ...after?.hints }
      end = 0
    }
    for (; end <= index; end++) {
      const hint = rows[end]?.hint ?? null
      if (hint !== null) known[nameAt(end)] = hint
    }
    const { values, name, version } = last
    return encode({ values, registry: nameAt(index), name, version, hints: { ...known } })
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

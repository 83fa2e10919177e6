import {
  compareCodePoints,
  compareOrderValues,
  comparePositions,
  type Filter,
  type ModelOrder,
  type Position,
  type VersionOrder,
} from '../../contract/index.ts'
import { type CursorSource, type FederatedList, type SourceOutcome, sourceStateOf } from '../connection.ts'
import { anyOf } from '../environments.ts'
import { withoutReservedTags } from '../filter/without-reserved-tags.ts'
import { CircuitOpenError } from '../registry/circuit.ts'
import type { RegistrySession } from '../registry-session.ts'
import type { Session } from '../session.ts'
import { type Collect, type Collected, type CollectedRow, collectRows } from './collect-rows.ts'
import { type CursorPosition, digestOf } from './cursor.ts'
import type { RowKind } from './row-kind.ts'

export interface ListRequest<Leaf, Order> {
  /** In the order of the configuration. */
  readonly registries: readonly RegistrySession[]
  /** Only models of these environments; null: of any, and of none. */
  readonly environments: readonly string[] | null
  readonly filter: Filter<Leaf> | null
  /** Never empty. */
  readonly order: readonly Order[]
  readonly includeArchived: boolean
  readonly first: number
  readonly after: string | null
  /** What a cursor of this list is bound to. */
  readonly binding: unknown
}

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
    request.registries.map((registry) => askOne(session, kind, registry, request, after, collect)),
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
    cursors: cursorsOf(kind, request, page, after, (position) =>
      cursors.encode(digest, { ...position, incomplete: !complete }),
    ),
    hasNextPage: merged.length > request.first,
    hasPreviousPage: after !== null,
    totalCount: totalOf(answers),
    sources: answers.map(({ outcome }) => outcome),
    complete,
  }
}

interface Answer<Row> {
  readonly collected: Collected<Row>
  readonly outcome: SourceOutcome
}

async function askOne<Row, Leaf extends { readonly kind: string }, Order extends ModelOrder | VersionOrder>(
  session: Session,
  kind: RowKind<Row, Leaf, Order>,
  registry: RegistrySession,
  request: ListRequest<Leaf, Order>,
  after: CursorPosition | null,
  collect: Collect<Row, Leaf, Order>,
): Promise<Answer<Row>> {
  const { environments, readBound } = session.federation
  const { record } = registry.link
  const startedAt = performance.now()
  const wanted = request.environments
  const collected = await collect(kind, registry, {
    filter: pushable(request, kind, wanted && environments.prefixFilter(record, wanted)),
    order: request.order,
    includeArchived: request.includeArchived,
    after: after && positionIn(registry.name, after),
    admits: (name) => wanted === null || wanted.includes(environments.ofModel(record, name) ?? ''),
    isWanted: (values, name, version) =>
      after === null ||
      comparePlaces(request.order, { values, registry: registry.name, name, version }, after) > 0,
    want: request.first + 1,
    readBound,
  })
  const { failure } = collected
  return {
    collected,
    outcome: {
      registry: record,
      state: failure ? sourceStateOf(failure) : 'OK',
      asOf: failure ? null : new Date(),
      latencyMs: failure instanceof CircuitOpenError ? null : performance.now() - startedAt,
      error: failure,
    },
  }
}

/** The filter of the client, and the prefixes of the environments where there are any. */
function pushable<Row, Leaf extends { readonly kind: string }, Order extends ModelOrder | VersionOrder>(
  request: ListRequest<Leaf, Order>,
  kind: RowKind<Row, Leaf, Order>,
  prefixes: ReturnType<Session['federation']['environments']['prefixFilter']>,
): Filter<Leaf> | null {
  const own = request.filter && (withoutReservedTags(request.filter as never) as Filter<Leaf>)
  if (!prefixes) return own
  const byPrefix = anyOf(kind.nameField, prefixes) as unknown as Filter<Leaf>
  return own ? { kind: 'and', filters: [byPrefix, own] } : byPrefix
}

/**
 * Rows with the cursor's values are before it in registries before its own, and after it in those after. A place
 * cannot say «after all rows of these values», but one by the cursor's own name is as good: what comes too early is
 * dropped here.
 */
function positionIn(registry: string, after: CursorPosition): Position {
  const isLater = compareCodePoints(registry, after.registry) > 0
  return {
    values: after.values,
    name: isLater ? null : after.name,
    version: isLater ? null : after.version,
    hint: after.hints[registry] ?? null,
  }
}

type Place = Pick<CursorPosition, 'values' | 'registry' | 'name' | 'version'>

function comparePlaces(order: readonly (ModelOrder | VersionOrder)[], a: Place, b: Place): number {
  return (
    compareOrderValues(order, a.values, b.values) ||
    compareCodePoints(a.registry, b.registry) ||
    comparePositions([], a, b)
  )
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
): CursorSource {
  return {
    cursorAt(index) {
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
    },
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

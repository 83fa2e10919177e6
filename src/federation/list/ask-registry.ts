import {
  compareCodePoints,
  compareOrderValues,
  comparePositions,
  type Filter,
  type Place,
  type Position,
  type RegistryError,
} from '../../contract/index.ts'
import type { RowOrder } from '../records/row-order.ts'
import { CircuitOpenError } from '../registry/circuit.ts'
import { sourceStateOf } from '../registry/source-state.ts'
import type { CursorPosition } from '../session/cursor.ts'
import type { Reader } from '../session/reader.ts'
import type { Session } from '../session/session.ts'
import type { Collect, Collected } from './collected.ts'
import type { SourceOutcome } from './connection.ts'
import { reachOf } from './reach.ts'
import type { RowKind } from './row-kind.ts'

export interface ListRequest<Leaf, Order> {
  /** In the order of the configuration. */
  readonly registries: readonly Reader[]
  /** Only models of these environments; null: of any, and of none. */
  readonly environments: readonly string[] | null
  readonly filter: Filter<Leaf> | null
  /** Never empty. */
  readonly order: readonly Order[]
  readonly includeArchived: boolean
  /** Whether a registry that fails is answered from the catalog; null: as configured. */
  readonly staleIfError: boolean | null
  readonly first: number
  readonly after: string | null
  /** Whether its rows are of one model, which the caller has seen. */
  readonly ofOneModel?: boolean
  /** What a cursor of this list is bound to. */
  readonly binding: unknown
}

export interface Answer<Row> {
  readonly collected: Collected<Row>
  readonly outcome: SourceOutcome
}

/** The rows of one registry after the cursor, and how it answered: it, or the catalog in its place. */
export async function askRegistry<Row, Leaf extends { readonly kind: string }, Order extends RowOrder>(
  session: Session,
  kind: RowKind<Row, Leaf, Order>,
  registry: Reader,
  request: ListRequest<Leaf, Order>,
  after: CursorPosition | null,
  collect: Collect<Row, Leaf, Order>,
): Promise<Answer<Row>> {
  const answer = await askReader(session, kind, registry, request, after, collect)
  const { failure } = answer.collected
  if (failure === null || registry.mode !== 'LIVE' || !isAway(failure)) return answer
  const { readers } = session.federation
  const instead = readers.ifFailed(session.registry(registry.name), request.staleIfError)
  if (instead === null) return answer
  const kept = await askReader(session, kind, instead, request, after, collect)
  if (kept.collected.failure) return answer
  return { ...kept, outcome: { ...kept.outcome, state: 'STALE', error: failure } }
}

/** What a client has asked for wrongly is no reason to answer something else. */
function isAway({ code }: RegistryError): boolean {
  return code === 'REGISTRY_TIMEOUT' || code === 'REGISTRY_UNAVAILABLE' || code === 'REGISTRY_ERROR'
}

async function askReader<Row, Leaf extends { readonly kind: string }, Order extends RowOrder>(
  session: Session,
  kind: RowKind<Row, Leaf, Order>,
  registry: Reader,
  request: ListRequest<Leaf, Order>,
  after: CursorPosition | null,
  collect: Collect<Row, Leaf, Order>,
): Promise<Answer<Row>> {
  const { readBound } = session.federation
  const { record } = registry
  const startedAt = performance.now()
  const { filter, admits, admitsTagged } = reachOf(session, kind, record, request)
  const collected = await collect(kind, registry, {
    filter,
    whole: request.filter,
    order: request.order,
    includeArchived: request.includeArchived,
    after: after && positionIn(registry.name, after),
    admits,
    admitsTagged,
    isWanted: (place) =>
      after === null ||
      comparePlaces(
        request.order,
        { registry: registry.name, place },
        { registry: after.registry, place: after },
      ) > 0,
    want: request.first + 1,
    readBound,
  })
  const { failure, flaw } = collected
  const error = failure ?? flaw
  return {
    collected,
    outcome: {
      registry: record,
      state: error ? sourceStateOf(error) : registry.isStale ? 'STALE' : 'OK',
      asOf: failure ? null : registry.asOf(),
      latencyMs: failure instanceof CircuitOpenError ? null : Math.round(performance.now() - startedAt),
      error,
    },
  }
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

/** A place in the list of one registry. */
export interface RegistryPlace {
  readonly registry: string
  readonly place: Place
}

/** In the order over all registries. */
export function comparePlaces(order: readonly RowOrder[], a: RegistryPlace, b: RegistryPlace): number {
  return (
    compareOrderValues(order, a.place.values, b.place.values) ||
    compareCodePoints(a.registry, b.registry) ||
    comparePositions([], a.place, b.place)
  )
}

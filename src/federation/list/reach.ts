import type { Filter, TagRecord } from '../../contract/index.ts'
import type { NameFilter } from '../../stores/name-filter.ts'
import { allOf } from '../filter/filter-tree.ts'
import type { FederatedRegistry } from '../records/federated-registry.ts'
import type { RowOrder } from '../records/row-order.ts'
import type { Session } from '../session/session.ts'
import type { RowKind } from './row-kind.ts'

export interface ReachRequest<Leaf> {
  /** Only models of these environments; null: of any, and of none. */
  readonly environments: readonly string[] | null
  readonly filter: Filter<Leaf> | null
  /** Whether its rows are of one model, which the caller has seen. */
  readonly ofOneModel?: boolean
}

/** Which rows of one registry a request is about, as far as their names and the client's filter say. */
export interface Reach<Leaf> {
  /** All of them pass it, and others may. */
  readonly filter: Filter<Leaf> | null
  /** Whether a model of this name is among them, beside the filter; null: {@link admitsTagged} has to be asked. */
  admits(name: string): boolean | null
  admitsTagged(name: string, tags: readonly TagRecord[]): boolean
  /** Whether what passes the filter need not be asked for its name. */
  readonly isExact: boolean
}

/** The filter of the client, and what all names pass that can be wanted: of the environments, and of the access. */
export function reachOf<Row, Leaf extends { readonly kind: string }, Order extends RowOrder>(
  session: Session,
  kind: RowKind<Row, Leaf, Order>,
  registry: FederatedRegistry,
  { environments: wanted, filter, ofOneModel }: ReachRequest<Leaf>,
): Reach<Leaf> {
  const { access } = session
  const { environments } = session.federation
  const { name } = registry
  const ofEnvironments = wanted && environments.prefixFilter(registry, wanted)
  // Who was given the model may see it.
  const ofAccess = ofOneModel ? null : access.nameFilter(name)
  // By a name that is hidden no backend gives a row, which would take longer than none.
  const asked = (model: string) => session.registry(name).asked(model)
  const filters = [
    ofEnvironments && anyOf(ofEnvironments.map((tests) => kind.named(tests))),
    filter && kind.toBackendFilter(filter, asked),
    ofAccess && toFilter(kind, ofAccess),
  ]
  return {
    filter: allOf(filters),
    admits: (model) => {
      if (!access.admits(name, model)) return false
      const known = wanted === null || environments.byName(registry, model)
      return known === true || (known && isAmong(wanted, known.environment))
    },
    admitsTagged: (model, tags) => isAmong(wanted, environments.ofModel(registry, model, tags)),
    isExact: (wanted === null || environments.isOneIn(registry)) && access.nameFilterIsExact(name),
  }
}

function isAmong(environments: readonly string[] | null, environment: string | null): boolean {
  return environments === null || (environment !== null && environments.includes(environment))
}

function anyOf<Leaf>(filters: readonly Filter<Leaf>[]): Filter<Leaf> {
  const [only, ...others] = filters
  return only === undefined || others.length > 0 ? { kind: 'or', filters } : only
}

function toFilter<Row, Leaf extends { readonly kind: string }, Order extends RowOrder>(
  kind: RowKind<Row, Leaf, Order>,
  filter: NameFilter,
): Filter<Leaf> {
  switch (filter.kind) {
    case 'name':
      return kind.named(filter.tests)
    case 'not':
      return { kind: 'not', filter: toFilter(kind, filter.filter) }
    default:
      return { kind: filter.kind, filters: filter.filters.map((each) => toFilter(kind, each)) }
  }
}

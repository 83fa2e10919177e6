import type { Filter, ModelFilter, ModelOrder, VersionFilter } from '../../contract/index.ts'
import type { ReadMode } from '../records/records.ts'
import { byModelAndVersion, type FederatedVersionOrder, type RowOrder } from '../records/row-order.ts'
import type { Session } from '../session/session.ts'
import type { FederatedList, ModelList, VersionList } from './connection.ts'
import { listFederated } from './federated-list.ts'
import { modelRows } from './model-rows.ts'
import type { RowKind } from './row-kind.ts'
import { versionRows } from './version-rows.ts'

/** The arguments of a list over registries, as all such lists have them. */
export interface ListArguments<Filter, Order> {
  /** Names; null: all. */
  readonly registries: readonly string[] | null
  readonly environments: readonly string[] | null
  readonly filter: Filter | null
  readonly order: readonly Order[] | null
  readonly includeArchived: boolean
  readonly first: number
  readonly after: string | null
  /** Left out: the registries themselves. */
  readonly read?: ReadMode
  /** Whether a registry that fails is answered from the catalog; null or left out: as configured. */
  readonly staleIfError?: boolean | null
}

export function listModels(
  session: Session,
  request: ListArguments<ModelFilter, ModelOrder>,
): Promise<ModelList> {
  return listOverRegistries(session, modelRows, [{ field: 'name', direction: 'asc' }], request)
}

export function listVersions(
  session: Session,
  request: ListArguments<VersionFilter, FederatedVersionOrder>,
): Promise<VersionList> {
  return listOverRegistries(session, versionRows(session), byModelAndVersion, request)
}

function listOverRegistries<Row, Leaf extends { readonly kind: string }, Order extends RowOrder>(
  session: Session,
  kind: RowKind<Row, Leaf, Order>,
  otherwise: readonly Order[],
  request: ListArguments<Filter<Leaf>, Order>,
): Promise<FederatedList<Row>> {
  const { registries, filter, includeArchived, first, after, read = 'LIVE', staleIfError = null } = request
  const environments = sorted(request.environments)
  const order = request.order?.length ? request.order : otherwise
  return listFederated(session, kind, {
    registries: session
      .selectRegistries(registries, environments)
      .map((registry) => session.federation.readers.inMode(read, registry)),
    staleIfError,
    environments,
    filter,
    order,
    includeArchived,
    first,
    after,
    binding: [kind.kind, sorted(registries), environments, filter, order, includeArchived],
  })
}

/** The order in which a client names registries makes no other list. */
function sorted(names: readonly string[] | null): readonly string[] | null {
  return names && [...new Set(names)].sort()
}

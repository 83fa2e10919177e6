import type { ModelFilter, ModelOrder } from '../../contract/index.ts'
import type { ModelList } from '../connection.ts'
import type { Session } from '../session.ts'
import { listFederated } from './federated-list.ts'
import { modelRows } from './model-rows.ts'

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
}

const byName: readonly ModelOrder[] = [{ field: 'name', direction: 'asc' }]

export function listModels(
  session: Session,
  request: ListArguments<ModelFilter, ModelOrder>,
): Promise<ModelList> {
  const order = request.order?.length ? request.order : byName
  const { registries, environments, filter, includeArchived, first, after } = request
  return listFederated(session, modelRows, {
    registries: session.selectRegistries(registries, environments),
    environments,
    filter,
    order,
    includeArchived,
    first,
    after,
    binding: ['models', sorted(registries), sorted(environments), filter, order, includeArchived],
  })
}

/** The order in which a client names registries makes no other list. */
export function sorted(names: readonly string[] | null): readonly string[] | null {
  return names && [...new Set(names)].sort()
}

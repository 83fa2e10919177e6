import type { ModelFilter, ModelOrder } from '../../contract/index.ts'
import type { ModelList } from '../connection.ts'
import { InputError } from '../input-error.ts'
import type { RegistrySession } from '../registry-session.ts'
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
    registries: selectRegistries(session, registries, environments),
    environments,
    filter,
    order,
    includeArchived,
    first,
    after,
    binding: ['models', sorted(registries), sorted(environments), filter, order, includeArchived],
  })
}

/** @throws InputError for a name that is not configured. */
export function selectRegistries(
  session: Session,
  names: readonly string[] | null,
  environments: readonly string[] | null,
): RegistrySession[] {
  for (const name of names ?? []) session.registry(name, 'registries')
  for (const name of environments ?? []) assertEnvironment(session, name)
  return session.federation.links
    .filter((link) => names === null || names.includes(link.name))
    .filter(
      (link) => environments === null || session.federation.environments.mayHold(link.record, environments),
    )
    .map((link) => session.registry(link.name))
}

export function assertEnvironment(session: Session, name: string): void {
  const { environments } = session.federation
  if (environments.get(name)) return
  const known = environments.all.map((environment) => environment.name).join(', ')
  throw new InputError('environments', `There is no environment "${name}". Configured: ${known}.`)
}

/** The order in which a client names registries makes no other list. */
export function sorted(names: readonly string[] | null): readonly string[] | null {
  return names && [...new Set(names)].sort()
}

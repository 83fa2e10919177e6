import { listModels } from '../../federation/list/over-registries.ts'
import { toNodeId } from '../../federation/records/node-id.ts'
import { levelsOf, registryHealth } from '../../federation/session/registry-state.ts'
import { toModelFilter } from '../arguments/to-filter.ts'
import { toListArguments } from '../arguments/to-list-arguments.ts'
import { toModelOrder } from '../arguments/to-order.ts'
import type { EnvironmentResolvers, RegistryResolvers } from '../generated/resolver-types.ts'

export const registry: RegistryResolvers = {
  id: ({ name }) => toNodeId({ type: 'Registry', registry: name }),

  environment: ({ environment }, _, { session }) =>
    environment === null ? null : session.federation.environments.get(environment),

  serverVersion: async ({ name }, _, { session }) =>
    (await session.registry(name).descriptionIfReachable())?.serverVersion ?? null,

  capabilities: async ({ name }, _, { session }) => {
    const registrySession = session.registry(name)
    const description = await registrySession.descriptionIfReachable()
    return description && levelsOf(registrySession.link.facets, description)
  },

  health: ({ name }, _, { session }) => registryHealth(session.registry(name)),

  catalog: ({ name }, _, { session }) => session.federation.readers.status(session.registry(name)),

  models: ({ name }, given, { session }) =>
    listModels(session, {
      ...toListArguments(given),
      registries: [name],
      environments: null,
      filter: toModelFilter(given.where),
      order: toModelOrder(given.orderBy),
    }),
}

export const environment: EnvironmentResolvers = {
  registries: ({ name }, _, { session }) =>
    session.selectRegistries(null, [name]).map(({ link }) => link.record),
}

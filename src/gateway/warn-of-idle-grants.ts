import type { GatewayConfig } from '../config/index.ts'
import type { Logger } from '../contract/index.ts'
import type { Catalog } from '../federation/catalog/catalog.ts'
import { explainIdle, IdleGrants } from '../federation/permissions/idle-grants.ts'

/**
 * What to do each time a registry is known to the catalog: the first time, grants of the configuration are looked for
 * that are for no model, and each is warned of once.
 */
export function warnOfIdleGrants(
  { permissions, registries }: GatewayConfig,
  { records, store }: Catalog,
  log: Logger,
): (registry: string) => Promise<void> {
  const grants = new IdleGrants(permissions.grants)
  const names = registries.map(({ name }) => name)
  const looked = new Set<string>()
  const warned = new Set<string>()
  return async (registry) => {
    if (permissions.grants.length === 0 || looked.has(registry)) return
    const part = (await store.states()).get(registry)
    if (part === undefined || part.sweptAt === null) return
    looked.add(registry)
    const query = { filter: null, after: null, includeArchived: true, limit: 1000 }
    const order = [{ field: 'name', direction: 'asc' }] as const
    await grants.lookIn(registry, async (from) => {
      const { items, continuation } = await records.listModels(part, { ...query, order, continuation: from })
      return { names: items.map(({ name }) => name), continuation }
    })
    const idle = grants.found(names).filter(({ place }) => !warned.has(place))
    for (const { place } of idle) warned.add(place)
    const said = idle.map((grant) => `${grant.place}: ${explainIdle(grant)}`)
    if (said.length > 0)
      log.warn({ grants: said }, 'grants of the configuration are for no model that is there')
  }
}

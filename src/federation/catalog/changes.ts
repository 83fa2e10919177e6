import { RegistryError } from '../../contract/index.ts'
import { refreshModels } from './refresh.ts'
import { lookAt, type RegistrySync } from './registry-sync.ts'

/** Where the registry's feed of changes stands now; null where it has none. */
export async function startOfFeed(sync: RegistrySync): Promise<string | null> {
  if (!sync.federation.link(sync.right.registry)?.facets.changes) return null
  const { found } = await lookAt(sync, (registry) => registry.reads.changes(null))
  return found?.cursor ?? null
}

export interface FollowedFeed {
  readonly feed: string
  /** Epoch milliseconds: everything before is taken in. */
  readonly checkedAt: number
}

/** Reads again what the feed names. Null: it does not reach back so far. */
export async function followFeed(sync: RegistrySync, from: string): Promise<FollowedFeed | null> {
  let feed = from
  for (;;) {
    const { look, found } = await lookAt(sync, (registry) => registry.reads.changes(feed))
    if (found === null) return null
    await refreshModels(sync, found.models)
    if (!found.more) return { feed: found.cursor, checkedAt: look.at }
    if (found.cursor === feed) throw standsStill(sync.right.registry)
    feed = found.cursor
  }
}

function standsStill(registry: string): RegistryError {
  return new RegistryError(
    'REGISTRY_ERROR',
    `The feed of changes of "${registry}" says that there is more, and does not go on; its adapter has to be mended.`,
  )
}

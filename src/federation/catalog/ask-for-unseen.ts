import { type Outcome, RegistryError, type VersionKey } from '../../contract/index.ts'
import type { Look } from '../../stores/sync-store.ts'
import type { RegistrySession } from '../session/registry-session.ts'
import { givenModel, givenVersion } from './given-records.ts'
import { giveUpSweep, isThere, lookAt, type RegistrySync } from './registry-sync.ts'

/** Each may be a request of its own. */
const keysAtOnce = 50
/** Lists that move hide some from whoever reads on; who hides more does not tell what it has. */
const mostHidden = 2000

/** Models that no list has shown since then. */
export function askForUnseenModels(sync: RegistrySync, since: number): Promise<void> {
  const { catalog, right } = sync
  const { store } = catalog
  return askForUnseen(sync, {
    next: (last: string | null) => store.reads.unseenModels(right.id, since, last),
    ask: ({ reads }, names) => reads.models(names),
    take: async (look, gone, there) => {
      await store.takeAway(right, look, { models: gone, versions: [] })
      await store.takeModels(right, look, there.map(givenModel), null)
    },
  })
}

/** Versions that no list has shown since then. */
export function askForUnseenVersions(sync: RegistrySync, since: number): Promise<void> {
  const { catalog, right } = sync
  const { store } = catalog
  return askForUnseen(sync, {
    next: (last: (VersionKey & { readonly id: number }) | null) =>
      store.reads.unseenVersions(right.id, since, last?.id ?? 0),
    ask: ({ reads }, keys) => reads.versions(keys),
    take: async (look, gone, there) => {
      await store.takeAway(right, look, { models: [], versions: gone })
      await store.takeVersions(right, look, there.map(givenVersion), null)
    },
  })
}

interface Unseen<Key, Row> {
  /** Some of them, after the last of those before. */
  next(last: Key | null): Promise<readonly Key[]>
  ask(registry: RegistrySession, keys: readonly Key[]): Promise<readonly Outcome<Row>[]>
  take(look: Look, gone: readonly Key[], there: readonly Row[]): Promise<void>
}

async function askForUnseen<Key, Row>(
  sync: RegistrySync,
  { next, ask, take }: Unseen<Key, Row>,
): Promise<void> {
  let hidden = 0
  for (let keys = await next(null); keys.length > 0; keys = await next(keys.at(-1) ?? null)) {
    for (let start = 0; start < keys.length; start += keysAtOnce) {
      const some = keys.slice(start, start + keysAtOnce)
      const { look, found } = await lookAt(sync, (registry) => ask(registry, some))
      const there = found.filter(isThere)
      await take(
        look,
        some.filter((_, index) => found[index] === null),
        there,
      )
      hidden += there.length
      if (hidden > mostHidden) await giveUpSweep(sync, hides(sync.right.registry))
    }
  }
}

function hides(registry: string): RegistryError {
  return new RegistryError(
    'REGISTRY_ERROR',
    `The lists of "${registry}" leave out more than ${mostHidden} rows that it has when it is asked for them by name; nothing is taken for gone.`,
  )
}

import DataLoader from 'dataloader'
import type { AliasPlace } from '../../stores/places.ts'
import type { EventRecord } from '../records/event.ts'
import type { FederatedAlias } from '../records/records.ts'
import type { Session } from '../session/session.ts'

const loaders = new WeakMap<Session, DataLoader<AliasPlace, EventRecord | null, string>>()

/** The event that gave the alias to who holds it; null: the gateway has seen none. */
export async function assignmentOf(
  session: Session,
  { registry, model, name, version }: FederatedAlias,
): Promise<EventRecord | null> {
  const known = loaders.get(session)
  const loader = known ?? createLoader(session)
  if (!known) loaders.set(session, loader)
  const event = await loader.load({ registry, model, alias: name })
  return event?.after === version ? event : null
}

function createLoader(session: Session): DataLoader<AliasPlace, EventRecord | null, string> {
  return new DataLoader(
    (places: readonly AliasPlace[]) =>
      session.federation.history.lastSet(places) as Promise<(EventRecord | null)[]>,
    // Within a request something may be written; what was asked for before is asked for again.
    {
      cache: false,
      cacheKeyFn: ({ registry, model, alias }) => JSON.stringify([registry, model, alias]),
    },
  )
}

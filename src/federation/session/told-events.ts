import type { ModelPlace } from '../../stores/places.ts'
import type { EventRecord } from '../records/event.ts'
import type { Session } from './session.ts'

/**
 * Those that the caller may be told. What belongs to no model, or to a model that is not there for the caller, is not
 * told to everybody. What is granted on one model alone says nothing of an earlier one of its name: of that are told
 * those who would see whatever has the name. Who was granted what is told to those who may grant it.
 */
export async function toldEvents(session: Session, events: readonly EventRecord[]): Promise<EventRecord[]> {
  const { access, federation } = session
  const visible = events.filter((event) => isVisible(session, event))
  if (!access.isRestricted) return visible
  const places = new Map(
    visible.map(placeOf).flatMap((place) => {
      if (place === null || access.admitsAnyNamed(place.registry, place.model)) return []
      return [[keyOf(place), place] as const]
    }),
  )
  const begun = places.size === 0 ? [] : await federation.history.begun([...places.values()])
  const firstOf = new Map([...places.keys()].map((key, index) => [key, begun[index] ?? 0]))
  return visible
    .filter((event) => {
      const place = placeOf(event)
      return place === null || event.seq >= (firstOf.get(keyOf(place)) ?? 0)
    })
    .map((event) => withoutHiddenName(session, event))
}

function isVisible({ access }: Session, { kind, registry, model, key }: EventRecord): boolean {
  if (kind === 'PERMISSION_CHANGED') {
    const grant = { registry: registry ?? '*', model: model ?? '*', principal: key ?? '' }
    if (!access.mayGrant(grant)) return false
  }
  return !access.isRestricted || (registry !== null && model !== null && access.admits(registry, model))
}

function withoutHiddenName({ access }: Session, event: EventRecord): EventRecord {
  const { kind, registry, before } = event
  if (kind !== 'MODEL_RENAMED' || registry === null || before === null) return event
  return access.admits(registry, before) ? event : { ...event, before: null }
}

function placeOf({ registry, model }: EventRecord): ModelPlace | null {
  return registry === null || model === null ? null : { registry, model }
}

function keyOf({ registry, model }: ModelPlace): string {
  return JSON.stringify([registry, model])
}

import { textMatcher } from '../../contract/index.ts'
import type { EventQuery } from '../../stores/event-query.ts'
import type { EventRecord } from '../records/event.ts'

/** What the log's own query takes: for events that are in mind, and for texts that a database cannot fold. */
export function eventMatcher({
  kinds,
  registries,
  model,
  actor,
  key,
}: Pick<EventQuery, 'kinds' | 'registries' | 'model' | 'actor' | 'key'>): (event: EventRecord) => boolean {
  const among = (wanted: readonly string[] | null) => {
    const set = wanted && new Set(wanted)
    return (value: string | null) => set === null || (value !== null && set.has(value))
  }
  const matches = (tests: EventQuery['model']) => {
    const passes = tests && textMatcher(tests)
    return (value: string | null) => passes === null || (value !== null && passes(value))
  }
  const [ofKind, ofRegistry] = [among(kinds), among(registries)]
  const [ofModel, ofActor, ofKey] = [matches(model), matches(actor), matches(key)]
  return (event) =>
    ofKind(event.kind) &&
    ofRegistry(event.registry) &&
    ofModel(event.model) &&
    ofActor(event.actor) &&
    ofKey(event.key)
}

import type { EventQuery } from '../../stores/event-query.ts'
import type { AliasPlace, ModelPlace } from '../../stores/places.ts'
import type { EventRecord } from '../records/event.ts'

/** The log of what happened. */
export interface History {
  events(query: EventQuery): Promise<readonly EventRecord[]>
  event(seq: number): Promise<EventRecord | null>
  /** The number of the newest event; 0: there has been none. */
  last(): Promise<number>
  /** The number of the newest event that is gone; a reader from before it has missed something. */
  cut(): Promise<number>
  /** When the last event happened that is gone; null: none is, or it is not known. */
  cutAt(): Promise<number | null>
  /** The nearest event by which a model of this name got another one. */
  renamedAway(
    model: ModelPlace,
    range: Pick<EventQuery, 'after' | 'descending' | 'from' | 'to'>,
  ): Promise<EventRecord | null>
  /** For each alias the event that set it last. */
  lastSet(aliases: readonly AliasPlace[]): Promise<readonly (EventRecord | null)[]>
  /**
   * For each model the number of the event that it began with under this name, or of the first after an earlier one
   * ended; null: of neither is anything known.
   */
  begun(models: readonly ModelPlace[]): Promise<readonly (number | null)[]>
  /** Since when every change of the registry is noted; null: it is not, or not yet. */
  knownSince(registry: string): Promise<number | null>
}

export const noHistory: History = {
  events: async () => [],
  event: async () => null,
  last: async () => 0,
  cut: async () => 0,
  cutAt: async () => null,
  renamedAway: async () => null,
  lastSet: async (aliases) => aliases.map(() => null),
  begun: async (models) => models.map(() => null),
  knownSince: async () => null,
}

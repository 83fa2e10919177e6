import type { EventQuery } from '../../stores/event-query.ts'
import type { EventRecord } from '../records/event.ts'
import type { FederatedRegistry } from '../records/federated-registry.ts'
import type { SourceState } from '../registry/source-state.ts'
import { eventCursor, placeOfCursor } from '../session/event-places.ts'
import type { Session } from '../session/session.ts'
import { toldEvents } from '../session/told-events.ts'
import { aheadOfLog } from './ahead-of-log.ts'
import { cutOff } from './cut-off.ts'
import { eventMatcher } from './event-matcher.ts'

export interface EventArguments extends Omit<EventQuery, 'after' | 'limit'> {
  /** The cursor of an event: only those after it. */
  readonly since: string | null
  /** The argument that it was given by. */
  readonly field: string
  readonly first: number
}

export interface EventSource {
  readonly registry: FederatedRegistry
  readonly state: SourceState
  readonly asOf: Date | null
  readonly latencyMs: null
  readonly error: null
}

export interface EventList {
  readonly nodes: readonly EventRecord[]
  readonly cursors: { cursorAt(index: number): string; readonly whenEmpty: string | null }
  readonly hasNextPage: boolean
  readonly hasPreviousPage: boolean
  readonly sources: readonly EventSource[]
  readonly complete: boolean
}

export interface EventListEdge {
  readonly node: EventRecord
  readonly index: number
  readonly cursors: EventList['cursors']
}

const rowsAtOnce = 500

/** What happened, in the order of the log, as far as the caller may see it. */
export async function listEvents(session: Session, given: EventArguments): Promise<EventList> {
  const { history } = session.federation
  for (const name of given.registries ?? []) session.registry(name, 'registries')
  let after = await placeIn(session, given)
  const query: Omit<EventQuery, 'after'> = {
    ...given,
    from: given.from === null ? null : Math.ceil(given.from),
    to: given.to === null ? null : Math.ceil(given.to),
    limit: rowsAtOnce,
  }
  // Before anything is read, so that nothing is behind it that was not looked at.
  const end = after === null && !given.descending ? await history.last() : null
  const takes = eventMatcher(query)
  const found: EventRecord[] = []
  for (;;) {
    const limit = Math.min(rowsAtOnce, Math.max(given.first + 1, 50))
    const rows = await history.events({ ...query, limit, after })
    found.push(...(await toldEvents(session, rows.filter(takes))))
    if (rows.length < limit || found.length > given.first) break
    after = rows.at(-1)?.seq ?? after
    // Nobody waits any more for what may be the rest of a long log.
    session.signal.throwIfAborted()
  }
  const nodes = found.slice(0, given.first)
  const sources = await sourcesOf(session, given.registries)
  return {
    nodes,
    cursors: {
      cursorAt: (index) => eventCursor(session, nodes[index]?.seq ?? 0),
      whenEmpty: end === null ? given.since : eventCursor(session, end),
    },
    hasNextPage: found.length > given.first,
    hasPreviousPage: given.since !== null,
    sources,
    complete: sources.every(({ state }) => state === 'OK'),
  }
}

/** A list that goes on forwards has to begin where the log is. */
async function placeIn(
  session: Session,
  { since, field, descending }: EventArguments,
): Promise<number | null> {
  if (since === null) return null
  const place = placeOfCursor(session, since, field)
  if (descending) return place
  const { history } = session.federation
  const [cut, last] = await Promise.all([history.cut(), history.last()])
  if (place < cut) throw cutOff(session, field, cut)
  if (place > last) throw aheadOfLog(session, field, last)
  return place
}

/** How far outside changes have been looked for. */
async function sourcesOf(session: Session, names: readonly string[] | null): Promise<EventSource[]> {
  const { readers } = session.federation
  return Promise.all(
    session.selectRegistries(names, null).map(async (registry) => {
      const status = await readers.status(registry)
      const asOf = status?.lagMs == null ? null : new Date(Date.now() - status.lagMs)
      return {
        registry: registry.record,
        state: status?.state ?? 'SKIPPED',
        asOf,
        latencyMs: null,
        error: null,
      }
    }),
  )
}

import type { AliasPlace } from '../../stores/places.ts'
import type { EventRecord } from '../records/event.ts'
import type { Session } from '../session/session.ts'
import { toldEvents } from '../session/told-events.ts'

/** What decides who holds an alias: it was moved, or its model came, went, or got another name. */
export interface NearestEvents {
  /** The last one until that moment, and the first one after it. */
  readonly last: EventRecord | undefined
  readonly next: EventRecord | undefined
}

/** @param before only events before that number. */
export async function nearestEvents(
  session: Session,
  place: AliasPlace,
  { moment, before }: { readonly moment: number; readonly before: number | null },
): Promise<NearestEvents> {
  const [last, next] = await Promise.all([
    nearest(session, place, { from: null, to: moment + 1, descending: true, after: before }),
    nearest(session, place, { from: moment + 1, to: null, descending: false, after: null }),
  ])
  return { last, next: next && before !== null && next.seq >= before ? undefined : next }
}

/** The first one of a higher number. */
export function nextEvent(
  session: Session,
  place: AliasPlace,
  after: number,
): Promise<EventRecord | undefined> {
  return nearest(session, place, { from: null, to: null, descending: false, after })
}

interface Range {
  readonly from: number | null
  readonly to: number | null
  readonly descending: boolean
  readonly after: number | null
}

async function nearest(
  session: Session,
  { registry, model, alias }: AliasPlace,
  range: Range,
): Promise<EventRecord | undefined> {
  const { history } = session.federation
  const is = (value: string) => [{ operator: 'eq', value, ignoreCase: false }] as const
  const of = { registries: [registry], model: is(model), version: null, actor: null, limit: 1, ...range }
  const [own, away] = await Promise.all([
    Promise.all([
      history.events({ ...of, kinds: ['ALIAS_SET', 'ALIAS_DELETED'], key: is(alias) }),
      history.events({ ...of, kinds: ['MODEL_CREATED', 'MODEL_DELETED', 'MODEL_RENAMED'], key: null }),
    ]),
    history.renamedAway({ registry, model }, range),
  ])
  // Of a rename away no more is said than that nobody holds anything under this name.
  const found = [...(await toldEvents(session, own.flat())), ...(away ? [away] : [])]
  return found.toSorted((a, b) => (range.descending ? b.seq - a.seq : a.seq - b.seq))[0]
}

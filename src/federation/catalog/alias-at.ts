import type { EventRecord } from '../records/event.ts'
import type { FederatedModel } from '../records/records.ts'
import type { AliasPlace } from '../session/history.ts'
import type { Session } from '../session/session.ts'
import { toldEvents } from '../session/told-events.ts'

export interface HeldAlias {
  readonly registry: string
  readonly model: string
  /** Null: nobody held it. */
  readonly versionNumber: string | null
  readonly certainty: 'RECORDED' | 'OBSERVED' | 'UNCERTAIN'
  /** It was moved there between these. */
  readonly notBefore: Date | null
  readonly notAfter: Date | null
}

/** Who held the alias at that time, in epoch milliseconds; null: nothing is known of it. */
export async function aliasAt(
  session: Session,
  { registry, name: model, aliases }: FederatedModel,
  alias: string,
  at: number,
): Promise<HeldAlias | null> {
  const { history } = session.federation
  const moment = Math.floor(at)
  const [last, next, knownSince] = await Promise.all([
    nearest(session, { registry, model, alias }, { to: moment + 1, descending: true }),
    nearest(session, { registry, model, alias }, { from: moment + 1, descending: false }),
    history.knownSince(registry),
  ])
  const place = { registry, model }
  if (next && next.notBefore !== null && next.notBefore <= moment) {
    const notAfter = last ? new Date(last.at) : null
    return {
      ...place,
      versionNumber: next.kind.startsWith('MODEL_') ? holderAfter(last) : next.before,
      certainty: 'UNCERTAIN',
      notBefore: last ? new Date(last.notBefore ?? last.at) : null,
      notAfter,
    }
  }
  if (last) {
    const notBefore = new Date(last.notBefore ?? last.at)
    return {
      ...place,
      versionNumber: holderAfter(last),
      certainty: last.certainty,
      notBefore,
      notAfter: new Date(last.at),
    }
  }
  if (knownSince === null || moment < knownSince) return null
  const holder = next
    ? next.kind.startsWith('MODEL_')
      ? null
      : next.before
    : (aliases.find(({ name }) => name === alias)?.version ?? null)
  return {
    ...place,
    versionNumber: holder,
    certainty: 'OBSERVED',
    notBefore: null,
    notAfter: new Date(knownSince),
  }
}

/** The nearest event that decides who holds it: it was moved, or its model came or went. */
async function nearest(
  session: Session,
  { registry, model, alias }: AliasPlace,
  range: { readonly from?: number; readonly to?: number; readonly descending: boolean },
): Promise<EventRecord | undefined> {
  const of = {
    after: null,
    from: null,
    to: null,
    registries: [registry],
    model: [{ operator: 'eq', value: model, ignoreCase: false }],
    version: null,
    actor: null,
    limit: 1,
    ...range,
  } as const
  const ofAlias = {
    ...of,
    kinds: ['ALIAS_SET', 'ALIAS_DELETED'],
    key: [{ ...of.model[0], value: alias }],
  } as const
  const ofModel = { ...of, kinds: ['MODEL_CREATED', 'MODEL_DELETED'], key: null } as const
  const { history } = session.federation
  const found = (await Promise.all([history.events(ofAlias), history.events(ofModel)])).flat()
  const told = await toldEvents(session, found)
  return told.toSorted((a, b) => (range.descending ? b.seq - a.seq : a.seq - b.seq))[0]
}

function holderAfter(event: EventRecord | undefined): string | null {
  return event === undefined || event.kind.startsWith('MODEL_') ? null : event.after
}

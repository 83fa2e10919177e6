import type { AliasPlace } from '../../stores/places.ts'
import { RegistryFailure } from '../errors/registry-failure.ts'
import type { EventRecord } from '../records/event.ts'
import type { FederatedModel } from '../records/records.ts'
import { NotIndexedError } from '../registry/not-indexed-error.ts'
import type { Session } from '../session/session.ts'
import { type NearestEvents, nearestEvents, nextEvent } from './nearest-events.ts'

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

/** Models are renamed back and forth; nobody goes on for ever. */
const mostRenames = 50

/** Who held the alias at that time, in epoch milliseconds; null: nothing is known of it. */
export async function aliasAt(
  session: Session,
  { registry, name: model }: FederatedModel,
  alias: string,
  at: number,
): Promise<HeldAlias | null> {
  const { history } = session.federation
  const moment = Math.floor(at)
  const place = { registry, model }
  const cutAt = await history.cutAt()
  if (cutAt !== null && moment < cutAt) return null
  const found = await findEvents(session, { ...place, alias }, moment)
  if (found === null) return null
  const { last, next } = found
  const notBefore = last ? new Date(last.notBefore ?? last.at) : null
  const notAfter = last ? new Date(last.at) : null
  if (next && next.notBefore !== null && next.notBefore <= moment) {
    const versionNumber = isMove(next) ? next.before : holderAfter(last)
    return { ...place, versionNumber, certainty: 'UNCERTAIN', notBefore, notAfter }
  }
  if (last)
    return { ...place, versionNumber: holderAfter(last), certainty: last.certainty, notBefore, notAfter }
  const knownSince = await history.knownSince(registry)
  if (knownSince === null || moment < knownSince) return null
  const holder = next ? holderUntil(next) : await keptHolder(session, { ...place, alias })
  if (holder === undefined) return null
  return {
    ...place,
    versionNumber: holder,
    certainty: 'OBSERVED',
    notBefore: null,
    notAfter: new Date(knownSince),
  }
}

/** A rename takes an alias along: before it, what is told of it stands under the earlier name. */
async function findEvents(session: Session, asked: AliasPlace, at: number): Promise<NearestEvents | null> {
  let place = asked
  let moment = at
  let before: number | null = null
  let upcoming: EventRecord | undefined
  for (let renames = 0; renames < mostRenames; renames++) {
    const { last, next } = await nearestEvents(session, place, { moment, before })
    const isRenamed = (event: EventRecord | undefined) =>
      event?.kind === 'MODEL_RENAMED' && event.model === place.model
    const renamed = isRenamed(next) ? next : isRenamed(last) ? last : undefined
    if (renamed === next && renamed) upcoming = (await nextEvent(session, place, renamed.seq)) ?? upcoming
    else upcoming = next ?? upcoming
    if (!renamed) return { last, next: upcoming }
    // Of a name that is hidden from the caller nothing is told.
    if (renamed.before === null) return null
    place = { ...place, model: renamed.before }
    before = renamed.seq
    moment = Math.min(moment, renamed.at)
  }
  return null
}

/** Who held it right before; undefined: that is not told. */
function holderUntil(event: EventRecord): string | null | undefined {
  if (isMove(event)) return event.before
  return event.kind === 'MODEL_CREATED' ? null : undefined
}

function isMove({ kind }: EventRecord): boolean {
  return kind === 'ALIAS_SET' || kind === 'ALIAS_DELETED'
}

function holderAfter(event: EventRecord | undefined): string | null {
  return event && isMove(event) ? event.after : null
}

/** By what the catalog has: what the registry says now may have come about since the last look; undefined: it has nothing. */
async function keptHolder(
  session: Session,
  { registry, ...key }: AliasPlace,
): Promise<string | null | undefined> {
  const { readers } = session.federation
  try {
    const holder = await readers.inMode('INDEXED', session.registry(registry)).holderOfAlias(key)
    return holder?.version ?? null
  } catch (error) {
    if (error instanceof RegistryFailure && error.error instanceof NotIndexedError) return undefined
    throw error
  }
}

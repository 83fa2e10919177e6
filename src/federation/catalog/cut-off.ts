import { InputError } from '../errors/input-error.ts'
import { eventCursor } from '../session/event-places.ts'
import type { Session } from '../session/session.ts'

/** Of a cursor whose events are gone: says where to begin instead. */
export function cutOff(session: Session, field: string, cut: number): InputError {
  return new InputError(
    field,
    `The events after this cursor are not kept any more (see catalog.keepEvents). Those that are kept begin after ${JSON.stringify(eventCursor(session, cut))}; to go on, give that cursor, or leave it out.`,
  )
}

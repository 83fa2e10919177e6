import { InputError } from '../errors/input-error.ts'
import { eventCursor } from '../session/event-places.ts'
import type { Session } from '../session/session.ts'

/** Of a cursor that the log has not come to: who waited behind it would miss, unawares, what comes until then. */
export function aheadOfLog(session: Session, field: string, last: number): InputError {
  return new InputError(
    field,
    `The log of events does not reach as far as this cursor: the gateway's database may have been restored from a backup. The log ends at ${JSON.stringify(eventCursor(session, last))}; to go on from there, give that cursor, or leave it out.`,
  )
}

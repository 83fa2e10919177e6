import type { CostReport } from '../federation/session/session.ts'
import type { RequestSession } from '../server/door.ts'

/** What serving a request needs of its session, whatever else the resolvers find in it. */
export interface MeasuredSession extends RequestSession {
  cost(): CostReport
}

/** The context of a request. */
export interface RequestScope<Session extends MeasuredSession = MeasuredSession> {
  readonly requestId: string
  readonly session: Session
}

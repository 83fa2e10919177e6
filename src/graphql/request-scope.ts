import type { CostReport } from '../federation/session/session.ts'
import type { RequestSession } from '../server/door.ts'

/** What serving a request needs of its session, whatever else the resolvers find in it. */
export interface MeasuredSession extends RequestSession {
  cost(): CostReport
  /** Equal for those whose answers to one question may be shared. */
  readonly viewKey: string
  /** How often a write of this gateway has begun or ended: what was read before is not for who asks afterwards. */
  readonly writesSoFar: number
  /** Whether something was left out that a registry did not give. */
  readonly isIncomplete: boolean
}

/** The context of a request. */
export interface RequestScope<Session extends MeasuredSession = MeasuredSession> {
  readonly requestId: string
  readonly session: Session
  /** Of the log, for a request that has one of its own. Apollo makes a copy of the scope, and of nothing that is in it. */
  readonly line?: { isWritten: boolean }
}

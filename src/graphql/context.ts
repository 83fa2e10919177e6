import type { Session } from '../federation/session/session.ts'

/** What every resolver gets: one for each request. */
export interface GatewayContext {
  readonly requestId: string
  readonly session: Session
}

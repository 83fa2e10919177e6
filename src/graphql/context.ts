import type { Session } from '../federation/session/session.ts'
import type { RequestScope } from './request-scope.ts'

/** What every resolver gets: one for each request. */
export type GatewayContext = RequestScope<Session>

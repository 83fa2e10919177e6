import type { CostReport } from '../federation/session/session.ts'

/** What serving a request needs to know of its context, whatever else the resolvers find in it. */
export interface RequestScope {
  readonly requestId: string
  readonly session: { cost(): CostReport; end(): void }
}

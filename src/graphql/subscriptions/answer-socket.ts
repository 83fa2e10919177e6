import type { FormattedExecutionResult } from 'graphql'
import type { RequestScope } from '../request-scope.ts'
import type { OpenedSubscription } from './open-subscription.ts'

export interface SocketQuestion {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
  readonly operationName: string | null
}

/** What becomes of an operation that does not come by a request of its own: one answer, or what happens from now on. */
export type AnswerSocket = (
  question: SocketQuestion,
  scope: RequestScope,
) => Promise<FormattedExecutionResult | OpenedSubscription>

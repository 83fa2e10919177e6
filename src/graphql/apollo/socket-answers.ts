import type { ApolloServer } from '@apollo/server'
import type { FormattedExecutionResult } from 'graphql'
import type { RequestScope } from '../request-scope.ts'
import type { OpenedSubscription } from '../subscriptions/open-subscription.ts'
import type { OpenedSubscriptions } from './subscriptions-plugin.ts'

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

/** By Apollo, as a request would be: with its limits, its masks, and its line in the log. */
export function answerSocketBy<Scope extends RequestScope>(
  apollo: ApolloServer<Scope>,
  opened: OpenedSubscriptions,
): AnswerSocket {
  return async ({ query, variables, operationName }, scope) => {
    opened.expect(scope)
    const request = { query, variables, ...(operationName !== null && { operationName }) }
    const { body } = await apollo.executeOperation(request, { contextValue: scope as Scope })
    if (body.kind !== 'single') throw new Error('Nothing here asks for an answer in parts.')
    const { singleResult } = body
    return (singleResult.errors ? null : opened.of(scope)) ?? singleResult
  }
}

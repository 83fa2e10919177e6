import type { ApolloServer } from '@apollo/server'
import type { RequestScope } from '../request-scope.ts'
import type { AnswerSocket } from '../subscriptions/answer-socket.ts'
import type { OpenedSubscriptions } from './subscriptions-plugin.ts'

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

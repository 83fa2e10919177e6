import type { ApolloServerPlugin } from '@apollo/server'
import type { Logger } from '../../contract/index.ts'
import type { Answers } from '../answer/answers.ts'
import { FailureErrors } from '../answer/failure.ts'
import type { RequestLog } from '../request-log.ts'
import type { RequestScope } from '../request-scope.ts'

/** The line of each request that comes as far as an operation, and at `debug` what it took. */
export function requestLogPlugin(
  log: Logger,
  requestLog: RequestLog,
  answers: Answers,
): ApolloServerPlugin<RequestScope> {
  return {
    async requestDidStart({ request }) {
      const startedAt = performance.now()
      return {
        async willSendResponse({ response, contextValue, operation, operationName }) {
          const { requestId, session } = contextValue
          const { excess, failures } = answers.meterOf(contextValue)
          const errors = response.body.kind === 'single' ? (response.body.singleResult.errors ?? []) : []
          const [first = failures[0] && new FailureErrors().add(failures[0])] = excess ? [excess] : errors
          const { upstreamRequests, cacheHits } = session.cost()
          const facts = {
            requestId,
            operation: operationName ?? request.operationName ?? null,
            kind: operation?.operation ?? null,
            ms: Math.round(performance.now() - startedAt),
            registries: Object.keys(upstreamRequests),
            code: first?.extensions?.code ?? null,
          }
          requestLog.answered(contextValue, facts)
          const failed = errors.length + failures.length
          log.debug({ requestId, upstreamRequests, cacheHits, errors: failed }, 'what it took')
        },
      }
    },
  }
}

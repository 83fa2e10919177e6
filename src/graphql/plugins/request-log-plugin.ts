import type { ApolloServerPlugin } from '@apollo/server'
import type { Logger } from '../../contract/index.ts'
import type { RequestScope } from '../request-scope.ts'

/** One line for each request: which operation, how long, what it asked of whom, and the first thing that went wrong. */
export function requestLogPlugin(log: Logger, level: 'info' | 'debug'): ApolloServerPlugin<RequestScope> {
  return {
    async requestDidStart({ request }) {
      const startedAt = performance.now()
      return {
        async willSendResponse({ response, contextValue, operation, operationName }) {
          const { requestId, session } = contextValue
          const result = response.body.kind === 'single' ? response.body.singleResult : null
          const { upstreamRequests, cacheHits } = session.cost()
          const facts = {
            requestId,
            operation: operationName ?? request.operationName ?? null,
            kind: operation?.operation ?? null,
            ms: Math.round(performance.now() - startedAt),
            registries: Object.keys(upstreamRequests),
            code: result?.errors?.[0]?.extensions?.code ?? null,
          }
          log[level](facts, 'answered')
          const more = { requestId, upstreamRequests, cacheHits, errors: result?.errors?.length ?? 0 }
          log.debug(more, 'what it took')
        },
      }
    },
  }
}

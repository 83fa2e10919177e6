import type { ApolloServerPlugin } from '@apollo/server'
import type { RequestScope } from '../request-scope.ts'

/** On the header `modelgate-explain: 1`, and only then, the answer says what it cost. */
export function explainPlugin(): ApolloServerPlugin<RequestScope> {
  return {
    async requestDidStart({ request }) {
      if (request.http?.headers.get('modelgate-explain') !== '1') return
      const startedAt = performance.now()
      return {
        async willSendResponse({ response, contextValue }) {
          if (response.body.kind !== 'single') return
          const result = response.body.singleResult
          const { requestId, session } = contextValue
          const ms = Math.round((performance.now() - startedAt) * 1000) / 1000
          result.extensions = { ...result.extensions, modelgate: { requestId, ms, ...session.cost() } }
        },
      }
    },
  }
}

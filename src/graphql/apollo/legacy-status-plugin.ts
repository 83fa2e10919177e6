import type { ApolloServerPlugin, BaseContext } from '@apollo/server'

const documentErrors: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
])

/**
 * GraphQL over HTTP wants 200 for a document's errors where the client accepts `application/json` and not the newer
 * `application/graphql-response+json`, as such a client takes other statuses for those of a proxy.
 */
export function legacyStatusPlugin(): ApolloServerPlugin<BaseContext> {
  return {
    async requestDidStart({ request }) {
      const accept = request.http?.headers.get('accept') ?? ''
      if (!accept.includes('application/json') || accept.includes('application/graphql-response+json')) return
      return {
        async willSendResponse({ response }) {
          if (response.http.status !== 400 || response.body.kind !== 'single') return
          const errors = response.body.singleResult.errors ?? []
          if (errors.every((error) => documentErrors.has(error.extensions?.code))) response.http.status = 200
        },
      }
    },
  }
}

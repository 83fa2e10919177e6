import type { ApolloServerPlugin } from '@apollo/server'
import { unwrapResolverError } from '@apollo/server/errors'
import type { GraphQLError } from 'graphql'
import type { Logger, RegistryErrorCode } from '../../contract/index.ts'
import { RegistryFailure } from '../../federation/registry-failure.ts'
import { collapseErrors } from '../collapse-errors.ts'
import { isMasked, nameRequest, toClientError } from '../errors.ts'
import type { RequestScope } from '../request-scope.ts'

/** Logs what clients are not told, gives them the request's id to ask by, and says each failure once. */
export function errorPlugin(log: Logger): ApolloServerPlugin<RequestScope> {
  return {
    async contextCreationDidFail({ error }) {
      log.debug({ err: error }, 'a request was refused before it began')
    },
    async unexpectedErrorProcessingRequest({ requestContext, error }) {
      log.error(
        { requestId: requestContext.contextValue.requestId, err: error },
        'a request broke the server',
      )
    },
    async requestDidStart() {
      return {
        async didEncounterErrors({ errors, contextValue }) {
          logErrors(errors, contextValue.requestId, log)
        },
        async willSendResponse({ response, contextValue }) {
          if (response.body.kind !== 'single') return
          const result = response.body.singleResult
          if (!result.errors) return
          result.errors = collapseErrors(result.errors).map((error) =>
            nameRequest(error, contextValue.requestId),
          )
        },
      }
    },
  }
}

/** What a client asked for and is told; whoever reads the log can do nothing about it. */
const callersFaults: ReadonlySet<RegistryErrorCode> = new Set([
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'CONFLICT',
  'BAD_USER_INPUT',
  'UNSUPPORTED',
])

function logErrors(errors: readonly GraphQLError[], requestId: string, log: Logger): void {
  const failures = new Set<string>()
  for (const error of errors) {
    const cause = unwrapResolverError(error)
    if (cause instanceof RegistryFailure) {
      const key = `${cause.registry} ${cause.error.code}`
      if (failures.has(key)) continue
      failures.add(key)
      const level = callersFaults.has(cause.error.code) ? 'debug' : 'warn'
      log[level]({ requestId, registry: cause.registry, err: cause.error }, 'a registry failed a request')
    } else if (isMasked(toClientError(error.toJSON(), error))) {
      log.error({ requestId, path: error.path, err: cause }, 'a resolver failed')
    }
  }
}

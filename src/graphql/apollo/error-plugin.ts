import type { ApolloServerPlugin } from '@apollo/server'
import { unwrapResolverError } from '@apollo/server/errors'
import type { GraphQLError, OperationDefinitionNode } from 'graphql'
import type { Logger, RegistryErrorCode } from '../../contract/index.ts'
import { RegistryFailure } from '../../federation/errors/registry-failure.ts'
import { mapInTurns } from '../../federation/turns.ts'
import type { AnswerMeters } from '../answer/answer-meter.ts'
import { type Failure, FailureErrors, toKeys } from '../answer/failure.ts'
import { isMasked, nameRequest, toClientError } from '../errors.ts'
import type { RequestScope } from '../request-scope.ts'

/** Logs what clients are not told, gives them the request's id to ask by, and says of each null that failed why. */
export function errorPlugin(log: Logger, meters: AnswerMeters): ApolloServerPlugin<RequestScope> {
  return {
    async contextCreationDidFail({ error }) {
      log.debug({ err: error }, 'a request was refused before it began')
    },
    async unexpectedErrorProcessingRequest({ requestContext, error }) {
      const { contextValue } = requestContext
      meters.of(contextValue).release()
      log.error({ requestId: contextValue.requestId, err: error }, 'a request broke the server')
    },
    async requestDidStart() {
      return {
        async didEncounterErrors({ errors, contextValue }) {
          logErrors(errors.map(withCause), contextValue.requestId, log)
        },
        async willSendResponse({ response, contextValue, operation }) {
          if (response.body.kind !== 'single') return
          const meter = meters.of(contextValue)
          const { requestId } = contextValue
          const result = response.body.singleResult
          if (meter.excess) {
            response.http.status = 400
            response.body.singleResult = { errors: [describeExcess(meter.excess, operation)] }
            meter.release()
            return
          }
          if (result.data) meters.assign(result.data, meter)
          logErrors(meter.failures, requestId, log)
          const failures = await mapInTurns(meter.failures, new FailureErrors().add)
          const errors = [...(result.errors ?? []), ...failures]
          if (errors.length > 0) result.errors = errors.map((error) => nameRequest(error, requestId))
        },
      }
    },
  }
}

/** What was written before the answer grew too large is not undone. */
function describeExcess(excess: GraphQLError, operation: OperationDefinitionNode | undefined) {
  const error = excess.toJSON()
  if (operation?.operation !== 'mutation') return error
  return { ...error, message: `${error.message} What had been written by then stays written.` }
}

/** What failed where null is not allowed, or before any field. */
function withCause(error: GraphQLError): Failed {
  return { path: error.path ?? [], cause: unwrapResolverError(error) }
}

interface Failed {
  readonly path: readonly (string | number)[]
  readonly cause: unknown
}

/** What a client asked for and is told; whoever reads the log can do nothing about it. */
const callersFaults: ReadonlySet<RegistryErrorCode> = new Set([
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'CONFLICT',
  'IDEMPOTENCY_KEY_REUSED',
  'BAD_USER_INPUT',
  'UNSUPPORTED',
])

function logErrors(errors: readonly (Failed | Failure)[], requestId: string, log: Logger): void {
  const failures = new Set<string>()
  for (const { path, cause } of errors) {
    if (cause instanceof RegistryFailure) {
      const key = `${cause.registry} ${cause.error.code}`
      if (failures.has(key)) continue
      failures.add(key)
      const level = callersFaults.has(cause.error.code) ? 'debug' : 'warn'
      log[level]({ requestId, registry: cause.registry, err: cause.error }, 'a registry failed a request')
    } else if (isMasked(toClientError({ message: '' }, cause))) {
      log.error({ requestId, path: 'length' in path ? path : toKeys(path), err: cause }, 'a resolver failed')
    }
  }
}

import { ApolloServer } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled'
import type { GraphQLSchema } from 'graphql'
import type { Logger } from '../../contract/index.ts'
import type { Answers } from '../answer/answers.ts'
import { toClientError } from '../errors.ts'
import { createDocumentLimits, type Limits } from '../limits.ts'
import type { PlannedDocuments } from '../plan/planned-documents.ts'
import type { RequestLog } from '../request-log.ts'
import type { MeasuredSession, RequestScope } from '../request-scope.ts'
import { openSubscriptionOf } from '../subscriptions/open-subscription.ts'
import { errorPlugin } from './error-plugin.ts'
import { explainPlugin } from './explain-plugin.ts'
import { legacyStatusPlugin } from './legacy-status-plugin.ts'
import { limitsPlugin } from './limits-plugin.ts'
import { mutationsPlugin } from './mutations-plugin.ts'
import { plannedExecutionPlugin } from './planned-execution-plugin.ts'
import { requestLogPlugin } from './request-log-plugin.ts'
import { type OpenedSubscriptions, subscriptionsPlugin } from './subscriptions-plugin.ts'

export interface ApolloOptions {
  readonly schema: GraphQLSchema
  /** Of this schema. */
  readonly answers: Answers
  /** Of this schema; null: graphql-js executes everything. */
  readonly documents: PlannedDocuments | null
  readonly limits: Limits
  /** See {@link listSizes}. */
  readonly listSizes: ReadonlyMap<string, number>
  /** Off, clients are not told the schema in error messages either. */
  readonly introspection: boolean
  /** Is told of a mutation that begins; answers what is to be called when it is done. */
  readonly beginMutation: Parameters<typeof mutationsPlugin>[0]
  readonly log: Logger
  readonly requestLog: RequestLog
  /** Takes what subscriptions have come to. */
  readonly opened: OpenedSubscriptions
}

/** Apollo with everything off that a gateway in the open should not have on. */
export function createApolloServer<Session extends MeasuredSession>(
  options: ApolloOptions,
): ApolloServer<RequestScope<Session>> {
  const {
    schema,
    answers,
    documents,
    limits,
    listSizes,
    introspection,
    beginMutation,
    log,
    requestLog,
    opened,
  } = options
  return new ApolloServer<RequestScope<Session>>({
    ...createDocumentLimits(limits),
    schema,
    introspection,
    hideSchemaDetailsFromClientErrors: !introspection,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    nodeEnv: 'production',
    formatError: toClientError,
    stringifyResult: (result) => answers.stringify(result),
    logger: createApolloLogger(log),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      limitsPlugin(limits, listSizes),
      errorPlugin(log, answers),
      legacyStatusPlugin(),
      explainPlugin(),
      mutationsPlugin(beginMutation),
      requestLogPlugin(log, requestLog, answers),
      subscriptionsPlugin(opened, openSubscriptionOf(schema)),
      ...(documents ? [plannedExecutionPlugin(documents, answers)] : []),
    ],
  })
}

function createApolloLogger(log: Logger) {
  return {
    debug: (message?: unknown) => log.debug({}, String(message)),
    info: (message?: unknown) => log.info({}, String(message)),
    warn: (message?: unknown) => log.warn({}, String(message)),
    error: (message?: unknown) => log.error({}, String(message)),
  }
}

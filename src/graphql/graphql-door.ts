import type { GraphQLSchema } from 'graphql'
import type { Logger } from '../contract/index.ts'
import type { Door, DoorTools } from '../server/door.ts'
import { Answers } from './answer/answers.ts'
import { createApolloServer } from './apollo/apollo-server.ts'
import { addGraphqlRoute } from './apollo/graphql-route.ts'
import { answerSocketBy } from './apollo/socket-answers.ts'
import { OpenedSubscriptions } from './apollo/subscriptions-plugin.ts'
import { addGraphiqlRoutes, type WayToSignIn } from './graphiql-routes.ts'
import { defaultLimits, type Limits } from './limits.ts'
import { PlannedDocuments } from './plan/planned-documents.ts'
import { RequestLog } from './request-log.ts'
import type { MeasuredSession } from './request-scope.ts'
import { RequestScopes } from './request-scopes.ts'
import { ShortWay } from './short-way/short-way.ts'
import type { AnswerSocket } from './subscriptions/answer-socket.ts'

export interface GraphqlDoorOptions {
  readonly schema: GraphQLSchema
  readonly log: Logger
  /** Whether each request has its line in the log at `info`. */
  readonly logRequests?: boolean
  readonly limits?: Partial<Limits>
  /** What lists hold at most that no argument bounds, by `Type.field`. */
  readonly listSizes?: ReadonlyMap<string, number>
  /** Fields whose resolvers always answer the same of the same object, by `Type.field`. */
  readonly lastingFields?: ReadonlySet<string>
  /** On by default: GraphiQL and code generators need it. */
  readonly introspection?: boolean
  /** Off, graphql-js executes everything: the same answers, more slowly. On by default. */
  readonly plans?: boolean
  /** What GraphiQL offers to people; nothing when left out. */
  readonly wayToSignIn?: WayToSignIn
  /** For how many milliseconds an answer may be given again to the same question; 0 by default: not at all. */
  readonly answersKeptMs?: number
}

/** What others need who answer over connections of their own. */
export interface OpenedGraphql {
  readonly answer: AnswerSocket
  readonly answers: Answers
  readonly documents: PlannedDocuments | null
  readonly limits: Limits
}

/**
 * `/graphql`, and GraphiQL for people.
 *
 * @param opened is told when it is open.
 */
export function graphqlDoor<Session extends MeasuredSession>(
  options: GraphqlDoorOptions,
  opened?: (graphql: OpenedGraphql, tools: DoorTools<Session>) => void,
): Door<Session> {
  const { schema, log, logRequests = false, listSizes = new Map(), introspection = true } = options
  const { lastingFields = new Set() } = options
  const limits = { ...defaultLimits, ...options.limits }
  const answers = new Answers(schema, limits.answer, log)
  const documents =
    options.plans === false
      ? null
      : new PlannedDocuments(schema, { resolverOf: (field) => answers.resolverOf(field), lastingFields })
  return {
    name: 'graphql',
    async open(server, tools) {
      const { openSession, beginMutation } = tools
      const requestLog = new RequestLog(log, logRequests ? 'info' : 'debug')
      const subscriptions = new OpenedSubscriptions()
      const settings = {
        schema,
        answers,
        documents,
        limits,
        listSizes,
        introspection,
        beginMutation,
        log,
        requestLog,
        opened: subscriptions,
      }
      const apollo = createApolloServer<Session>(settings)
      await apollo.start()
      const scopes = new RequestScopes(openSession)
      const shared = {
        answers,
        limits,
        listSizes,
        scopes,
        requestLog,
        log,
        keptMs: options.answersKeptMs ?? 0,
      }
      const shortWay = documents && new ShortWay<Session>({ ...shared, documents })
      addGraphqlRoute(server, { apollo, scopes, shortWay, limits, requestLog })
      opened?.({ answer: answerSocketBy(apollo, subscriptions), answers, documents, limits }, tools)
      await addGraphiqlRoutes(server, options.wayToSignIn ?? 'none')
      return () => apollo.stop()
    },
  }
}

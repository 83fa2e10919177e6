import { onTestFinished } from 'vitest'
import type { Logger } from '../../src/contract/index.ts'
import type { Resolvers } from '../../src/graphql/generated/resolver-types.ts'
import { type GraphqlDoorOptions, graphqlDoor } from '../../src/graphql/graphql-door.ts'
import type { MeasuredSession, RequestScope } from '../../src/graphql/request-scope.ts'
import { dateTime } from '../../src/graphql/scalars.ts'
import { createSchema } from '../../src/graphql/schema.ts'
import { createHttpServer, type HttpServer, type HttpServerOptions } from '../../src/server/http-server.ts'
import type { RequestFacts } from '../../src/server/request-facts.ts'

export interface LogLine {
  readonly level: keyof Logger
  readonly details: object
  readonly message: string
}

class RecordingLogger implements Logger {
  readonly lines: LogLine[] = []
  debug = this.#record('debug')
  info = this.#record('info')
  warn = this.#record('warn')
  error = this.#record('error')

  #record(level: keyof Logger) {
    return (details: object, message: string) => void this.lines.push({ level, details, message })
  }

  at(level: keyof Logger): LogLine[] {
    return this.lines.filter((line) => line.level === level)
  }
}

/** What the tests see of one request. */
export interface Visit extends RequestFacts {
  ended: boolean
}

type Options = Partial<HttpServerOptions<MeasuredSession> & Omit<GraphqlDoorOptions, 'schema'>>

export interface StartedServer {
  readonly url: string
  readonly server: HttpServer
  readonly log: RecordingLogger
  readonly visits: Visit[]
  post(body: unknown, headers?: Record<string, string>): Promise<Response>
}

type QueryResolvers = Record<string, (source: unknown, values: never, context: RequestScope) => unknown>

/** The gateway's server and schema over resolvers of the test's own; closed when the test is over. */
export async function startServer(
  query: QueryResolvers = {},
  options: Options = {},
  mutation: QueryResolvers = {},
): Promise<StartedServer> {
  const log = new RecordingLogger()
  const visits: Visit[] = []
  const schema = createSchema({
    Query: query,
    ...(Object.keys(mutation).length > 0 ? { Mutation: mutation } : {}),
    DateTime: dateTime,
    Node: { __resolveType: () => 'Model' },
  } as unknown as Resolvers)
  const server = await createHttpServer({
    doors: [graphqlDoor({ schema, log, ...options })],
    openSession: (facts) => openVisit(facts, visits),
    readiness: async () => ({ isReady: true, trouble: null }),
    log,
    ...options,
  })
  onTestFinished(() => server.close())
  const url = await server.listen({ host: '127.0.0.1', port: 0 })
  return { url, server, log, visits, post: (body, headers) => postJson(url, body, headers) }
}

function openVisit(facts: RequestFacts, visits: Visit[]): MeasuredSession {
  const visit = { ...facts, ended: false }
  visits.push(visit)
  const cost = () => ({ upstreamRequests: { main: 3 }, cacheHits: { main: 1 } })
  const end = () => {
    visit.ended = true
  }
  return { cost, end, viewKey: '', writesSoFar: 0, isIncomplete: false }
}

function postJson(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body:
      typeof body === 'string' || body instanceof Uint8Array
        ? (body as string | Uint8Array<ArrayBuffer>)
        : JSON.stringify(body),
  })
}

export interface AnswerBody {
  readonly data?: Record<string, unknown> | null
  readonly errors?: readonly {
    readonly message: string
    readonly path?: readonly (string | number)[]
    readonly extensions: Record<string, unknown>
  }[]
  readonly extensions?: Record<string, unknown>
}

export async function readAnswer(response: Response): Promise<AnswerBody> {
  return (await response.json()) as AnswerBody
}

import type { ServerResponse } from 'node:http'
import { createLoggedServer, type LoggedExchange } from './logged-server.ts'
import { closeServer, listenOnLoopback } from './loopback-server.ts'
import { noSuchRoute, StubError } from './mlflow-stub/stub-error.ts'
import { profileOf, type StubProfile } from './mlflow-stub/stub-profile.ts'
import { type StubRequest, type StubRouteContext, stubRoutes } from './mlflow-stub/stub-routes.ts'
import { StubStore } from './mlflow-stub/stub-store.ts'
import { RequestLog } from './request-log.ts'

export interface MlflowStubOptions {
  /** The release to behave like, e.g. `1.30.1` for a server without aliases. */
  version?: string
  /** Names sort as in this language, e.g. `en`, instead of by code point. */
  locale?: string
  /** No page holds more rows than this, whatever was asked for. */
  pageCap?: number
  latencyMs?: number
  /** What time it is there, for what is written and in `date`; otherwise each write has a time of its own. */
  clock?: () => number
}

export interface MlflowStub {
  url: string
  store: StubStore
  log: RequestLog
  close(): Promise<void>
}

/** MLflow's REST reads out of memory: for what real servers cannot show, and for tests that write between pages. */
export const startMlflowStub = async (options: MlflowStubOptions = {}): Promise<MlflowStub> => {
  const context: StubRouteContext = {
    store: new StubStore(options.clock),
    profile: profileOf(options.version ?? '3.17.2'),
    locale: options.locale,
    pageCap: options.pageCap,
  }
  const log = new RequestLog()
  const server = createLoggedServer(log, (exchange) => {
    if (options.clock) exchange.response.setHeader('date', new Date(options.clock()).toUTCString())
    if (options.latencyMs === undefined) respond(exchange, context)
    else setTimeout(() => respond(exchange, context), options.latencyMs)
  })
  const port = await listenOnLoopback(server)
  return { url: `http://127.0.0.1:${port}`, store: context.store, log, close: () => closeServer(server) }
}

const basePath = /^\/(?:ajax-)?api\/2\.0\/mlflow\//

const respond = (exchange: LoggedExchange, context: StubRouteContext): void => {
  const { logged, response } = exchange
  try {
    const plain = answerPlain(logged.path, context.profile)
    if (plain !== undefined) response.writeHead(200, { 'content-type': 'text/plain' }).end(plain)
    else sendJson(response, 200, answerRoute(exchange, context))
  } catch (error) {
    if (!(error instanceof StubError)) throw error
    sendError(response, error)
  }
}

const answerPlain = (path: string, profile: StubProfile): string | undefined => {
  if (path === '/health') return 'OK'
  return path === '/version' && profile.hasVersionRoute ? profile.version : undefined
}

const answerRoute = ({ request, logged, body }: LoggedExchange, context: StubRouteContext): object => {
  if ((request.url ?? '').length > context.profile.maxUrlLength)
    throw new StubError(400, undefined, 'Request Line is too large')
  const route = basePath.test(logged.path)
    ? stubRoutes[`${logged.method} ${logged.path.replace(basePath, '')}`]
    : undefined
  if (route === undefined) throw noSuchRoute()
  // A body counts only without a query string, for GET too.
  const fromBody = logged.query.size === 0 && body.length > 0
  return route(fromBody ? jsonRequest(logged.body) : queryRequest(logged.query), context)
}

const queryRequest = (query: URLSearchParams): StubRequest => ({
  get: (name) => query.get(name) ?? undefined,
  getAll: (name) => query.getAll(name),
})

const jsonRequest = (body: string): StubRequest => {
  const fields = JSON.parse(body) as Record<string, unknown>
  const textOf = (value: unknown) => (value === undefined || value === null ? undefined : String(value))
  return {
    get: (name) => textOf(fields[name]),
    getAll: (name) => (Array.isArray(fields[name]) ? fields[name].map(String) : []),
  }
}

const sendJson = (response: ServerResponse, status: number, body: object): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

const sendError = (response: ServerResponse, { status, code, message }: StubError): void => {
  if (code !== undefined) sendJson(response, status, { error_code: code, message })
  else response.writeHead(status, { 'content-type': 'text/html' }).end(`<!doctype html><h1>${message}</h1>`)
}

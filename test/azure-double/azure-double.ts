import type { IncomingMessage, ServerResponse } from 'node:http'
import { createLoggedServer, type LoggedExchange } from '../environment/logged-server.ts'
import { closeServer, listenOnLoopback } from '../environment/loopback-server.ts'
import { RequestLog } from '../environment/request-log.ts'
import { answerAzure } from './answer-azure.ts'
import { planeOf } from './answer-call.ts'
import { answerOpenly, isTokenRequest } from './authority-routes.ts'
import { answerBlob, blobPath } from './blob-routes.ts'
import { answerControl, controlPath } from './control-routes.ts'
import { DoubleState } from './double-state.ts'
import { BrokenAnswer } from './fault.ts'
import type { PlainAnswer } from './plain-answer.ts'
import { RateLimits, sendAnswer } from './send-answer.ts'
import { type AzureDoubleSwitches, changeSwitches, defaultSwitches, type SwitchChanges } from './switches.ts'

export interface AzureDoubleOptions {
  /** A free one when left out. */
  port?: number
  /** PEM; https with it, http without. */
  tls?: { cert: string; key: string }
  switches?: SwitchChanges
}

export interface AzureDouble {
  url: string
  log: RequestLog
  /** As they are now; `set` changes them. */
  switches: Readonly<AzureDoubleSwitches>
  set(changes: SwitchChanges): void
  /** Forgets every asset, request and switch. */
  reset(): void
  close(): Promise<void>
}

interface Context {
  state: DoubleState
  switches: AzureDoubleSwitches
  rateLimits: RateLimits
  log: RequestLog
  scheme: 'http' | 'https'
}

/** Azure ML's model routes out of memory, with the parts of Azure around them that clients need. */
export const startAzureDouble = async (options: AzureDoubleOptions = {}): Promise<AzureDouble> => {
  const context: Context = {
    state: new DoubleState(),
    switches: defaultSwitches(),
    rateLimits: new RateLimits(),
    log: new RequestLog(),
    scheme: options.tls === undefined ? 'http' : 'https',
  }
  const set = (changes: SwitchChanges) => changeSwitches(context.switches, changes)
  set(options.switches ?? {})
  const server = createLoggedServer(context.log, (exchange) => serve(context, exchange), options.tls)
  const port = await listenOnLoopback(server, options.port)
  return {
    url: `${context.scheme}://127.0.0.1:${port}`,
    log: context.log,
    switches: context.switches,
    set,
    reset: () => {
      context.state.clear()
      context.log.reset()
      Object.assign(context.switches, defaultSwitches())
    },
    close: () => closeServer(server),
  }
}

/** So that a double that runs for days does not grow with every request. */
const keptRequests = 100_000

const serve = (context: Context, { request, response, logged, body }: LoggedExchange): void => {
  const { requests } = context.log
  if (requests.length > keptRequests) requests.splice(0, requests.length - keptRequests / 2)
  const url = new URL(request.url ?? '/', `${context.scheme}://${request.headers.host}`)
  if (context.switches.hangingTokenRequests > 0 && isTokenRequest(url)) {
    context.switches.hangingTokenRequests -= 1
    return
  }
  const plain = answerPlainly(context, { request, logged, body }, url)
  if (plain === undefined) serveAzure(context, request, response, url, logged.body)
  else response.writeHead(plain.status, plain.headers).end(plain.body)
}

/** What is not Azure ML itself: switches, storage, the authority. */
const answerPlainly = (
  { log, state, switches }: Context,
  { request, logged, body }: Omit<LoggedExchange, 'response'>,
  url: URL,
): PlainAnswer | undefined => {
  if (url.pathname.startsWith(controlPath)) {
    log.requests.splice(log.requests.indexOf(logged), 1)
    return answerControl({ log, state, switches }, logged)
  }
  if (url.pathname.startsWith(blobPath)) return answerBlob(state.blobs, request, url, body)
  return answerOpenly(logged.method, url, logged.body)
}

const serveAzure = (
  context: Context,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  body: string,
): void => {
  const startedAt = performance.now()
  const answer = answerAzure(context, request, url, body)
  if (answer instanceof BrokenAnswer) {
    if (answer.status === undefined) response.destroy()
    else response.writeHead(answer.status, { 'Content-Type': 'text/html' }).end(answer.html)
    return
  }
  sendAnswer(response, answer, {
    method: request.method ?? 'GET',
    plane: planeOf(url.pathname),
    acceptsGzip: /\bgzip\b/.test(request.headers['accept-encoding'] ?? ''),
    startedAt,
    rateLimits: context.rateLimits,
  })
}

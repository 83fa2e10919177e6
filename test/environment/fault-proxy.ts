import type { ServerResponse } from 'node:http'
import { type FaultMode, faults } from './fault-mode.ts'
import { type Deliver, forwardRequest } from './forward-request.ts'
import { createLoggedServer } from './logged-server.ts'
import { closeServer, listenOnLoopback } from './loopback-server.ts'
import { type LoggedRequest, RequestLog } from './request-log.ts'

export interface FaultProxy {
  url: string
  log: RequestLog
  /** How many connections clients have opened so far. */
  readonly connections: number
  /**
   * Holds for requests that arrive from now on, of those that are meant; the others pass. `refuse` means all of them
   * and also cuts what is open.
   */
  setMode(mode: FaultMode, isMeant?: (request: LoggedRequest) => boolean): Promise<void>
  close(): Promise<void>
}

/** Stands in front of a server and misbehaves on demand. */
export const startFaultProxy = async (
  upstreamUrl: string,
  firstMode: FaultMode = faults.pass,
): Promise<FaultProxy> => {
  const upstream = new URL(upstreamUrl)
  const log = new RequestLog()
  let mode = firstMode
  let isMeant: (request: LoggedRequest) => boolean = () => true
  let connections = 0
  const server = createLoggedServer(log, (exchange) => {
    misbehave(isMeant(exchange.logged) ? mode : faults.pass, exchange.response, (deliver) =>
      forwardRequest(upstream, exchange, deliver),
    )
  })
  server.on('connection', () => {
    connections++
  })
  const port = await listenOnLoopback(server)
  const setMode: FaultProxy['setMode'] = async (next, meant = () => true) => {
    mode = next
    isMeant = meant
    if (next.kind === 'refuse') await closeServer(server)
    else if (!server.listening) await listenOnLoopback(server, port)
  }
  await setMode(firstMode)
  return {
    url: `http://127.0.0.1:${port}`,
    log,
    get connections() {
      return connections
    },
    setMode,
    close: () => closeServer(server),
  }
}

const misbehave = (mode: FaultMode, response: ServerResponse, pass: (deliver?: Deliver) => void): void => {
  switch (mode.kind) {
    case 'pass':
      pass()
      break
    case 'delay':
      untilClosed(
        response,
        setTimeout(() => pass(), mode.ms),
      )
      break
    case 'hang':
      break
    case 'loseAnswer':
      pass((answer) => answer.resume().once('end', () => response.socket?.resetAndDestroy()))
      break
    case 'swallowAnswer':
      pass((answer) => answer.resume())
      break
    case 'reset':
    case 'refuse':
      response.socket?.resetAndDestroy()
      break
    case 'answer':
      response.writeHead(mode.status, mode.headers).end(mode.body)
      break
    case 'notHttp':
      response.socket?.end('\u0016\u0003\u0001 this is not HTTP\r\n\r\n')
      break
    case 'truncated':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 4096 })
      // Cut once the beginning is on its way: what is to be seen is a body that breaks off.
      response.write('{"registered_models": [{"name": "cut', () => response.destroy())
      break
    case 'slowDrip':
      response.writeHead(200, { 'content-type': 'application/json' })
      response.write('{"registered_models": [')
      untilClosed(
        response,
        setInterval(() => response.write(' '), mode.everyMs),
      )
      break
  }
}

const untilClosed = (response: ServerResponse, timer: NodeJS.Timeout): void => {
  response.once('close', () => clearTimeout(timer))
}

import { Agent } from 'node:http'
import { forwardRequest } from './forward-request.ts'
import { createLoggedServer } from './logged-server.ts'
import { closeServer, listenOnLoopback } from './loopback-server.ts'
import { RequestLog } from './request-log.ts'

export interface CountingProxy {
  url: string
  log: RequestLog
  close(): Promise<void>
}

/** Stands in front of a real server, passes everything on and writes down what came by. */
export const startCountingProxy = async (upstreamUrl: string): Promise<CountingProxy> => {
  const upstream = new URL(upstreamUrl)
  const log = new RequestLog()
  const agent = new Agent({ keepAlive: true })
  const server = createLoggedServer(log, (exchange) => forwardRequest(upstream, agent, exchange))
  const port = await listenOnLoopback(server)
  const close = async () => {
    await closeServer(server)
    agent.destroy()
  }
  return { url: `http://127.0.0.1:${port}`, log, close }
}

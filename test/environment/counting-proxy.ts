import { forwardRequest } from './forward-request.ts'
import { createLoggedServer } from './logged-server.ts'
import { closeServer, listenOnLoopback } from './loopback-server.ts'
import { RequestLog } from './request-log.ts'

export interface CountingProxy {
  url: string
  log: RequestLog
  /** Passes nothing on until what it gives back is called. */
  hold(): () => void
  close(): Promise<void>
}

/** Stands in front of a real server, passes everything on and writes down what came by. */
export const startCountingProxy = async (upstreamUrl: string): Promise<CountingProxy> => {
  const upstream = new URL(upstreamUrl)
  const log = new RequestLog()
  let held = Promise.resolve()
  const server = createLoggedServer(log, async (exchange) => {
    await held
    forwardRequest(upstream, exchange)
  })
  const port = await listenOnLoopback(server)
  const hold = () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    held = promise
    return resolve
  }
  const close = () => closeServer(server)
  return { url: `http://127.0.0.1:${port}`, log, hold, close }
}

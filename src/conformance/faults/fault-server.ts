import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { endlessJson } from './endless-json.ts'
import { backendWords, type Fault, type FaultyBackend, hugeBytes, retryAfterMs } from './fault.ts'
import { startLoopbackServer } from './loopback-server.ts'

export interface FaultServer extends FaultyBackend {
  readonly fault: Fault
  close(): Promise<void>
}

/** A server on loopback that answers every request with the fault, and repeats what it was sent, as some do. */
export async function startFaultServer(fault: Fault): Promise<FaultServer> {
  const { url, close } = await startLoopbackServer(answer(fault))
  if (fault === 'refused') await close()
  return { fault, url, close }
}

function answer(fault: Fault): RequestListener {
  const status = Number(/^http-(\d+)/.exec(fault)?.[1] ?? 200)
  return (request, response) => {
    request.resume()
    // An answer before all was sent would be a fault of another kind.
    request.on('end', () => fail(fault, status, request, response))
  }
}

function fail(fault: Fault, status: number, request: IncomingMessage, response: ServerResponse): void {
  const { method, url, headers } = request
  const echo = `${method} ${url} ${JSON.stringify(headers)}`
  const page = `<!doctype html><title>Sorry</title><p>${backendWords}<pre>${echo}</pre>`
  const json = { 'content-type': 'application/json' }
  switch (fault) {
    case 'hanging':
      return
    case 'endless':
    case 'huge':
      response.writeHead(200, json)
      // What is left unread ends the connection, and with it this.
      pipeline(endlessJson(fault === 'huge' ? hugeBytes : 0), response).catch(() => response.destroy())
      return
    case 'reset':
      request.socket.resetAndDestroy()
      return
    case 'truncated':
      response.writeHead(200, { ...json, 'content-length': '1000' })
      response.write('{"models":[', () => request.socket.destroy())
      return
    case 'broken-json':
      response.writeHead(200, json).end('{"models":[{"name":')
      return
    case 'other-json':
      response.writeHead(200, json).end(JSON.stringify(`Hello, this is ${backendWords}.`))
      return
    case 'html':
    case 'http-500-html':
    case 'http-404-html':
      response.writeHead(status, { 'content-type': 'text/html' }).end(page)
      return
    default: {
      const seconds = String(retryAfterMs / 1000)
      const headers = fault.endsWith('-retry-after') ? { ...json, 'retry-after': seconds } : json
      const stack = 'at query (/srv/registry/database.py:42)'
      response.writeHead(status, headers).end(JSON.stringify({ message: `${backendWords} ${stack}`, echo }))
    }
  }
}

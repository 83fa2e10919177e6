import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parentPort, Worker } from 'node:worker_threads'
import { behave, type HostileWay } from './hostile-behaviour.ts'

export interface HostileRegistry {
  readonly url: string
  /** Of requests that arrive from now on. */
  setWay(way: HostileWay): void
  close(): Promise<void>
}

/** In a thread of its own, so that neither its work nor its waiting is counted as that of whoever asks. */
export async function startHostileRegistry(way: HostileWay): Promise<HostileRegistry> {
  const thread = new Worker(new URL(import.meta.url))
  const [url] = (await once(thread, 'message')) as [string]
  thread.postMessage(way)
  return {
    url,
    setWay: (next) => thread.postMessage(next),
    close: async () => {
      await thread.terminate()
    },
  }
}

if (parentPort) {
  const port = parentPort
  let way: HostileWay = 'short'
  port.on('message', (next: HostileWay) => {
    way = next
  })
  const server = createServer((request, response) => behave(way, request, response))
  server.listen(0, '127.0.0.1', () =>
    port.postMessage(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
  )
}

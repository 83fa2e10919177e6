import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** What becomes of a packet that comes after the idle time: a reset, an end in order; or the reset comes by itself. */
export type Forgetting = 'reset' | 'end' | 'resetAtOnce'

export interface ForgetfulFront {
  readonly url: string
  /** Connections that clients have opened so far. */
  readonly connections: number
  close(): Promise<void>
}

/** As load balancers do: gives connections up that were idle for a while, and does not say so. */
export async function startForgetfulFront(
  upstreamUrl: string,
  idleMs: number,
  forgetting: Forgetting,
): Promise<ForgetfulFront> {
  const upstream = new URL(upstreamUrl)
  const sockets = new Set<Socket>()
  let connections = 0
  const server = createServer((client) => {
    connections++
    const backend = connect(Number(upstream.port), upstream.hostname)
    let usedAt = 0
    const giveUp = () => (forgetting === 'end' ? client.end() : client.resetAndDestroy())
    let forget: NodeJS.Timeout | undefined
    for (const [socket, other] of [
      [client, backend],
      [backend, client],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        clearTimeout(forget)
        sockets.delete(socket)
        other.destroy()
      })
      socket.on('data', (chunk: Buffer) => {
        const isForgotten = usedAt !== 0 && performance.now() - usedAt > idleMs
        if (isForgotten) return giveUp()
        usedAt = performance.now()
        other.write(chunk)
        clearTimeout(forget)
        if (forgetting === 'resetAtOnce') forget = setTimeout(giveUp, idleMs)
      })
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get connections() {
      return connections
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

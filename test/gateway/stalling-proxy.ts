import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface StallingProxy {
  readonly url: string
  /** When so much has come back from the server that nothing more is let through. */
  readonly stalled: Promise<void>
  heal(): void
  close(): Promise<void>
}

/** Lets so many bytes of answers through, and then stands still. */
export async function startStallingProxy(upstreamUrl: string, afterBytes: number): Promise<StallingProxy> {
  const upstream = new URL(upstreamUrl)
  const { promise: stalled, resolve: tellStalled } = Promise.withResolvers<void>()
  const sockets = new Set<Socket>()
  let left = afterBytes
  const server = createServer((client) => {
    const backend = connect(Number(upstream.port), upstream.hostname)
    for (const [socket, other] of [
      [client, backend],
      [backend, client],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
    }
    client.pipe(backend)
    backend.on('data', (chunk: Buffer) => {
      left -= chunk.length
      if (left < 0) {
        tellStalled()
        backend.pause()
      } else client.write(chunk)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    stalled,
    heal() {
      left = Number.POSITIVE_INFINITY
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Many clients in one process: `clients.ts URL COUNT`. Tells its parent when all listen, and of each event when the last had it. */
import { WebSocket } from 'ws'

const [url = '', count = '0'] = process.argv.slice(2)
const clients = Number(count)
const query = `subscription { events { id cursor kind at registry model version key before after actor } }`
/** So many open their connection at once. */
const atOnce = 50

let had = 0

function open(id: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, 'graphql-transport-ws', { perMessageDeflate: false })
    socket.on('open', () => socket.send('{"type":"connection_init"}'))
    socket.on('error', reject)
    socket.on('close', (code, reason) => reject(new Error(`closed: ${code} ${reason}`)))
    socket.on('message', (data: Buffer) => {
      const { type } = JSON.parse(data.toString()) as { type: string }
      if (type === 'connection_ack') {
        socket.send(JSON.stringify({ type: 'subscribe', id: `${process.pid}-${id}`, payload: { query } }))
        // What comes after it has been taken in.
        socket.send('{"type":"ping"}')
      } else if (type === 'pong') resolve()
      else if (type === 'next' && ++had === clients) {
        had = 0
        process.send?.({ hadAt: performance.timeOrigin + performance.now() })
      } else if (type !== 'next') reject(new Error(data.toString()))
    })
  })
}

let next = 0
await Promise.all(
  Array.from({ length: atOnce }, async () => {
    while (next < clients) await open(next++)
  }),
)
process.send?.({ ready: true })

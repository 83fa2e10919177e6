/**
 * Clients that ask as fast as they are answered, in a process of its own, so that they take nothing of anybody's thread.
 * Each keeps one connection and waits for its last answer, so that nothing is left running in who was asked. Answers are
 * read into one buffer and not parsed: some 10,000 of 94 KB a second on one core.
 */
import { connect, type Socket } from 'node:net'

export interface Load {
  readonly port: number
  readonly path: string
  /** Asked in turn by all clients together. */
  readonly bodies: readonly string[]
  readonly clients: number
  readonly seconds: number
  /** A client that has not been answered for so long is counted as bad. */
  readonly timeoutMs?: number
}

/** What came of it. Times in ms. */
export interface Answered {
  readonly answers: number
  /** Answers that are not 200 or do not begin with data. */
  readonly bad: number
  /** How the first of these began. */
  readonly firstBad: string | null
  readonly seconds: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly p99Ms: number
}

process.on('message', (load: Load) => {
  void run(load).then(
    (answered) => process.send?.(answered),
    (error: unknown) => process.send?.({ error: String(error) }),
  )
})
process.on('disconnect', () => process.exit())

async function run(load: Load): Promise<Answered> {
  const requests = load.bodies.map((body) => toRequest(load, body))
  const times: number[] = []
  let [turn, bad] = [0, 0]
  let firstBad: string | null = null
  const startedAt = performance.now()
  const end = startedAt + load.seconds * 1000
  const client = async () => {
    const connection = await open(load)
    try {
      do {
        const request = requests[turn++ % requests.length] as Buffer
        const askedAt = performance.now()
        const wrong = await connection.ask(request)
        if (wrong !== null) {
          bad++
          firstBad ??= wrong
        }
        times.push(performance.now() - askedAt)
      } while (performance.now() < end)
    } finally {
      connection.close()
    }
  }
  await Promise.all(Array.from({ length: load.clients }, client))
  const seconds = (performance.now() - startedAt) / 1000
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] as number
  return { answers: times.length, bad, firstBad, seconds, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) }
}

function toRequest({ port, path }: Load, body: string): Buffer {
  return Buffer.from(
    [
      `POST ${path} HTTP/1.1`,
      `host: 127.0.0.1:${port}`,
      'content-type: application/json',
      'accept: application/json',
      `content-length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  )
}

interface Connection {
  /** Resolves to `null` where the answer was 200 with data, or else to how it began. */
  ask(request: Buffer): Promise<string | null>
  close(): void
}

const headEnd = Buffer.from('\r\n\r\n')
const chunkedEnd = '0\r\n\r\n'

async function open({ port, timeoutMs = 60_000 }: Load): Promise<Connection> {
  let answered: ((wrong: string | null) => void) | null = null
  let failed: ((error: Error) => void) | null = null
  let head = Buffer.alloc(0)
  let isInBody = false
  /** Bytes of the body that are missing, or `null` where it is chunked. */
  let missing: number | null = 0
  let tail = ''
  let wrong: string | null = null

  const beginBody = (end: number): Buffer => {
    const text = head.toString('latin1', 0, end)
    const length = /^content-length: *(\d+)/im.exec(text)
    if (!length && !/^transfer-encoding: *chunked/im.test(text))
      throw new Error(`An answer without an end: ${text}`)
    missing = length ? Number(length[1]) : null
    isInBody = true
    const body = head.subarray(end + headEnd.length)
    // A chunk's length stands before its bytes.
    const isGood =
      text.startsWith('HTTP/1.1 200') && /^([\da-f]+\r\n)?\{"data":\{/.test(body.toString('latin1', 0, 40))
    wrong = isGood ? null : `${text.split('\r\n', 1)[0]} ${body.toString('latin1', 0, 300)}`
    return body
  }
  const read = (part: Buffer) => {
    let body = part
    if (!isInBody) {
      head = head.length === 0 ? Buffer.from(part) : Buffer.concat([head, part])
      const end = head.indexOf(headEnd)
      // The first bytes of the body are looked at together with the head.
      if (end === -1 || head.length < end + headEnd.length + 9) return
      body = beginBody(end)
    }
    if (missing === null) tail = (tail + body.toString('latin1', Math.max(0, body.length - 5))).slice(-5)
    else missing -= body.length
    if (missing === null ? tail === chunkedEnd : missing <= 0) {
      head = Buffer.alloc(0)
      isInBody = false
      tail = ''
      const tell = answered
      answered = null
      tell?.(wrong)
    }
  }
  const socket: Socket = connect({
    port,
    host: '127.0.0.1',
    noDelay: true,
    onread: {
      buffer: Buffer.alloc(256 * 1024),
      callback: (size, buffer) => {
        read(Buffer.from(buffer.buffer, buffer.byteOffset, size))
        return true
      },
    },
  })
  const fail = (error: Error) => failed?.(error)
  socket.on('error', fail).on('close', () => fail(new Error('The connection was closed in an answer.')))
  socket.setTimeout(timeoutMs, () => socket.destroy(new Error(`No answer in ${timeoutMs} ms.`)))
  await new Promise<void>((resolve, reject) => {
    failed = reject
    socket.once('connect', resolve)
  })
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        answered = resolve
        failed = reject
        socket.write(request)
      }),
    close: () => {
      failed = null
      socket.destroy()
    },
  }
}

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

export interface MotoServer {
  readonly url: string
  close(): Promise<void>
}

const startTimeoutMs = 60_000
const completeMoto = fileURLToPath(new URL('complete-moto.py', import.meta.url))

/** The real server of moto, on a port of its choice; `completed`: with what it lacks of the model registry. */
export async function startMoto(python: string, { completed }: { completed: boolean }): Promise<MotoServer> {
  const program = completed ? [completeMoto] : ['-m', 'moto.server']
  const server = spawn(python, [...program, '-H', '127.0.0.1', '-p', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, MOTO_CALL_RESET_API: 'false' },
  })
  const end = () => server.kill()
  process.once('exit', end)
  try {
    const url = await Promise.race([urlOf(server), giveUp(server)])
    return {
      url,
      async close() {
        process.off('exit', end)
        const exited = once(server, 'exit')
        server.kill()
        await exited
      },
    }
  } catch (error) {
    end()
    throw error
  }
}

/** The server says where it listens. */
function urlOf({ stderr }: ChildProcess): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  if (stderr === null) throw new Error('moto was started without a standard error')
  const lines = createInterface({ input: stderr })
  lines.on('line', (line) => {
    const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? []
    if (url !== undefined) resolve(url)
  })
  return promise
}

async function giveUp(server: ChildProcess): Promise<never> {
  const done = new AbortController()
  const ended = once(server, 'exit', { signal: done.signal }).then(([code]) => `it ended with ${code}`)
  const late = wait(startTimeoutMs, `no answer within ${startTimeoutMs / 1000} s`, { ref: false })
  const reason = await Promise.race([ended, late])
  done.abort()
  throw new Error(`moto did not start: ${reason}`)
}

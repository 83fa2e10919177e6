import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export interface MotoServer {
  readonly url: string
  close(): Promise<void>
}

const completeMoto = fileURLToPath(new URL('complete-moto.py', import.meta.url))

/** The real server of moto, on a port of its choice; `completed`: with what it lacks of the model registry. */
export async function startMoto(python: string, { completed }: { completed: boolean }): Promise<MotoServer> {
  const program = completed ? [completeMoto] : ['-m', 'moto.server']
  const server = spawn(python, [...program, '-H', '127.0.0.1', '-p', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const end = () => server.kill()
  process.once('exit', end)
  const said: string[] = []
  for await (const line of createInterface({ input: server.stderr })) {
    said.push(line)
    const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? []
    if (url === undefined) continue
    // Nobody reads its log, which must not fill the pipe.
    server.stderr.resume()
    return {
      url,
      async close() {
        process.off('exit', end)
        const exited = once(server, 'exit')
        server.kill()
        await exited
      },
    }
  }
  throw new Error(`moto ended before it listened:\n${said.join('\n')}`)
}

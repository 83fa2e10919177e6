import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createDirectory } from '../config/sample-directory.ts'
import { run } from './sample-tools.ts'

const script = fileURLToPath(new URL('./gateway-process.ts', import.meta.url))

class GatewayProcess {
  readonly child: ChildProcess
  stdout = ''
  stderr = ''

  constructor(args: readonly string[], files: Record<string, string> = {}) {
    const command = [script, 'start', '--port', '0', ...args]
    this.child = spawn(process.execPath, command, { cwd: createDirectory(files), env: {} })
    this.child.stdout?.on('data', (chunk) => {
      this.stdout += chunk
    })
    this.child.stderr?.on('data', (chunk) => {
      this.stderr += chunk
    })
    onTestFinished(() => {
      this.child.kill('SIGKILL')
    })
  }

  async printed(pattern: RegExp): Promise<string> {
    for (;;) {
      const found = pattern.exec(this.stdout)
      if (found !== null) return found[1] ?? found[0]
      if (this.child.stdout) await once(this.child.stdout, 'data')
    }
  }

  async exited(): Promise<number | null> {
    if (this.child.exitCode === null) await once(this.child, 'close')
    return this.child.exitCode
  }
}

const endpoint = /ready: (http:\S+)\/graphql/

describe('start', () => {
  it('prints where it is, the registries with their state, and a query that works as pasted', async () => {
    const gateway = new GatewayProcess(['--log-level', 'silent'])
    await gateway.printed(/curl .*\n/)
    expect(
      gateway.stdout.replace(/ +/g, ' ').replaceAll(/:\d+\//g, ':PORT/'),
    ).toBe(`modelgate 1.2.3 is ready: http://127.0.0.1:PORT/graphql (GraphiQL: http://127.0.0.1:PORT/)

REGISTRY ADAPTER ENVIRONMENT STATE
dev local dev OK
staging local staging UNKNOWN
prod local prod UNKNOWN

Try it:
 curl -s http://127.0.0.1:PORT/graphql -H 'content-type: application/json' -d '{"query":"{ models(first: 5) { nodes { name registry { name } latestVersion { version } } complete } }"}'
`)
    const curl = await gateway.printed(/curl .*/)
    const { stdout } = await promisify(execFile)('sh', ['-c', curl])
    expect(JSON.parse(stdout)).toHaveProperty('data')
    expect(gateway.stderr).toBe('')
  })

  it('prints one JSON document instead, when asked', async () => {
    const gateway = new GatewayProcess(['--json'])
    await gateway.printed(/\n$/)
    expect(JSON.parse(gateway.stdout)).toMatchObject({
      endpoint: expect.stringMatching(/\/graphql$/),
      registries: [{ name: 'dev', state: 'OK' }, { name: 'staging' }, { name: 'prod' }],
    })
  })

  it('names a registry whose plug-in is broken', async () => {
    const text = 'registries: [{ name: acme, adapter: ./gone.js, environment: dev }]'
    const gateway = new GatewayProcess([], { 'modelgate.yaml': text })
    await gateway.printed(/acme .*BROKEN: \.\/gone\.js is not there/)
  })

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'lets the requests in flight finish on %s and exits 0',
    async (signal) => {
      const gateway = new GatewayProcess([])
      const url = await gateway.printed(endpoint)
      const answer = fetch(`${url}/slow`, { headers: { connection: 'close' } })
      await gateway.printed(/slow request has arrived/)
      const finish = await openRequest(url)
      gateway.child.kill(signal)
      await expect.poll(() => gateway.stderr).toContain('"closing"')
      gateway.child.kill(signal)
      finish()
      expect(await (await answer).text()).toBe('done')
      expect(await gateway.exited()).toBe(0)
    },
  )

  it('ends at once on a second signal that is not an echo of the first', async () => {
    const gateway = new GatewayProcess([])
    const url = await gateway.printed(endpoint)
    const answer = fetch(`${url}/slow`)
    await gateway.printed(/slow request has arrived/)
    gateway.child.kill('SIGTERM')
    await expect.poll(() => gateway.stderr).toContain('"closing"')
    await wait(600)
    gateway.child.kill('SIGTERM')
    await expect(answer).rejects.toThrow()
    expect(await gateway.exited()).toBe(1)
  })

  it('says that the port is taken and exits 1', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => {
      other.close()
    })
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const gateway = new GatewayProcess(['--port', String(port)])
    expect(await gateway.exited()).toBe(1)
    expect(gateway.stderr).toContain(
      `Port ${port} of 127.0.0.1 is taken; stop what listens there, or choose another`,
    )
    expect(gateway.stdout).toBe('')
  })
})

describe('where start listens', () => {
  const listened: string[] = []
  const startGateway = async ({ server }: { server: { host: string; port: number } }): Promise<never> => {
    listened.push(`${server.host}:${server.port}`)
    throw new Error('that is far enough')
  }

  it.each(['0.0.0.0', '::', '192.168.1.7', 'gateway.example.com', '127.0.0.1.example.com'])(
    'is not %s without --unsafe-no-auth, and the message says why',
    async (host) => {
      for (const result of [
        await run(['start', '--host', host]),
        await run(['start'], { config: `server: { host: "${host}" }` }),
      ]) {
        expect(result.code).toBe(2)
        expect(result.stderr).toContain(`Not listening on ${host}: without auth in the configuration`)
        expect(result.stderr).toContain('can read and write every registry')
        expect(result.stderr).toContain('--unsafe-no-auth')
      }
    },
  )

  it.each([
    [['--host', 'localhost'], 'localhost:7'],
    [['--host', '::1'], '::1:7'],
    [['--host', '127.0.0.9'], '127.0.0.9:7'],
    [['--host', '0.0.0.0', '--unsafe-no-auth'], '0.0.0.0:7'],
    [['--port', '8'], '127.0.0.1:8'],
  ])('%j: %s', async (args, expected) => {
    const result = await run(['start', ...args], { config: 'server: { port: 7 }', startGateway })
    expect(result).toMatchObject({ code: 1, stderr: 'that is far enough\n' })
    expect(listened.at(-1)).toBe(expected)
  })

  it('hands --empty on', async () => {
    const asked: boolean[] = []
    const startEmpty = async (_: unknown, { empty }: { empty: boolean }): Promise<never> => {
      asked.push(empty)
      throw new Error('that is far enough')
    }
    await run(['start', '--empty'], { startGateway: startEmpty })
    await run(['start'], { startGateway: startEmpty })
    expect(asked).toEqual([true, false])
  })
})

/** A connection that is open already can still ask when the gateway takes no new ones. */
async function openRequest(url: string): Promise<() => void> {
  const { connect } = await import('node:net')
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  onTestFinished(() => {
    socket.destroy()
  })
  await once(socket, 'connect')
  socket.write('GET /finish HTTP/1.1\r\nhost: x\r\n')
  return () => socket.write('connection: close\r\n\r\n')
}

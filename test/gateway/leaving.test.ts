import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { faults } from '../environment/fault-mode.ts'
import { startFaultProxy } from '../environment/fault-proxy.ts'
import { startMlflowStub } from '../environment/mlflow-stub.ts'
import { openGateway } from './open-gateway.ts'

describe('a client that leaves', () => {
  it('takes its upstream requests with it, within 100 ms', async () => {
    const stub = await startMlflowStub()
    const proxy = await startFaultProxy(stub.url)
    const gateway = await openGateway({
      environments: ['dev'],
      registries: [
        { name: 'slow', adapter: 'mlflow', environment: 'dev', url: proxy.url, timeoutMs: 20_000 },
      ],
    })
    await proxy.setMode(faults.hang)
    proxy.log.reset()
    for (let client = 0; client < 20; client++) {
      const leaving = new AbortController()
      const asking = fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        // Each asks for something else, so that none shares the read of another.
        body: JSON.stringify({ query: `{ model(registry: "slow", name: "model ${client}") { name } }` }),
        signal: leaving.signal,
      }).catch((error: unknown) => error)
      await proxy.log.until((log) => log.requests.length === client + 1)
      const leftAt = performance.now()
      leaving.abort()
      await proxy.log.until((log) => log.aborted.length === client + 1)
      expect(Math.max(...proxy.log.aborted.map((request) => request.abortedAt ?? 0)) - leftAt).toBeLessThan(
        100,
      )
      await asking
    }
    await gateway.close()
    await proxy.close()
    await stub.close()
  })
})

describe('SIGTERM', () => {
  it.each([1, 2])(
    'answers the requests in flight, takes no more, and exits with 0 (signalled %i times)',
    async (times) => {
      const stub = await startMlflowStub()
      for (let index = 0; index < 8; index++) stub.store.addModel(`model-${index}`)
      const proxy = await startFaultProxy(stub.url)
      const folder = mkdtempSync(join(tmpdir(), 'modelgate-sigterm-'))
      const file = join(folder, 'modelgate.yaml')
      const registry = {
        name: 'slow',
        adapter: 'mlflow',
        environment: 'dev',
        url: proxy.url,
        timeoutMs: 10_000,
      }
      writeFileSync(
        file,
        stringify({
          environments: ['dev'],
          registries: [registry],
          database: { url: 'sqlite::memory:' },
          server: { port: 0 },
        }),
      )
      const main = resolve(import.meta.dirname, '../../src/main.ts')
      const child = spawn(process.execPath, [main, 'start', '--config', file, '--json'], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const url = await urlOf(child)
      await proxy.setMode(faults.delay(1000))
      proxy.log.reset()
      const asking = Array.from({ length: 8 }, async (_, index) => {
        const response = await fetch(`${url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ query: `{ model(registry: "slow", name: "model-${index}") { name } }` }),
        })
        return [response.status, await response.text()]
      })
      await proxy.log.until((log) => log.requests.length === 8)
      const exited = once(child, 'exit')
      for (let signal = 0; signal < times; signal++) child.kill('SIGTERM')
      const answers = await Promise.all(asking)
      expect(answers).toEqual(
        Array.from({ length: 8 }, (_, index) => [200, `{"data":{"model":{"name":"model-${index}"}}}\n`]),
      )
      expect(await exited).toEqual([0, null])
      await expect(fetch(`${url}/livez`)).rejects.toThrow()
      await proxy.close()
      await stub.close()
      rmSync(folder, { recursive: true })
    },
  )
})

/** From the one JSON document that `start --json` prints once it is up. */
async function urlOf(child: ChildProcess): Promise<string> {
  let printed = ''
  for await (const chunk of child.stdout ?? []) {
    printed += String(chunk)
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0]
    if (url) return url
  }
  throw new Error(`The gateway did not start: ${printed}`)
}

/**
 * How long one request can hold the gateway's event loop, and how much memory it takes: each request on a gateway of
 * its own. `npm run bench:hostile -- [CHECKOUT]`, with the path of another checkout to measure that one.
 */
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { forkGateway } from './harness/fork-gateway.ts'
import { type HostileRequest, hostileRequests } from './hostile/requests.ts'

interface Held {
  readonly wallMs: number
  readonly cpuMs: number
  readonly peakMb: number
}

const checkout = resolve(process.argv[2] ?? '.')
const watch = new URL('./hostile/watch-loop.ts', import.meta.url).href
const folder = mkdtempSync(join(tmpdir(), 'modelgate-hostile-'))
const givenUpMs = 120_000

const config = (upstream: string) => `environments: [dev]
database: { url: "sqlite::memory:" }
registries:
  - { name: mlflow, adapter: mlflow, environment: dev, url: "${upstream}", serverVersion: 3.17.2, nameOrder: codePoint, timeoutMs: 20000 }
  - { name: local, adapter: local, environment: dev }
`

async function ask(url: string, { query, variables, extensions, headers }: HostileRequest): Promise<string> {
  const startedAt = performance.now()
  try {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables, extensions }),
      signal: AbortSignal.timeout(givenUpMs),
    })
    const body = await response.text()
    const code = response.status === 200 ? '' : ` ${/"code":"([A-Z_]+)"/.exec(body)?.[1]}`
    const size = body.length > 100_000 ? `, ${(body.length / 1e6).toFixed(1)} MB` : ''
    return `${response.status}${code}${size} in ${(performance.now() - startedAt).toFixed(0)} ms`
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError'
      ? `nothing in ${givenUpMs} ms`
      : 'the gateway died'
  }
}

async function held(child: ChildProcess): Promise<Held | null> {
  if (child.exitCode !== null || child.signalCode !== null) return null
  child.send('held')
  const answer = await Promise.race([once(child, 'message'), wait(5000, null, { ref: false })])
  return answer && (answer[0] as Held)
}

async function measure(upstream: string, request: HostileRequest): Promise<void> {
  const { child, url } = await forkGateway({ checkout, folder, config: config(upstream), watch })
  for (let warm = 0; warm < 20; warm++) {
    await ask(url, { name: 'warm', query: '{ models(first: 50) { nodes { name tags { key value } } } }' })
    await ask(url, { name: 'refused', query: `{ nothing${warm} }` })
  }
  const before = await held(child)
  const outcome = await ask(url, request)
  const after = await held(child)
  const figures = after
    ? `${after.cpuMs.toFixed(0)} ms | ${after.wallMs.toFixed(0)} ms | ${before?.peakMb.toFixed(0)} -> ${after.peakMb.toFixed(0)} MB`
    : '- | - | -'
  console.log(`| ${request.name} | ${figures} | ${outcome} |`)
  child.kill('SIGKILL')
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
}

const upstream = new Worker(new URL('./hostile/large-upstream.ts', import.meta.url))
const [url] = (await once(upstream, 'message')) as [string]
console.log('| request | loop held: CPU | clock | peak of memory | answer |\n| --- | --- | --- | --- | --- |')
const only = process.argv[3]
for (const request of hostileRequests) {
  if (only === undefined || request.name.includes(only)) await measure(url, request)
}
await upstream.terminate()

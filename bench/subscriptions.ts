/**
 * What many subscribers cost one gateway, and how soon an event is handed to the sockets of all of them: clients in
 * processes of their own on the same machine. `npm run bench:subscriptions -- [SUBSCRIBERS ...]`, 1000 and 10000 when left
 * out.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { forkGateway } from './harness/fork-gateway.ts'
import { median } from './harness/measurement.ts'

interface Noted {
  readonly firstAt: number
  readonly lastAt: number
  readonly count: number
  readonly rss: number
  readonly heapUsed: number
  readonly cpuMs: number
}

const folder = mkdtempSync(join(tmpdir(), 'modelgate-subscriptions-'))
const perProcess = 2500
const events = 7
const settleMs = 3000
const file = (name: string) => new URL(`./subscriptions/${name}`, import.meta.url)
const megabytes = (bytes: number) => Math.round(bytes / 1e6)

const config = `environments: [dev]
limits: { maxSubscriptions: 100000 }
database: { url: "sqlite:./gateway.db" }
registries: [{ name: lab, adapter: local, environment: dev }]
`

async function note(child: ChildProcess): Promise<Noted> {
  child.send('note')
  const [noted] = await once(child, 'message')
  return noted as Noted
}

let made = 0

async function write(url: string): Promise<void> {
  const query = `mutation { createModel(input: { registry: "lab", name: "model-${process.pid}-${made++}" }) { model { id } } }`
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  })
  const { errors } = (await response.json()) as { errors?: unknown }
  if (errors) throw new Error(JSON.stringify(errors))
}

async function startClients(url: string, count: number): Promise<ChildProcess[]> {
  const processes: ChildProcess[] = []
  for (let left = count; left > 0; left -= perProcess) {
    const of = String(Math.min(left, perProcess))
    const args = [`${url.replace('http', 'ws')}/graphql`, of]
    const child = fork(file('clients.ts'), args, {
      execArgv: [],
      env: { ...process.env, NODE_ENV: 'production' },
    })
    const [message] = await Promise.race([once(child, 'message'), once(child, 'exit').then(() => [null])])
    if (!message) throw new Error('The clients did not come so far.')
    processes.push(child)
  }
  return processes
}

async function measure(subscribers: number): Promise<void> {
  const { child, url } = await forkGateway({ folder, config, watch: file('note-hand-over.ts').href })
  const clients: ChildProcess[] = []
  try {
    for (let warm = 0; warm < 50; warm++) await write(url)
    const few = await startClients(url, 1)
    for (const one of few) one.kill()
    await wait(settleMs)
    const idle = await note(child)
    const startedAt = performance.now()
    clients.push(...(await startClients(url, subscribers)))
    const connectMs = performance.now() - startedAt
    await wait(settleMs)
    const full = await note(child)
    const handed: number[] = []
    const cpu: number[] = []
    const had: number[] = []
    for (let event = 0; event < events; event++) {
      const all = Promise.all(clients.map((one) => once(one, 'message')))
      await write(url)
      const last = Math.max(...(await all).map(([{ hadAt }]) => hadAt as number))
      const noted = await note(child)
      if (noted.count !== subscribers) throw new Error(`${noted.count} of ${subscribers} were told.`)
      cpu.push(noted.cpuMs)
      handed.push(noted.lastAt - noted.firstAt)
      had.push(last - noted.firstAt)
      await wait(500)
    }
    const after = await note(child)
    const over = full.rss - idle.rss
    const sorted = handed.toSorted((a, b) => a - b)
    console.log(
      JSON.stringify({
        subscribers,
        idleRssMb: megabytes(idle.rss),
        rssMb: megabytes(full.rss),
        overIdleMb: megabytes(over),
        kibEach: Math.round(over / 1024 / subscribers),
        heapKibEach: Math.round((full.heapUsed - idle.heapUsed) / 1024 / subscribers),
        afterEventsOverIdleMb: megabytes(after.rss - idle.rss),
        connectSeconds: Math.round(connectMs / 100) / 10,
        handedMs: { median: Math.round(median(handed)), slowest: Math.round(sorted.at(-1) ?? 0) },
        handedCpuMs: Math.round(median(cpu)),
        hadByAllMs: { median: Math.round(median(had)) },
      }),
    )
  } finally {
    for (const one of clients) one.kill()
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
}

const wanted = process.argv.slice(2).map(Number)
try {
  for (const subscribers of wanted.length > 0 ? wanted : [1000, 10_000]) await measure(subscribers)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

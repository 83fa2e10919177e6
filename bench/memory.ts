/**
 * What 20,000 requests leave in memory, three times over, on a local registry and on an MLflow one: `npm run bench:memory`.
 * The gateway is the built one in a process of its own. Exits with 1 when the third 20,000 leave more than the second.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Worker } from 'node:worker_threads'

const rounds = 3
const requestsPerRound = 20_000
const clients = 16
/** Megabytes by which a round may differ from the one before without being growth. */
const slack = 15

type Megabytes = Record<'rss' | 'heapTotal' | 'heapUsed' | 'external' | 'arrayBuffers', number>

const home = resolve(import.meta.dirname, '..')
const queries = [
  '{ models(first: 50) { nodes { name tags { key value } aliases { name } } complete } }',
  '{ modelVersions(first: 20) { nodes { version stage } complete } }',
]

async function startMlflow(): Promise<{ url: string; thread: Worker }> {
  const thread = new Worker(new URL('./fan-out/slow-upstream.ts', import.meta.url), {
    workerData: { delayMs: 0 },
  })
  const [url] = (await once(thread, 'message')) as [string]
  return { url, thread }
}

async function measure(name: string, registry: string | null): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'modelgate-memory-'))
  if (registry !== null)
    writeFileSync(join(folder, 'modelgate.yaml'), `environments: [dev]\nregistries: [${registry}]\n`)
  const gateway = fork(
    join(home, 'bin/modelgate.js'),
    ['start', '--port', '0', '--json', '--log-level', 'error'],
    {
      cwd: folder,
      execArgv: ['--expose-gc', '--import', join(home, 'bench/memory/tell-memory.ts')],
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    },
  )
  try {
    const [started] = (await once(gateway.stdout ?? gateway, 'data')) as [Buffer]
    const { endpoint } = JSON.parse(String(started)) as { endpoint: string }
    const tell = async () => {
      const told = once(gateway, 'message')
      gateway.send('tell')
      return ((await told) as [{ before: Megabytes; after: Megabytes }])[0]
    }
    console.log(`${name}: idle ${toText((await tell()).after)}`)
    const left: number[] = []
    for (let round = 1; round <= rounds; round++) {
      await load(endpoint)
      const { before, after } = await tell()
      left.push(after.rss)
      console.log(`${name}: after ${round * requestsPerRound} ${toText(before)}; collected ${toText(after)}`)
    }
    const [, second = 0, third = 0] = left
    return third <= second + slack
  } finally {
    gateway.kill('SIGTERM')
    await once(gateway, 'exit')
    rmSync(folder, { recursive: true, force: true })
  }
}

async function load(endpoint: string): Promise<void> {
  let asked = 0
  const client = async () => {
    while (asked < requestsPerRound) {
      const query = queries[asked++ % queries.length]
      const response = await fetch(endpoint, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      })
      const { data } = (await response.json()) as { data?: object | null }
      if (!data) throw new Error('the gateway did not answer')
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
}

function toText({ rss, heapUsed, heapTotal, external }: Megabytes): string {
  return `RSS ${rss} MB (heap ${heapUsed} of ${heapTotal}, outside of it ${external})`
}

const { url, thread } = await startMlflow()
const flat = [
  await measure('local', null),
  await measure(
    'mlflow',
    `{ name: one, adapter: mlflow, environment: dev, url: "${url}", serverVersion: "3.17.2", nameOrder: codePoint }`,
  ),
]
await thread.terminate()
if (flat.includes(false)) {
  console.error('it grows: the third round left more than the second')
  process.exitCode = 1
}

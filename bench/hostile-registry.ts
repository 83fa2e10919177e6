/**
 * What one hostile registry of three does to the others: the time of a page of the other two beside it, and what the
 * gateway takes in memory and on the disk. What the flood takes of the machine by itself is measured with a reader that
 * only throws it away (`control`). `npm run bench:hostile-registry`, with seconds, ways to try and the folder of another
 * checkout whose gateway to try, each if wanted.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { hostileWays } from '../test/environment/hostile-behaviour.ts'
import { startHostileRegistry } from '../test/environment/hostile-registry.ts'

const given = process.argv.slice(2)
const seconds = Number(given.find((word) => /^\d+$/.test(word)) ?? 5)
const ways = hostileWays.filter((way) => given.includes(way))
const checkout = given.find((word) => word.includes('/')) ?? fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'modelgate-hostile-'))
const artifacts = join(folder, 'files')
const copyMaxBytes = 200_000_000

async function honest(): Promise<{ url: string; thread: Worker }> {
  const thread = new Worker(new URL('./hostile-registry/honest-upstream.ts', import.meta.url), {
    workerData: { delayMs: 20 },
  })
  const [url] = (await once(thread, 'message')) as [string]
  return { url, thread }
}

const hostile = await startHostileRegistry('short')
const others = [await honest(), await honest()]
const registries = [
  ...others.map(({ url }, index) => ({ name: `honest${index}`, url })),
  { name: 'hostile', url: hostile.url },
].map((registry) => ({ ...registry, adapter: 'mlflow', environment: 'dev', serverVersion: '3.17.2' }))
const local = { name: 'own', adapter: 'local', environment: 'dev', artifactFolder: artifacts }
const config = { registries: [...registries, local], server: { port: 0 }, federation: { copyMaxBytes } }
writeFileSync(join(folder, 'modelgate.yaml'), JSON.stringify(config))
const main = join(resolve(checkout), 'src/main.ts')
const gateway = spawn(process.execPath, [main, 'start', '--json', '--log-level', 'silent'], {
  cwd: folder,
  stdio: ['ignore', 'pipe', 'inherit'],
})
const [line] = (await once(createInterface({ input: gateway.stdout }), 'line')) as [string]
const { endpoint } = JSON.parse(line) as { endpoint: string }

interface Answer {
  readonly data: {
    readonly models?: { readonly complete: boolean; readonly nodes: readonly unknown[] }
  } | null
}

async function ask(query: string): Promise<Answer> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  })
  const answer = (await response.json()) as Answer
  if (process.env.SHOW) console.log(query.slice(0, 60), JSON.stringify(answer).slice(0, 300))
  return answer
}

const page = '{ models(first: 50, registries: ["honest0", "honest1"]) { nodes { name } complete } }'
const fromHostile = [
  '{ models(first: 50, registries: ["hostile"]) { nodes { name latestVersion { version } } complete } }',
  '{ model(registry: "hostile", name: "model") { name latestVersion { version artifactUri artifacts(first: 5) { nodes { path } } } } }',
  'mutation { copyModelVersion(input: { source: { key: { registry: "hostile", model: "model", version: "1" } }, destination: { registry: "own", name: "copy" }, artifacts: COPY }) { modelVersion { version } } }',
]

async function timesOf(milliseconds: number): Promise<number[]> {
  const times: number[] = []
  for (const end = performance.now() + milliseconds; performance.now() < end; ) {
    const startedAt = performance.now()
    const { data } = await ask(page)
    if (!data?.models?.complete || data.models.nodes.length !== 50)
      throw new Error('The page is not complete.')
    times.push(performance.now() - startedAt)
  }
  return times.sort((a, b) => a - b)
}

const memory = () =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${gateway.pid}/status`, 'utf8'))?.[1] ?? 0) / 1000
const disk = (path: string): number => {
  try {
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0)
  } catch {
    // Between the look into the folder and the look at the file it was taken away.
    return 0
  }
}
const median = (times: readonly number[]) => times[Math.floor(times.length / 2)] ?? 0
const late = (times: readonly number[]) => times[Math.floor(times.length * 0.95)] ?? 0

const shown = (times: readonly number[]) => `${median(times).toFixed(1)} / ${late(times).toFixed(1)}`
const pauseMs = 20

/** The page's times while somebody else than the gateway reads what the hostile registry sends. */
async function besideBareReader(): Promise<number[]> {
  const reader = new Worker(new URL('./hostile-registry/bare-reader.ts', import.meta.url), {
    workerData: {
      url: hostile.url,
      readers: fromHostile.length,
      pauseMs,
      mostBytes: 8 * 1024 * 1024,
      timeoutMs: 3000,
    },
  })
  try {
    return await timesOf(seconds * 1000)
  } finally {
    await reader.terminate()
  }
}

for (let warm = 0; warm < 300; warm++) await ask(page)
for (const way of ways.length > 0 ? ways : hostileWays) {
  hostile.setWay('short')
  await wait(2500)
  const quiet = await timesOf(seconds * 500)
  const before = memory()
  hostile.setWay(way)
  const control = await besideBareReader()
  let [isOn, mostMemory, mostDisk] = [true, 0, 0]
  const look = setInterval(() => {
    mostMemory = Math.max(mostMemory, memory() - before)
    mostDisk = Math.max(mostDisk, disk(artifacts))
  }, 50)
  const pressure = fromHostile.map(async (query) => {
    while (isOn) {
      await ask(query)
      await wait(pauseMs)
    }
  })
  const beside = await timesOf(seconds * 1000)
  isOn = false
  clearInterval(look)
  await Promise.race([Promise.all(pressure), wait(10_000)])
  const asMuchAs = (other: readonly number[]) => `x ${(median(beside) / median(other)).toFixed(2)}`
  console.log(
    `${way.padEnd(12)} quiet ${shown(quiet)}, control ${shown(control)}, beside it ${shown(beside)} ms ` +
      `(${asMuchAs(quiet)} of quiet, ${asMuchAs(control)} of control), ` +
      `memory +${mostMemory.toFixed(0)} MB, disk +${(mostDisk / 1e6).toFixed(0)} MB`,
  )
}
gateway.kill('SIGTERM')
await Promise.all([hostile.close(), ...others.map(({ thread }) => thread.terminate())])
rmSync(folder, { recursive: true, force: true })

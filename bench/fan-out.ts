/**
 * What a federated page takes beside its slowest registry: one page over three registries with 20 ms each, and over
 * with one of 60 ms, in turn with asking the three directly and waiting for the slowest. `npm run bench:fan-out`.
 */
import { once } from 'node:events'
import { performance } from 'node:perf_hooks'
import { Worker } from 'node:worker_threads'
import { pino } from 'pino'
import { mlflowAdapter } from '../src/adapters/mlflow/adapter.ts'
import { startGateway } from '../src/gateway/gateway.ts'

const rounds = 200
/** In a thread of its own, so that what it takes to answer is not counted as the gateway's. */
async function slowMlflow(delayMs: number): Promise<{ url: string; thread: Worker }> {
  const thread = new Worker(new URL('./fan-out/slow-upstream.ts', import.meta.url), {
    workerData: { delayMs },
  })
  const [url] = (await once(thread, 'message')) as [string]
  return { url, thread }
}

async function median(
  run: () => Promise<unknown>,
  against: () => Promise<unknown>,
): Promise<[number, number]> {
  const times: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round++) {
    for (const [index, action] of [run, against].entries()) {
      const startedAt = performance.now()
      await action()
      times[index as 0 | 1].push(performance.now() - startedAt)
    }
  }
  return times.map((list) => list.sort((a, b) => a - b)[rounds / 2] ?? 0) as [number, number]
}

async function measure(name: string, delays: readonly number[]): Promise<void> {
  const upstreams = await Promise.all(delays.map(slowMlflow))
  const log = pino({ level: 'silent' })
  const circuit = { failures: 5, probeIntervalMs: 2000 }
  const gateway = await startGateway(
    {
      file: 'bench',
      environments: [],
      registries: upstreams.map(({ url }, index) => ({
        name: `r${index}`,
        adapter: 'mlflow',
        environment: null,
        readOnly: false,
        timeoutMs: 3000,
        maxConcurrency: 8,
        circuit,
        broken: null,
        definition: mlflowAdapter,
        options: { url, serverVersion: '3.17.2', nameOrder: 'codePoint' },
      })),
      logicalModels: [],
      database: { url: 'sqlite::memory:' },
      server: {
        host: '127.0.0.1',
        port: 0,
        publicUrl: null,
        allowedHosts: [],
        trustProxy: false,
        tls: null,
        cors: { origins: [], credentials: false },
      },
      auth: null,
      administrators: [],
      permissions: { default: 'READ', grants: [] },
      limits: { maxDepth: 12, maxTokens: 2000, maxAliases: 15 },
      federation: {
        readBound: 20_000,
        copyTimeoutMs: 3_600_000,
        copyStallMs: 60_000,
        copyMaxBytes: 1e12,
      },
      environmentValues: [],
    },
    { empty: true, log },
  )
  const body = JSON.stringify({
    query: '{ models(first: 50) { nodes { name tags { key value } aliases { name } } complete } }',
  })
  const ask = async () => {
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    const { data } = (await response.json()) as { data: { models: { complete: boolean; nodes: unknown[] } } }
    if (!data.models.complete || data.models.nodes.length !== 50) throw new Error('The page is not complete.')
  }
  // What the slowest of them takes when all are asked at once, without a gateway.
  const alone = () => Promise.all(upstreams.map(async ({ url }) => (await fetch(url)).json()))
  for (let warm = 0; warm < 500; warm++) await ask()
  const [federated, single] = await median(ask, alone)
  const sum = delays.reduce((total, delay) => total + delay, 0)
  console.log(
    `${name}: page ${federated.toFixed(1)} ms, slowest registry ${single.toFixed(1)} ms, ` +
      `ratio ${(federated / single).toFixed(3)} (the sum would be ${(sum / Math.max(...delays)).toFixed(2)})`,
  )
  await gateway.close()
  for (const { thread } of upstreams) await thread.terminate()
}

await measure('three registries of 20 ms', [20, 20, 20])
await measure('20, 20 and 60 ms', [20, 20, 60])

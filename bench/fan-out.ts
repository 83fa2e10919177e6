/**
 * What a federated page takes beside its slowest registry: one page over three registries with 20 ms each, and over
 * the same three with one of 60 ms, measured in turn with the slowest registry alone. `npm run bench:fan-out`.
 */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { performance } from 'node:perf_hooks'
import { pino } from 'pino'
import { mlflowAdapter } from '../src/adapters/mlflow/adapter.ts'
import { startGateway } from '../src/gateway.ts'

const rounds = 200
const page = JSON.stringify({
  registered_models: Array.from({ length: 50 }, (_, index) => ({
    name: `model-${String(index).padStart(3, '0')}`,
    creation_timestamp: 1_760_000_000_000,
    last_updated_timestamp: 1_760_000_000_000,
    tags: [{ key: 'team', value: 'fraud' }],
    aliases: [{ alias: 'champion', version: '1' }],
  })),
})

function slowMlflow(delayMs: number): Promise<{ url: string; server: Server }> {
  const server = createServer((_request, response) => {
    setTimeout(() => response.setHeader('content-type', 'application/json').end(page), delayMs)
  })
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () => {
      done({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server })
    })
  })
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
        timeoutMs: 3000,
        maxConcurrency: 8,
        circuit,
        broken: null,
        definition: mlflowAdapter,
        options: { url, serverVersion: '3.17.2', nameOrder: 'codePoint' },
      })),
      logicalModels: [],
      database: { url: 'sqlite::memory:' },
      server: { host: '127.0.0.1', port: 0 },
      limits: { maxDepth: 12, maxTokens: 2000, maxAliases: 15 },
      federation: { readBound: 20_000 },
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
  const slowest = upstreams[delays.indexOf(Math.max(...delays))]
  const alone = async () => (await fetch(`${slowest?.url}/`)).json()
  for (let warm = 0; warm < 50; warm++) await ask()
  const [federated, single] = await median(ask, alone)
  const sum = delays.reduce((total, delay) => total + delay, 0)
  console.log(
    `${name}: page ${federated.toFixed(1)} ms, slowest registry alone ${single.toFixed(1)} ms, ` +
      `ratio ${(federated / single).toFixed(3)} (the sum would be ${(sum / Math.max(...delays)).toFixed(2)})`,
  )
  await gateway.close()
  for (const { server } of upstreams) {
    server.closeAllConnections()
    server.close()
  }
}

await measure('three registries of 20 ms', [20, 20, 20])
await measure('20, 20 and 60 ms', [20, 20, 60])

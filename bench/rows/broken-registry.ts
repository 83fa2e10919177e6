import { setTimeout as wait } from 'node:timers/promises'
import type { Bench } from '../harness/bench.ts'
import { hangingTimeoutMs } from '../harness/gateway-kinds.ts'
import type { GatewayProcess } from '../harness/gateway-process.ts'
import { type Measurement, median } from '../harness/measurement.ts'
import { toBody } from '../questions/question.ts'
import { theFour } from '../questions/the-four.ts'

interface Waits {
  readonly healthyMs: number
  readonly hangingMs: number
  readonly openMs: number
}

const { q1 } = theFour
const body = toBody(q1, q1.variants[0], 'modelgate')
const asks = 40

async function askFor(gateway: GatewayProcess, registries: number): Promise<number> {
  const { text, ms } = await gateway.ask('q1', body)
  const { data } = JSON.parse(text) as { data: { registries: { models: object | null }[] } }
  const answered = data.registries.filter(
    ({ models }) => models && 'nodes' in models && models.nodes !== null,
  )
  const rows = answered.filter(({ models }) => (models as { nodes: unknown[] }).nodes.length === 50)
  if (rows.length !== registries)
    throw new Error(`${rows.length} registries answered and not ${registries}: ${text.slice(0, 300)}`)
  return ms
}

/** Its circuit closes again when the probe was answered. */
async function heal(bench: Bench, gateway: GatewayProcess): Promise<void> {
  await bench.upstream.set('all', { delayMs: 0, mode: 'ok' })
  for (let turn = 0; turn < 50; turn++) {
    try {
      await askFor(gateway, 3)
      return
    } catch {
      await wait(200)
    }
  }
  throw new Error('The registry did not come back.')
}

async function medianOf(gateway: GatewayProcess, registries: number): Promise<number> {
  const times: number[] = []
  for (let turn = 0; turn < asks; turn++) times.push(await askFor(gateway, registries))
  return median(times)
}

export const measurements: readonly Measurement[] = [
  {
    runs: 'always',
    once: 'quick',
    targets: [
      {
        name: 'hanging',
        what: 'q1 while one registry hangs, over the deadline',
        unit: 'ms',
        bar: { atMost: 20 },
        figure: ({ hangingMs }: Waits) => hangingMs - hangingTimeoutMs,
      },
      {
        name: 'circuit-open',
        what: 'q1 once the circuit of one registry is open, over healthy: p50 of one client',
        unit: 'ms',
        bar: { atMost: 2 },
        figure: ({ openMs, healthyMs }: Waits) => openMs - healthyMs,
      },
    ],
    async measure(bench): Promise<Waits> {
      const gateway = await bench.gateway('modelgate-hanging')
      await heal(bench, gateway)
      for (let warm = 0; warm < 100; warm++) await askFor(gateway, 3)
      const healthyMs = await medianOf(gateway, 3)
      await bench.upstream.set('prod', { mode: 'hang' })
      try {
        const hangingMs = await askFor(gateway, 2)
        // Others notice it too, until the circuit opens.
        await Promise.all(
          Array.from({ length: 8 }, (_, turn) =>
            gateway.ask('q1', toBody(q1, q1.variants[turn] ?? q1.variants[0], 'modelgate')),
          ),
        )
        return { healthyMs, hangingMs, openMs: await medianOf(gateway, 2) }
      } finally {
        await bench.upstream.set('prod', { mode: 'ok' })
      }
    },
  } satisfies Measurement<Waits>,
]

import { LoadClients } from '../harness/load-clients.ts'
import type { Measurement } from '../harness/measurement.ts'

interface Beside {
  readonly quietMs: number
  readonly besideMs: number
  readonly grownMb: number
  readonly slowestMs: number
}

const slowMs = 500
const clients = 200

const list = (registries: readonly string[], count: number) =>
  Array.from({ length: count }, (_, index) =>
    JSON.stringify({
      query:
        'query($first: Int!, $registries: [String!]) { models(first: $first, registries: $registries) { nodes { name } complete } }',
      variables: { first: 1 + (index % 200), registries },
    }),
  )

export const measurements: readonly Measurement[] = [
  {
    runs: 'full',
    once: 'always',
    targets: [
      {
        name: 'slow-registry',
        what: `p99 of a list of two registries while ${clients} clients ask a third, which takes ${slowMs} ms`,
        unit: 'x quiet',
        bar: { atMost: 2 },
        figure: ({ besideMs, quietMs }: Beside) => besideMs / quietMs,
      },
      {
        name: 'slow-registry-memory',
        what: 'growth of memory in that minute',
        unit: 'MB',
        bar: { atMost: 50 },
        figure: ({ grownMb }: Beside) => grownMb,
      },
      {
        name: 'slow-registry-waits',
        what: 'how long the slowest one in a hundred of them waits, with a deadline of 1 s',
        unit: 'ms',
        bar: { atMost: 1500 },
        figure: ({ slowestMs }: Beside) => slowestMs,
      },
    ],
    async measure(bench): Promise<Beside> {
      await bench.upstream.set('all', { delayMs: 0, mode: 'ok' })
      const gateway = await bench.newGateway('modelgate-hanging')
      const others = new LoadClients()
      const to = { port: gateway.port, path: '/graphql' }
      const healthy = { ...to, bodies: list(['dev', 'staging'], 50), clients: 1 }
      try {
        await bench.load({ ...healthy, clients: 8, seconds: bench.options.seconds * 2 })
        const quiet = await bench.load({ ...healthy, seconds: bench.options.seconds * 5 })
        await bench.upstream.set('prod', { delayMs: slowMs })
        const pressed = (seconds: number) =>
          others.ask({ ...to, bodies: list(['prod'], 200), clients, seconds })
        // So that what it takes for so many connections is there.
        await pressed(bench.options.seconds * 2)
        const before = gateway.residentMb
        const seconds = bench.options.seconds * 30
        const [pressure, beside] = await Promise.all([pressed(seconds), bench.load({ ...healthy, seconds })])
        const grownMb = gateway.residentMb - before
        return { quietMs: quiet.p99Ms, besideMs: beside.p99Ms, grownMb, slowestMs: pressure.p99Ms }
      } finally {
        others.close()
        await bench.upstream.set('all', { delayMs: 0 })
        await gateway.stop()
      }
    },
  } satisfies Measurement<Beside>,
]

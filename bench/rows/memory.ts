import type { GatewayName } from '../harness/gateway-kinds.ts'
import type { Measurement } from '../harness/measurement.ts'
import { toBody } from '../questions/question.ts'
import { theFour } from '../questions/the-four.ts'

type Resident = Readonly<Record<GatewayName, number>>

const names = ['modelgate', 'direct', 'apollo'] as const

export const measurements: readonly Measurement[] = [
  {
    runs: 'always',
    once: 'quick',
    targets: [
      {
        name: 'memory',
        what: 'memory right after the four questions, each by 32 clients',
        unit: 'x direct',
        bar: { atMost: 1 },
        figure: ({ modelgate, direct }: Resident) => modelgate / direct,
      },
    ],
    /** In processes that have done nothing before. */
    async measure(bench, round): Promise<Resident> {
      await bench.upstream.set('all', { delayMs: 0 })
      const found: [GatewayName, number][] = []
      for (let turn = 0; turn < names.length; turn++) {
        const name = names[(turn + round) % names.length] as GatewayName
        const gateway = await bench.newGateway(name)
        for (const question of Object.values(theFour)) {
          const bodies = question.variants.map((variant) => toBody(question, variant, gateway.kind.language))
          const path = gateway.kind.path(question.name)
          const { seconds } = bench.options
          await bench.load({ port: gateway.port, path, bodies, clients: 32, seconds })
        }
        found.push([name, gateway.residentMb])
        await gateway.stop()
      }
      return Object.fromEntries(found) as Resident
    },
  } satisfies Measurement<Resident>,
]

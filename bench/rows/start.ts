import { setTimeout as wait } from 'node:timers/promises'
import type { GatewayName } from '../harness/gateway-kinds.ts'
import type { Measurement } from '../harness/measurement.ts'

interface Start {
  readonly startMs: number
  /** Until the first answer, which says more on a busy machine. */
  readonly cpuMs: number
  readonly idleMb: number
}

type Started = Readonly<Record<GatewayName, Start>>

const names = ['modelgate', 'apollo', 'direct'] as const

/** Each is started anew in each round, three times where there is time, as single starts differ by a third. */
const starts = 3

export const measurements: readonly Measurement[] = [
  {
    runs: 'always',
    targets: [
      {
        name: 'start',
        what: 'start to first answer',
        unit: 'x apollo',
        bar: { atMost: 0.65 },
        figure: ({ modelgate, apollo }: Started) => modelgate.startMs / apollo.startMs,
      },
      {
        name: 'idle-memory',
        what: 'memory before the first question',
        unit: 'x apollo',
        bar: { atMost: 1 },
        figure: ({ modelgate, apollo }: Started) => modelgate.idleMb / apollo.idleMb,
      },
    ],
    /** A first start fills the caches of the disk and of compiled code, and makes the database. */
    async prepare(bench) {
      for (const name of names) await (await bench.newGateway(name)).stop()
    },
    async measure(bench, round): Promise<Started> {
      const found: [GatewayName, Start][] = []
      for (let turn = 0; turn < names.length; turn++) {
        const name = names[(turn + round) % names.length] as GatewayName
        const times: number[] = []
        const cpuTimes: number[] = []
        let idleMb = Number.NaN
        for (let start = 0; start < (bench.options.isQuick ? 1 : starts); start++) {
          const gateway = await bench.newGateway(name)
          times.push(gateway.startMs)
          cpuTimes.push(gateway.cpuMs)
          if (start === 0) {
            await wait(500)
            idleMb = gateway.residentMb
          }
          await gateway.stop()
        }
        found.push([name, { startMs: Math.min(...times), cpuMs: Math.min(...cpuTimes), idleMb }])
      }
      return Object.fromEntries(found) as Started
    },
  } satisfies Measurement<Started>,
]

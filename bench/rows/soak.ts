import type { Measurement } from '../harness/measurement.ts'
import { toBody } from '../questions/question.ts'
import { theFour } from '../questions/the-four.ts'

interface Soaked {
  readonly mbPerMinute: number
  readonly loopP99Ms: number
}

interface Look {
  readonly minutes: number
  readonly mb: number
}

/** V8 takes what it wants to have for a load in the first fifth: two minutes of ten. */
const settledShare = 0.2
const lookEveryMs = 1000

/** By least squares, in MB a minute. */
function slope(looks: readonly Look[]): number {
  const mean = (value: (look: Look) => number) =>
    looks.reduce((sum, look) => sum + value(look), 0) / looks.length
  const [middle, level] = [mean(({ minutes }) => minutes), mean(({ mb }) => mb)]
  const together = mean(({ minutes, mb }) => (minutes - middle) * (mb - level))
  return together / mean(({ minutes }) => (minutes - middle) ** 2)
}

export const measurements: readonly Measurement[] = [
  {
    runs: 'full',
    once: 'always',
    targets: [
      {
        name: 'soak',
        what: 'growth of memory after the second minute of ten, all four questions by 32 clients',
        unit: 'MB/minute',
        bar: { atMost: 1 },
        figure: ({ mbPerMinute }: Soaked) => mbPerMinute,
      },
      {
        name: 'soak-loop',
        what: 'how late the event loop is in these minutes, p99',
        unit: 'ms',
        bar: { atMost: 100 },
        figure: ({ loopP99Ms }: Soaked) => loopP99Ms,
      },
    ],
    async measure(bench): Promise<Soaked> {
      await bench.upstream.set('all', { delayMs: 0 })
      const gateway = await bench.newGateway('modelgate', {
        execArgs: ['--import', new URL('../harness/tell-loop.ts', import.meta.url).href],
      })
      const perQuestion = Object.values(theFour).map((question) =>
        question.variants.slice(0, 48).map((variant) => toBody(question, variant, 'modelgate')),
      )
      const bodies = (perQuestion[0] ?? []).flatMap((_, turn) =>
        perQuestion.flatMap((all) => all[turn] ?? []),
      )
      const looks: Look[] = []
      const startedAt = performance.now()
      const look = setInterval(() => {
        looks.push({ minutes: (performance.now() - startedAt) / 60_000, mb: gateway.residentMb })
      }, lookEveryMs)
      const minutes = bench.options.soakMinutes
      try {
        const load = { port: gateway.port, path: '/graphql', bodies, clients: 32, seconds: minutes * 60 }
        const { bad, firstBad } = await bench.load(load)
        if (bad > 0) throw new Error(`${bad} answers without data, such as ${firstBad}`)
        const { p99Ms } = await gateway.tell<{ p99Ms: number }>()
        const settled = looks.filter((one) => one.minutes > minutes * settledShare)
        return { mbPerMinute: slope(settled), loopP99Ms: p99Ms }
      } finally {
        clearInterval(look)
        await gateway.stop()
      }
    },
  } satisfies Measurement<Soaked>,
]

import type { Bench } from '../harness/bench.ts'
import type { GatewayName } from '../harness/gateway-kinds.ts'
import type { Measurement } from '../harness/measurement.ts'
import { readRecording } from '../questions/recording.ts'

/** The gateway's CPU time for one answer, in ms. */
type CpuTimes = Readonly<Record<'few' | 'many', number>>

const [few, many] = [2, 50] as const
const gateways = { few: `modelgate-${few}`, many: `modelgate-${many}` } as const
const bodies = Array.from({ length: 20 }, (_, index) =>
  JSON.stringify({
    query:
      'query($first: Int!) { models(first: $first) { nodes { name registry { name } tags { key value } } complete } }',
    variables: { first: 40 + index },
  }),
)

/** Every registry is one of the recorded ones, which have models of the same names. */
async function check(bench: Bench, name: GatewayName, registries: number): Promise<void> {
  const { text } = await (await bench.gateway(name)).ask('', bodies[0] as string)
  const { data } = JSON.parse(text) as { data: { models: { nodes: { name: string }[]; complete: boolean } } }
  const names = (readRecording()[0]?.models ?? []).flatMap((model) =>
    Array.from({ length: registries }, () => model.name),
  )
  const answered = data.models.nodes.map((node) => node.name)
  if (!data.models.complete || JSON.stringify(answered) !== JSON.stringify(names.slice(0, 40)))
    throw new Error(`${name} gave a wrong list: ${text.slice(0, 300)}`)
}

async function cpuOf(bench: Bench, name: GatewayName): Promise<number> {
  const gateway = await bench.gateway(name)
  const before = gateway.cpuMs
  const { answers } = await bench.load({
    port: gateway.port,
    path: '/graphql',
    bodies,
    clients: 4,
    seconds: bench.options.seconds,
  })
  return (gateway.cpuMs - before) / answers
}

export const measurements: readonly Measurement[] = [
  {
    runs: 'full',
    targets: [
      {
        name: 'many-registries',
        what: `a page of ${many} registries beside one of ${few}: CPU for one answer and registry`,
        unit: 'x two registries',
        bar: { atMost: 1.25 },
        figure: (times: CpuTimes) => times.many / many / (times.few / few),
      },
    ],
    async prepare(bench) {
      await bench.upstream.set('all', { delayMs: 0 })
      await check(bench, gateways.few, few)
      await check(bench, gateways.many, many)
      for (const name of Object.values(gateways)) await cpuOf(bench, name)
    },
    async measure(bench): Promise<CpuTimes> {
      await bench.upstream.set('all', { delayMs: 0 })
      return { few: await cpuOf(bench, gateways.few), many: await cpuOf(bench, gateways.many) }
    },
  } satisfies Measurement<CpuTimes>,
]

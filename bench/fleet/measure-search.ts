import { spawnSync } from 'node:child_process'
import type { Figure } from './figure.ts'
import { fleetConfig } from './fleet-config.ts'
import { type FleetGateway, quantile, startFleetGateway } from './fleet-gateway.ts'
import type { FleetStore, Measured } from './measured.ts'

const rounds = 3
const bars = { SQLite: { p50: 25, p95: 75 }, PostgreSQL: { p50: 100, p95: 250 } } as const
const firstBar = { atMost: 700 }
const growthBar = { atMost: 3 }

/** As they are typed, letter by letter from the second on. */
const typed = [
  'fraud detection',
  'churn pred',
  'xgboost de',
  'Parcel ETA',
  'warehouse_segment',
  'ML-10002',
  'speech to text',
]
const whole = [
  'fruad detection',
  'champion ranking',
  'björn',
  'max_depth',
  'bold crane',
  'canary rollout approved',
]

const query = `query ($text: String!) {
  search(text: $text, first: 20) {
    edges { score highlights { field fragment } node { ... on Model { name } ... on ModelVersion { version model { name } } } }
    totalCount
  }
}`

/** Searches as somebody types them. */
export async function* measureSearch({ stores, models }: Measured): AsyncGenerator<Figure> {
  const texts = [...typed.flatMap(beginnings), ...whole]
  for (const store of stores) {
    const { database } = store
    const { url } = await store.keep({ models, shape: 'whole' })
    forgetFile(url)
    const large = await startFleetGateway(fleetConfig(url))
    const small = await open(store, models / 10)
    try {
      const first = await large.ask(query, { text: 'frau' })
      yield { what: 'first search after a start', database, figure: first.ms, unit: 'ms', bar: firstBar }
      const times = { large: [] as number[], small: [] as number[] }
      for (let round = -1; round < rounds; round++) {
        for (const text of texts) {
          for (const [name, gateway] of Object.entries({ large, small })) {
            const { ms } = await gateway.ask(query, { text })
            if (round >= 0) times[name as keyof typeof times].push(ms)
          }
        }
      }
      for (const [name, share] of [
        ['p50', 0.5],
        ['p95', 0.95],
      ] as const) {
        const what = `search as you type, ${name}`
        const figure = quantile(times.large, share)
        yield { what, database, figure, unit: 'ms', bar: { atMost: bars[database][name] } }
        const ratio = figure / quantile(times.small, share)
        yield { what, database, figure: ratio, unit: 'x a tenth of the size', bar: growthBar }
      }
      yield { what: 'memory after the searches', database, figure: large.process.residentMb, unit: 'MB' }
    } finally {
      await Promise.all([large.stop(), small.stop()])
    }
  }
}

function beginnings(text: string): string[] {
  return Array.from({ length: text.length - 1 }, (_, index) => text.slice(0, index + 2))
}

async function open(store: FleetStore, models: number): Promise<FleetGateway> {
  const { url } = await store.keep({ models, shape: 'whole' })
  return startFleetGateway(fleetConfig(url))
}

/** So that the operating system has nothing of the file in its memory, where it can be told so. */
function forgetFile(url: string): void {
  const path = url.startsWith('sqlite:') ? url.slice('sqlite:'.length) : null
  if (path !== null) spawnSync('dd', [`if=${path}`, 'iflag=nocache', 'count=0'], { stdio: 'ignore' })
}

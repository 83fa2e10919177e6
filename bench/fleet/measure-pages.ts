import type { Figure } from './figure.ts'
import { fleetConfig } from './fleet-config.ts'
import { type FleetGateway, quantile, startFleetGateway } from './fleet-gateway.ts'
import type { FleetStore, Measured } from './measured.ts'

/** With how many rounds each is asked of both in turn. */
const [warmUp, rounds] = [3, 15]
const growth = { atMost: 3 }

const page = (list: string, fields: string) =>
  `{ page: ${list} { nodes { ${fields} registry { name } } sources { state } } }`
const versions = (where: string, order: string) =>
  page(
    `modelVersions(read: INDEXED, first: 50, where: ${where}, orderBy: [${order}])`,
    'version model { name } auc: metric(key: "auc") tags { key value }',
  )
const auc = '{ metric: { key: "auc" } }'

/** The first pages of lists with a filter, most of them in the order of a metric. */
const questions: Readonly<Record<string, string>> = {
  'of a team, by auc': versions('{ tag: { key: "team", value: { eq: "risk" } } }', auc),
  'with f1 above 0.9, by auc': versions('{ metric: { key: "f1", value: { gt: 0.9 } } }', auc),
  'of champions in German, by rmse': versions(
    '{ alias: { eq: "champion" }, tag: { key: "language", value: { eq: "de" } } }',
    '{ metric: { key: "rmse", direction: ASC } }',
  ),
  'of a ticket, by auc': versions('{ tag: { key: "ticket", value: { eq: "ML-10002" } } }', auc),
  'with a depth, newest first': versions(
    '{ param: { key: "max_depth", value: { eq: "7" } } }',
    '{ field: { by: CREATED_AT, direction: DESC } }',
  ),
}

export async function* measurePages({ stores, models }: Measured): AsyncGenerator<Figure> {
  for (const store of stores) {
    const { database } = store
    const [large, small] = [await open(store, models), await open(store, models / 10)]
    try {
      for (const [name, query] of Object.entries(questions)) {
        const what = `first page of versions ${name}`
        const times = await timesOf(query, large, small)
        yield { what, database, figure: quantile(times.large, 0.5), unit: 'ms' }
        const ratio = quantile(times.large, 0.5) / quantile(times.small, 0.5)
        yield { what, database, figure: ratio, unit: 'x a tenth of the size', bar: growth }
      }
      yield { what: 'memory after the pages', database, figure: large.process.residentMb, unit: 'MB' }
    } finally {
      await Promise.all([large.stop(), small.stop()])
    }
  }
}

async function open(store: FleetStore, models: number): Promise<FleetGateway> {
  const { url } = await store.keep({ models, shape: 'whole' })
  return startFleetGateway(fleetConfig(url))
}

async function timesOf(query: string, large: FleetGateway, small: FleetGateway) {
  const times = { large: [] as number[], small: [] as number[] }
  for (let round = -warmUp; round < rounds; round++) {
    for (const [name, gateway] of Object.entries({ large, small })) {
      const { data, ms } = await gateway.ask(query)
      if ((data as Page).page.nodes.length === 0) throw new Error(`Nothing was found by ${query}.`)
      if (round >= 0) times[name as keyof typeof times].push(ms)
    }
  }
  return times
}

interface Page {
  readonly page: { readonly nodes: readonly unknown[] }
}

import { fleetConfig } from '../../../bench/fleet/fleet-config.ts'
import { type OpenGateway, openGateway } from '../../gateway/open-gateway.ts'
import type { DatabaseSource } from '../../state/database-source.ts'
import { fillRelevance } from './fill-relevance.ts'
import { type JudgedQuery, judgedQueries } from './judged-queries.ts'

const places = 10

export interface Relevance {
  /** The mean over all queries. */
  readonly mean: number
  readonly byQuery: ReadonlyMap<string, number>
}

/** nDCG@10 of all judged queries on one database. */
export async function measureRelevance(source: DatabaseSource): Promise<Relevance> {
  const url = await source.createUrl()
  await fillRelevance(url)
  const gateway = await openGateway(fleetConfig(url))
  try {
    const byQuery = new Map<string, number>()
    for (const query of judgedQueries) byQuery.set(query.text, ndcg(query, await find(gateway, query.text)))
    const mean = [...byQuery.values()].reduce((sum, gain) => sum + gain, 0) / byQuery.size
    return { mean, byQuery }
  } finally {
    await gateway.close()
  }
}

const search = `query ($text: String!) {
  search(text: $text, registries: ["lab"], first: 50) {
    nodes { ... on Model { name } ... on ModelVersion { model { name } } }
  }
}`

/** Models in the order of their first hit: one that is found by its version is found. */
async function find(gateway: OpenGateway, text: string): Promise<string[]> {
  const { search: found } = await gateway.data(search, { text })
  const names = found.nodes.map(
    (node: { name?: string; model?: { name: string } }) => node.name ?? node.model?.name,
  )
  return [...new Set<string>(names)]
}

function ndcg({ grades }: JudgedQuery, found: readonly string[]): number {
  const best = Object.values(grades).toSorted((a, b) => b - a)
  return gainOf(found.map((name) => grades[name] ?? 0)) / gainOf(best)
}

function gainOf(grades: readonly number[]): number {
  return grades
    .slice(0, places)
    .reduce((sum, grade, place) => sum + (2 ** grade - 1) / Math.log2(place + 2), 0)
}

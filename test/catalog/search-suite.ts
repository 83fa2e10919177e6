import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OpenGateway, openGateway } from '../gateway/open-gateway.ts'
import type { DatabaseSource } from '../state/database-source.ts'
import { untilSynced } from './indexed-suite.ts'

export const searchQuery = `query ($text: String!, $where: ModelVersionFilter, $registries: [String!], $environments: [String!],
    $all: Boolean, $first: Int, $after: String) {
  search(text: $text, where: $where, registries: $registries, environments: $environments, includeArchived: $all,
      first: $first, after: $after) {
    totalCount complete correction message pageInfo { hasNextPage hasPreviousPage endCursor }
    sources { registry { name } state asOf error { message } }
    edges { cursor score highlights { field fragment }
      node { __typename ... on Model { name registry { name } } ... on ModelVersion { modelName version } } } } }`

interface Edge {
  readonly score: number
  readonly cursor: string
  readonly node: {
    readonly __typename: string
    readonly name?: string
    readonly modelName?: string
    readonly version?: string
  }
  readonly highlights: readonly { readonly field: string; readonly fragment: string }[]
}

/** The hits as short texts: a model's name, or `name/version`. */
export function namesOf(edges: readonly Edge[]): string[] {
  return edges.map(({ node }) => node.name ?? `${node.modelName}/${node.version}`)
}

/** The same on each database. */
export function describeSearch(source: DatabaseSource): void {
  describe(`search on ${source.name}`, () => {
    let gateway: OpenGateway

    beforeAll(async () => {
      gateway = await openGateway({
        environments: ['dev', 'prod'],
        registries: [
          { name: 'dev', adapter: 'local', environment: 'dev' },
          { name: 'prod', adapter: 'local', environment: 'prod' },
        ],
        database: { url: await source.createUrl() },
        catalog: { syncEvery: '1s' },
      })
      await untilSynced(gateway)
      await seed(gateway)
    }, 60_000)
    afterAll(async () => {
      await gateway?.close()
      await source.dispose()
    })

    const search = async (text: string, given: object = {}) =>
      (await gateway.data(searchQuery, { text, ...given })).search
    const found = async (text: string, given: object = {}) => namesOf((await search(text, given)).edges)

    it('finds models by their names, by beginnings as one types, whatever parts the words', async () => {
      expect(await found('fraud')).toEqual(['fraud', 'FraudScorer', 'fraud-detector'])
      expect(await found('fraud det')).toEqual(['fraud-detector'])
      expect(await found('fraud_detector')).toEqual(['fraud-detector'])
      expect(await found('DETECTOR fraud')).toEqual(['fraud-detector'])
      expect(await found('scorer')).toEqual(['FraudScorer'])
      expect(await found('fraudscorer')).toEqual(['FraudScorer'])
      expect(await found('aud')).toEqual([])
    })
  })
}

async function seed(gateway: OpenGateway): Promise<void> {
  const create = (name: string, more = '') =>
    gateway.data(
      `mutation { createModel(input: { registry: "dev", name: "${name}"${more} }) { model { name } } }`,
    )
  await create('fraud')
  await create('fraud-detector', ', description: "Finds stolen cards."')
  await create('FraudScorer')
}

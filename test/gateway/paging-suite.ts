import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compareCodePoints, compareVersions } from '../../src/contract/index.ts'
import type { OpenGateway } from './open-gateway.ts'

export interface PagedRegistries {
  readonly name: string
  /** A gateway over these registries; in each is a fleet, and there may be other models unless the prefix is empty. */
  readonly open: () => Promise<OpenGateway>
  readonly dispose: () => Promise<void>
  readonly registries: readonly string[]
  /** How many models a fleet has; their names begin with the prefix, and one is `plain`, with two versions. */
  readonly models: number
  readonly numRuns: number
}

interface ModelNode {
  readonly name: string
  readonly registry: { readonly name: string }
  readonly createdAt: string
  readonly updatedAt: string
}

interface VersionNode {
  readonly modelName: string
  readonly version: string
  readonly registry: { readonly name: string }
  readonly createdAt: string
  readonly updatedAt: string
  readonly metric: number | null
  readonly metrics: readonly {
    readonly key: string
    readonly value: number | null
    readonly nonFinite: string | null
  }[]
}

type Direction = 'ASC' | 'DESC'

/** Nulls last in either direction. */
function compare<T>(a: T | null, b: T | null, direction: Direction, by: (a: T, b: T) => number): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  return direction === 'ASC' ? by(a, b) : -by(a, b)
}

const byNumber = (a: number, b: number) => (a < b ? -1 : a > b ? 1 : 0)

/** Pages of lists over many registries, in every order, compared with one long page that is sorted here. */
export function describePaging(
  prefix: string,
  { name, open, dispose, registries, models: modelsOfEach, numRuns }: PagedRegistries,
): void {
  describe(`pages over ${name}`, () => {
    let gateway: OpenGateway

    beforeAll(async () => {
      gateway = await open()
    }, 240_000)
    afterAll(async () => {
      await gateway?.close()
      await dispose()
    })

    async function readAll<Node>(
      query: string,
      variables: object,
      pageSizes: readonly number[],
    ): Promise<Node[]> {
      const nodes: Node[] = []
      let after: string | null = null
      for (let page = 0; ; page++) {
        const first = pageSizes[page % pageSizes.length] ?? 50
        const { list } = await gateway.data(query, { ...variables, first, after })
        expect(list.complete).toBe(true)
        expect(list.pageInfo.hasPreviousPage).toBe(after !== null)
        nodes.push(...list.nodes)
        if (!list.pageInfo.hasNextPage) return nodes
        expect(list.nodes).toHaveLength(first)
        after = list.pageInfo.endCursor
      }
    }

    const pageInfo = 'pageInfo { hasNextPage hasPreviousPage endCursor } complete'
    const models = `query ($first: Int, $after: String, $orderBy: [ModelOrder!], $where: ModelFilter) {
    list: models(first: $first, after: $after, orderBy: $orderBy, where: $where) {
      nodes { name registry { name } createdAt updatedAt } ${pageInfo} } }`
    const versions = `query ($first: Int, $after: String, $orderBy: [ModelVersionOrder!], $where: ModelVersionFilter, $registries: [String!]) {
    list: modelVersions(registries: $registries, first: $first, after: $after, orderBy: $orderBy, includeArchived: true, where: $where) {
      nodes { modelName version registry { name } createdAt updatedAt metric(key: "auc") metrics(keys: ["odd"]) { key value nonFinite } } ${pageInfo} } }`

    const named = prefix === '' ? null : { name: { startsWith: prefix } }
    const ofNamed = prefix === '' ? null : { model: { startsWith: prefix } }
    const pageSizes = fc.array(fc.integer({ min: 5, max: 70 }), { minLength: 1, maxLength: 4 })
    const directions: fc.Arbitrary<Direction> = fc.constantFrom('ASC', 'DESC')

    it('of models, in every order', async () => {
      const all = await readAll<ModelNode>(models, { where: named }, [500])
      expect(all).toHaveLength(registries.length * modelsOfEach)
      const field = fc.constantFrom('NAME' as const, 'CREATED_AT' as const, 'UPDATED_AT' as const)
      await fc.assert(
        fc.asyncProperty(field, directions, pageSizes, async (by, direction, sizes) => {
          const value = (node: ModelNode) =>
            ({ NAME: node.name, CREATED_AT: node.createdAt, UPDATED_AT: node.updatedAt })[by]
          const expected = all.toSorted(
            (a, b) =>
              compare(value(a), value(b), direction, compareCodePoints) ||
              compareCodePoints(a.registry.name, b.registry.name) ||
              compareCodePoints(a.name, b.name),
          )
          expect(await readAll(models, { where: named, orderBy: [{ field: by, direction }] }, sizes)).toEqual(
            expected,
          )
        }),
        { numRuns },
      )
    }, 600_000)

    it('of versions, in every order', async () => {
      const all = await readAll<VersionNode>(versions, { where: ofNamed }, [500])
      const odd = ({ metrics: [metric] }: VersionNode): number | null => {
        if (!metric || metric.nonFinite === 'NAN') return null
        if (metric.nonFinite === null) return metric.value
        return metric.nonFinite === 'INFINITY' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY
      }
      const orders = {
        MODEL: (direction: Direction) => (a: VersionNode, b: VersionNode) =>
          compare(a.modelName, b.modelName, direction, compareCodePoints),
        VERSION: (direction: Direction) => (a: VersionNode, b: VersionNode) =>
          compare(a.version, b.version, direction, compareVersions),
        CREATED_AT: (direction: Direction) => (a: VersionNode, b: VersionNode) =>
          compare(a.createdAt, b.createdAt, direction, compareCodePoints),
        UPDATED_AT: (direction: Direction) => (a: VersionNode, b: VersionNode) =>
          compare(a.updatedAt, b.updatedAt, direction, compareCodePoints),
        auc: (direction: Direction) => (a: VersionNode, b: VersionNode) =>
          compare(a.metric, b.metric, direction, byNumber),
        odd: (direction: Direction) => (a: VersionNode, b: VersionNode) =>
          compare(odd(a), odd(b), direction, byNumber),
      }
      const order = fc.constantFrom(...(Object.keys(orders) as (keyof typeof orders)[]))
      const asked = fc.subarray([...registries], { minLength: 1 })
      await fc.assert(
        fc.asyncProperty(order, directions, pageSizes, asked, async (by, direction, sizes, names) => {
          const orderBy = [
            by === 'auc' || by === 'odd' ? { metric: { key: by, direction } } : { field: { by, direction } },
          ]
          const expected = all
            .filter(({ registry }) => names.includes(registry.name))
            .toSorted(
              (a, b) =>
                orders[by](direction)(a, b) ||
                compareCodePoints(a.registry.name, b.registry.name) ||
                compareCodePoints(a.modelName, b.modelName) ||
                compareVersions(a.version, b.version),
            )
          expect(await readAll(versions, { where: ofNamed, orderBy, registries: names }, sizes)).toEqual(
            expected,
          )
        }),
        // Model by model is a way of its own in some adapters, and shows when nothing else is on the pages.
        { numRuns, examples: registries.map((registry) => ['MODEL', 'ASC', [7, 8], [registry]]) },
      )
    }, 600_000)

    it.each(registries)('of versions of one model in %s go on where the batch ended', async (registry) => {
      const query = `query ($first: Int, $after: String) { model(registry: "${registry}", name: "${prefix}plain") {
      list: versions(includeArchived: true, first: $first, after: $after) { nodes { version } ${pageInfo} } } }`
      const first = (await gateway.data(query, { first: 1, after: null })).model.list
      const second = (await gateway.data(query, { first: 5, after: first.pageInfo.endCursor })).model.list
      expect([...first.nodes, ...second.nodes].map((node: { version: string }) => node.version)).toEqual([
        '2',
        '1',
      ])
    })
  })
}

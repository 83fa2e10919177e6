import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { permissionLevels } from '../../src/federation/records/permission.ts'
import type { FleetModel } from '../gateway/odd-fleet.ts'
import type { Answer } from '../gateway/open-gateway.ts'
import { boss, type PermittedGateway, type Who } from '../gateway/open-permitted.ts'
import { argumentOf } from './inputs-of-schema.ts'

export interface PermittedBackend {
  readonly name: string
  /** Of names that all begin with the prefix. */
  readonly fleet: readonly FleetModel[]
  /** A gateway over one registry, `main`, that holds the fleet, and may hold other models. */
  readonly open: () => Promise<PermittedGateway>
  readonly dispose: () => Promise<void>
  readonly numRuns: number
}

const page = 'totalCount complete pageInfo { hasNextPage }'
const lists = {
  models: {
    prefixed: (prefix: string) => ({ name: { startsWith: prefix } }),
    query: (read: string) => `query ($where: ModelFilter, $orderBy: [ModelOrder!], $first: Int) {
      list: models(read: ${read}, first: $first, where: $where, orderBy: $orderBy) {
        nodes { name tags { key value } aliases { name version { version } } versions(first: 2) { nodes { version } } } ${page} } }`,
  },
  modelVersions: {
    prefixed: (prefix: string) => ({ model: { startsWith: prefix } }),
    query: (
      read: string,
    ) => `query ($where: ModelVersionFilter, $orderBy: [ModelVersionOrder!], $first: Int) {
      list: modelVersions(read: ${read}, first: $first, where: $where, orderBy: $orderBy, includeArchived: true) {
        nodes { modelName version stage aliases { name } copiedFrom { version } } ${page} } }`,
  },
} as const

/** Whoever asks, and whatever one may see: the catalog answers as the registry does, in errors too. */
export function describePermittedIndexed(
  prefix: string,
  { name, fleet, open, dispose, numRuns }: PermittedBackend,
): void {
  describe(`INDEXED of ${name} is as LIVE for whoever asks`, () => {
    let gateway: PermittedGateway
    let times: string[] = []
    let callers = 0
    const names = fleet.map((model) => model.name)

    beforeAll(async () => {
      gateway = await open()
      await gateway.sync()
      const where = lists.models.prefixed(prefix)
      const query =
        'query ($where: ModelFilter) { models(first: 500, where: $where) { nodes { createdAt } } }'
      const { models } = await gateway.data(boss, query, { where })
      times = models.nodes.map(({ createdAt }: { createdAt: string }) => createdAt)
      expect(times).toHaveLength(fleet.length)
    }, 240_000)
    afterAll(async () => {
      await gateway?.close()
      await dispose()
    })

    const pattern = fc.oneof(
      fc.constantFrom(...names),
      fc
        .tuple(fc.constantFrom(...names), fc.nat(4))
        .map(([each, more]) => `${each.slice(0, prefix.length + more)}*`),
    )
    const grants = fc.array(fc.record({ model: pattern, permission: fc.constantFrom(...permissionLevels) }), {
      maxLength: 4,
    })

    it.each(Object.keys(lists) as (keyof typeof lists)[])(
      'in %s',
      async (kind) => {
        const { query, prefixed } = lists[kind]
        const property = fc.asyncProperty(
          grants,
          fc.constantFrom('NO_PERMISSIONS' as const, 'READ' as const),
          argumentOf(kind, 'where', { names, times }),
          argumentOf(kind, 'orderBy', { names, times }),
          fc.constantFrom(3, 100),
          async (given, level, where, orderBy, first) => {
            const who: Who = { principal: `user:${kind}-${callers++}`, default: level }
            for (const grant of given)
              await gateway.permissions.set({ registry: 'main', principal: who.principal, ...grant })
            const variables = { where: { and: [prefixed(prefix), where] }, orderBy, first }
            const [live, indexed] = await Promise.all(
              ['LIVE', 'INDEXED'].map((read) => gateway.ask(who, query(read), variables)),
            )
            expect(told(indexed)).toEqual(told(live))
          },
        )
        await fc.assert(property, { numRuns })
      },
      600_000,
    )
  })
}

/** Counts are given by one of the two alone, where it can. */
function told(answer: Answer | undefined) {
  const list = answer?.data?.list
  return {
    list: list ? { ...list, totalCount: null } : null,
    errors: answer?.errors?.map(({ message }) => message),
  }
}

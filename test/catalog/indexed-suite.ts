import { setTimeout as wait } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Where } from '../gateway/brute-force.ts'
import type { FleetModel } from '../gateway/odd-fleet.ts'
import type { OpenGateway } from '../gateway/open-gateway.ts'
import { modelWhere, versionWhere } from '../gateway/where-arbitraries.ts'
import { argumentOf } from './inputs-of-schema.ts'

export interface IndexedBackend {
  readonly name: string
  /** Of names that all begin with the prefix. */
  readonly fleet: readonly FleetModel[]
  /** A gateway with these keys of `catalog` over one registry, `main`, that holds the fleet, and may hold other models. */
  readonly open: (catalog: object) => Promise<OpenGateway>
  readonly dispose: () => Promise<void>
  readonly numRuns: number
  /** Whether versions have sizes and runs have ends. */
  readonly isMeasured?: boolean
}

const modelFields = `name description tags { key value } aliases { name versionNumber version { version } } createdAt updatedAt
  latestVersion { version } versions(first: 3) { nodes { version } } environment { name }`
const versionFields = `modelName: model { name } version description tags { key value } aliases { name } stage status statusMessage
  source runId digest sizeBytes createdAt updatedAt createdBy run { name status startedAt durationMs tags { key value } sourceCommit datasets { name digest source } } metrics { key value nonFinite step }
  params { key value } lineage { uri broken }`

const page = 'pageInfo { hasNextPage endCursor } complete sources { state error { message } }'
const listModels = (
  read: string,
) => `query ($where: ModelFilter, $orderBy: [ModelOrder!], $first: Int, $after: String) {
  models(read: ${read}, first: $first, after: $after, where: $where, orderBy: $orderBy) { nodes { ${modelFields} } ${page} } }`
const listVersions = (
  read: string,
) => `query ($where: ModelVersionFilter, $orderBy: [ModelVersionOrder!], $first: Int, $after: String, $all: Boolean) {
  modelVersions(read: ${read}, first: $first, after: $after, where: $where, orderBy: $orderBy, includeArchived: $all) {
    nodes { ${versionFields} } ${page} } }`

const direction = fc.constantFrom('ASC', 'DESC')
const modelOrder = fc.array(
  fc.record({ field: fc.constantFrom('NAME', 'CREATED_AT', 'UPDATED_AT'), direction }),
  { maxLength: 3 },
)
const versionOrder = fc.array(
  fc.oneof(
    fc.record({
      field: fc.record({
        by: fc.constantFrom('MODEL', 'VERSION', 'CREATED_AT', 'UPDATED_AT', 'DURATION', 'SIZE'),
        direction,
      }),
    }),
    fc.record({ metric: fc.record({ key: fc.constantFrom('auc', 'loss', 'nothing'), direction }) }),
  ),
  { maxLength: 3 },
)

/** After a sync the catalog answers as the registry does, whatever is asked. */
export function describeIndexed(
  prefix: string,
  { name, fleet, open, dispose, numRuns, isMeasured = true }: IndexedBackend,
): void {
  describe(`INDEXED of ${name} is as LIVE`, () => {
    let gateway: OpenGateway
    const names = fleet.map((model) => model.name)
    // Other suites write to the same servers.
    const ourModels = (where: Where): Where => ({ and: [{ name: { startsWith: prefix } }, where] })
    const ourVersions = (where: Where): Where => ({ and: [{ model: { startsWith: prefix } }, where] })
    let times: string[] = []

    beforeAll(async () => {
      gateway = await open({ syncEvery: '1h' })
      await untilSynced(gateway, 200_000)
      const { models } = await gateway.data(listModels('LIVE'), { where: ourModels({}), first: 500 })
      times = models.nodes.map((row: { createdAt: string }) => row.createdAt)
      expect(models.nodes).toHaveLength(fleet.length)
    }, 240_000)
    afterAll(async () => {
      await gateway?.close()
      await dispose()
    })

    /** Both modes page by page, each going on from where the other one was. */
    async function compare(list: (read: string) => string, field: string, variables: object, first: number) {
      let after: string | null = null
      for (let pages = 0; pages < 3; pages++) {
        const [live, indexed] = await Promise.all(
          ['LIVE', 'INDEXED'].map(async (read) => {
            const answer = await gateway.data(list(read), { ...variables, first, after })
            return answer[field]
          }),
        )
        expect(indexed.sources).toEqual([{ state: 'OK', error: null }])
        expect(withoutCursor(indexed)).toEqual(withoutCursor(live))
        if (!live.pageInfo.hasNextPage) return
        after = (pages % 2 === 0 ? live : indexed).pageInfo.endCursor
      }
    }

    it.each(['DURATION', 'SIZE'])('by %s, what has none last and ties in order', async (by) => {
      for (const direction of ['ASC', 'DESC']) {
        for (const read of ['LIVE', 'INDEXED']) {
          const query = `query ($where: ModelVersionFilter) { modelVersions(read: ${read}, first: 500, where: $where,
            orderBy: [{ field: { by: ${by}, direction: ${direction} } }]) {
            nodes { model { name } version sizeBytes run { durationMs } } complete } }`
          const { modelVersions } = await gateway.data(query, { where: ourVersions({}) })
          const rows: Measured[] = modelVersions.nodes
          const measure = (row: Measured) => (by === 'SIZE' ? row.sizeBytes : (row.run?.durationMs ?? null))
          if (isMeasured) expect(new Set(rows.map(measure)).size).toBeGreaterThan(2)
          expect(rows).toEqual(rows.toSorted((a, b) => compareMeasured(measure, direction, a, b)))
        }
      }
    })

    it('for models', async () => {
      await fc.assert(
        fc.asyncProperty(
          modelWhere(names, times),
          modelOrder,
          fc.constantFrom(2, 7, 200),
          async (where, orderBy, first) =>
            compare(listModels, 'models', { where: ourModels(where), orderBy }, first),
        ),
        { numRuns },
      )
    }, 600_000)

    it.each([
      ['models', (read: string) => listModels(read), ourModels],
      ['modelVersions', (read: string) => listVersions(read), ourVersions],
    ] as const)(
      'for whatever the arguments of %s take',
      async (list, query, ours) => {
        const property = fc.asyncProperty(
          argumentOf(list, 'where', { names, times }),
          argumentOf(list, 'orderBy', { names, times }),
          fc.constantFrom(3, 200),
          async (where, orderBy, first) => {
            const variables = { where: ours(where as Where), orderBy, first }
            const [live, indexed] = await Promise.all(
              ['LIVE', 'INDEXED'].map((read) => gateway.ask(query(read), variables)),
            )
            expect(indexed?.errors?.map(({ message }) => message)).toEqual(
              live?.errors?.map(({ message }) => message),
            )
            // What one cannot ask for has no answer in either.
            if (live?.errors) return
            expect(withoutCursor(indexed?.data[list])).toEqual(withoutCursor(live?.data[list]))
          },
        )
        await fc.assert(property, { numRuns })
      },
      600_000,
    )

    it('for versions', async () => {
      await fc.assert(
        fc.asyncProperty(
          versionWhere(names, times),
          versionOrder,
          fc.constantFrom(3, 11, 200),
          fc.boolean(),
          async (where, orderBy, first, all) =>
            compare(listVersions, 'modelVersions', { where: ourVersions(where), orderBy, all }, first),
        ),
        { numRuns },
      )
    }, 600_000)
  })
}

interface Measured {
  readonly model: { readonly name: string }
  readonly version: string
  readonly sizeBytes: number | null
  readonly run: { readonly durationMs: number | null } | null
}

function compareMeasured(
  measure: (row: Measured) => number | null,
  direction: string,
  a: Measured,
  b: Measured,
): number {
  const worst = direction === 'ASC' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY
  const [one, other] = [measure(a) ?? worst, measure(b) ?? worst]
  if (one !== other) return one < other === (direction === 'ASC') ? -1 : 1
  const names = Buffer.compare(Buffer.from(a.model.name), Buffer.from(b.model.name))
  return names || Number(a.version) - Number(b.version)
}

/** Until every registry was read as a whole. */
export async function untilSynced(gateway: OpenGateway, timeout = 60_000): Promise<void> {
  const until = performance.now() + timeout
  for (;;) {
    const { registries } = await gateway.data('{ registries { catalog { state } } }')
    const states = registries.map(({ catalog }: { catalog: { state: string } | null }) => catalog?.state)
    if (states.every((state: string | undefined) => state === 'OK')) return
    if (performance.now() > until) throw new Error(`not synced: ${states.join(', ')}`)
    await wait(100)
  }
}

function withoutCursor<Page extends { pageInfo: object }>({ pageInfo, ...rest }: Page) {
  return { ...rest, pageInfo: { ...pageInfo, endCursor: null } }
}

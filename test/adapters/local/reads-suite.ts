import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { matchesModel, matchesVersion } from '../../../src/conformance/index.ts'
import {
  comparePositions,
  type ListPage,
  type ListQuery,
  type ModelFilter,
  type ModelOrder,
  type ModelQuery,
  type ModelVersionRecord,
  modelOrderValues,
  type Position,
  type RunRecord,
  type VersionFilter,
  type VersionOrder,
  type VersionQuery,
  versionOrderValues,
} from '../../../src/contract/index.ts'
import type { GatewayDatabase } from '../../../src/state/database.ts'
import { type DatabaseSource, openFrom } from '../../state/database-source.ts'
import { newCall } from '../counted-call.ts'
import { modelFilters, modelOrders, positions, versionFilters, versionOrders } from './arbitrary-queries.ts'
import { seedOddRegistry } from './odd-registry.ts'
import { type OpenRegistry, openRegistry } from './open-registry.ts'

const everything = { filter: null, includeArchived: true, limit: 1000, after: null, continuation: null }
const runs = { numRuns: 150 }

export function describeReads(source: DatabaseSource): void {
  describe(`local reads on ${source.name}`, () => {
    let database: GatewayDatabase
    let registry: OpenRegistry
    let runOf: (row: ModelVersionRecord) => RunRecord | null
    beforeAll(async () => {
      database = await openFrom(source)
      registry = await openRegistry(database)
      await seedOddRegistry(registry.store)
      runOf = await loadRuns(registry)
    })
    afterAll(async () => {
      await database.close()
      await source.dispose()
    })
    const listModels = (query: Partial<ListQuery<ModelFilter, ModelOrder>>) =>
      registry.adapter.models.list(
        { ...everything, order: [{ field: 'name', direction: 'asc' }], ...query },
        newCall(),
      )
    const listVersions = (query: Partial<ListQuery<VersionFilter, VersionOrder>>) =>
      registry.adapter.versions.list(
        { ...everything, order: [{ field: 'model', direction: 'asc' }], ...query },
        newCall(),
      )
    const metricsOf = (row: ModelVersionRecord) => (key: string) => {
      const value = runOf(row)?.metrics.find((metric) => metric.key === key)?.value
      return value === undefined || Number.isNaN(value) ? null : value
    }
    const modelPlace = (order: readonly ModelOrder[], row: { name: string }) => ({
      values: modelOrderValues(order, row as never),
      name: row.name,
      version: null,
    })
    const versionPlace = (order: readonly VersionOrder[], row: ModelVersionRecord) => ({
      values: versionOrderValues(order, row, metricsOf(row)),
      name: row.modelName,
      version: row.version,
    })

    test('any filter of models gives what brute force gives', async () => {
      const { items: all } = await listModels({})
      await fc.assert(
        fc.asyncProperty(modelFilters, async (filter) => {
          const { items, residue } = await listModels({ filter })
          const names = items.filter((row) => matchesModel(residue, row)).map(({ name }) => name)
          expect(names).toEqual(all.filter((row) => matchesModel(filter, row)).map(({ name }) => name))
        }),
        runs,
      )
    })

    test('any filter of versions gives what brute force gives', async () => {
      const { items: all } = await listVersions({})
      const matching = (filter: VersionFilter | null, rows: readonly ModelVersionRecord[]) =>
        rows
          .filter((record) =>
            matchesVersion(filter, { record, aliases: record.aliases ?? [], run: runOf(record) }),
          )
          .map(({ modelName, version }) => [modelName, version])
      await fc.assert(
        fc.asyncProperty(versionFilters, async (filter) => {
          const { items, residue } = await listVersions({ filter })
          expect(matching(residue, items)).toEqual(matching(filter, all))
        }),
        runs,
      )
    })

    test('a filter leaves nothing to the gateway', async () => {
      await fc.assert(
        fc.asyncProperty(versionFilters, async (filter) => {
          expect((await listVersions({ filter, limit: 1 })).residue).toBeNull()
        }),
        { numRuns: 30 },
      )
    })

    test('pages of models of any size are the whole list in order', async () => {
      const { items: all } = await listModels({})
      await fc.assert(
        fc.asyncProperty(modelOrders, fc.integer({ min: 1, max: 9 }), async (order, limit) => {
          const rows = await readAll((page: ModelQuery) => registry.adapter.models.list(page, newCall()), {
            ...everything,
            order,
            limit,
          })
          const sorted = all.toSorted((a, b) =>
            comparePositions(order, modelPlace(order, a), modelPlace(order, b)),
          )
          expect(rows.map(({ name }) => name)).toEqual(sorted.map(({ name }) => name))
        }),
        { numRuns: 40 },
      )
    })

    test('pages of versions of any size are the whole list in order', async () => {
      const { items: all } = await listVersions({})
      await fc.assert(
        fc.asyncProperty(versionOrders, fc.integer({ min: 3, max: 20 }), async (order, limit) => {
          const rows = await readAll(
            (page: VersionQuery) => registry.adapter.versions.list(page, newCall()),
            {
              ...everything,
              order,
              limit,
            },
          )
          const sorted = all.toSorted((a, b) =>
            comparePositions(order, versionPlace(order, a), versionPlace(order, b)),
          )
          expect(rows).toEqual(sorted)
        }),
        { numRuns: 40 },
      )
    })

    test('after any place, be it of a row of another kind of registry, no row is missing', async () => {
      const { items: models } = await listModels({})
      const { items: versions } = await listVersions({})
      await fc.assert(
        fc.asyncProperty(
          modelOrders,
          versionOrders,
          fc.infiniteStream(positions),
          async (byModel, byVersion, places) => {
            const modelAfter = toPosition(byModel, places)
            const names = (await listModels({ order: byModel, after: modelAfter })).items.map(
              ({ name }) => name,
            )
            const later = models.filter(
              (row) => comparePositions(byModel, modelPlace(byModel, row), modelAfter) > 0,
            )
            expect(names).toEqual(expect.arrayContaining(later.map(({ name }) => name)))

            const versionAfter = toPosition(byVersion, places)
            const rows = (await listVersions({ order: byVersion, after: versionAfter })).items
            const laterRows = versions.filter(
              (row) => comparePositions(byVersion, versionPlace(byVersion, row), versionAfter) > 0,
            )
            expect(rows).toEqual(expect.arrayContaining(laterRows))
          },
        ),
        { numRuns: 60 },
      )
    })

    test('after a row of its own come exactly the later ones', async () => {
      const { items: all } = await listVersions({})
      await fc.assert(
        fc.asyncProperty(versionOrders, fc.nat(all.length - 1), async (order, index) => {
          const sorted = all.toSorted((a, b) =>
            comparePositions(order, versionPlace(order, a), versionPlace(order, b)),
          )
          const after = { ...versionPlace(order, sorted[index] as ModelVersionRecord), hint: null }
          const later = sorted.slice(index + 1)
          expect((await listVersions({ order, after })).items).toEqual(later)
        }),
        { numRuns: 60 },
      )
    })

    test('filters that are too large for a statement are answered all the same', async () => {
      const { items: all } = await listModels({})
      const isFirst: ModelFilter = eqName(all[0]?.name ?? '')
      const deep = (depth: number): ModelFilter => {
        let filter = isFirst
        for (let level = 0; level < depth; level++) filter = { kind: 'not', filter }
        return filter
      }
      const wide: ModelFilter = {
        kind: 'or',
        filters: Array.from({ length: 2400 }, (_, index) => endOfName(`none ${index}`)).concat(isFirst),
      }
      const wider: ModelFilter = { kind: 'or', filters: Array(20_000).fill(isFirst) }
      const long: ModelFilter = {
        kind: 'text',
        field: 'name',
        tests: [
          {
            operator: 'in',
            values: Array.from({ length: 100_000 }, (_, i) => `none ${i}`).concat(all[0]?.name ?? ''),
            ignoreCase: false,
          },
        ],
      }
      for (const filter of [deep(48), deep(1000), wide, wider, long]) {
        const { items, residue } = await listModels({ filter })
        expect(items.filter((row) => matchesModel(residue, row)).map(({ name }) => name)).toEqual([
          all[0]?.name,
        ])
      }
      // A database would take seconds to plan it: the gateway checks it in turns.
      expect((await listModels({ filter: wide })).residue).toEqual(wide)
      expect((await listModels({ filter: long })).residue).toBeNull()
    })

    test('filters of thousands of conditions on tags hold nobody up', async () => {
      const filters = Array.from({ length: 2500 }, (_, index) => ({
        kind: 'tag' as const,
        key: `k${index}`,
        tests: [],
      }))
      const { items: all } = await listModels({})
      const startedAt = performance.now()
      const either = await listModels({ filter: { kind: 'or', filters } })
      const pinned: ModelFilter = {
        kind: 'and',
        filters: [eqName(all[0]?.name ?? ''), { kind: 'or', filters }],
      }
      const { items, residue } = await listModels({ filter: pinned })
      expect(performance.now() - startedAt).toBeLessThan(3000)
      expect(either.residue).toEqual({ kind: 'or', filters })
      expect([items.map(({ name }) => name), residue]).toEqual([[all[0]?.name], { kind: 'or', filters }])
    })

    test('each read is few statements, however many keys there are', async () => {
      const { items: models } = await listModels({})
      const { items: versions } = await listVersions({})
      const { adapter } = registry
      const names = models
        .map(({ name }) => name)
        .concat(Array.from({ length: 40_000 }, (_, index) => `none ${index}`))
      const keys = versions.map(({ modelName, version }) => ({ model: modelName, version }))
      const aliases = names.map((model) => ({ model, alias: 'champion' }))
      const statements = async (read: (call: ReturnType<typeof newCall>) => Promise<unknown>) => {
        const call = newCall()
        await read(call)
        return call.requests
      }
      expect(await statements((call) => adapter.models.get(names, call))).toBe(1)
      expect(
        await statements((call) =>
          adapter.models.list({ ...everything, order: [{ field: 'name', direction: 'asc' }] }, call),
        ),
      ).toBe(1)
      expect(await statements((call) => adapter.versions.get(keys, call))).toBe(1)
      expect(await statements((call) => adapter.versions.ofModels(names, 3, call))).toBe(2)
      expect(await statements((call) => adapter.versions.latest(names, call))).toBe(2)
      expect(await statements(async (call) => adapter.aliases?.resolve(aliases, call))).toBe(1)
      expect(await statements(async (call) => adapter.runs?.get(['run 1', 'run 2', 'none'], call))).toBe(3)
    })
  })
}

function eqName(value: string): ModelFilter {
  return { kind: 'text', field: 'name', tests: [{ operator: 'eq', value, ignoreCase: false }] }
}

function endOfName(value: string): ModelFilter {
  return { kind: 'text', field: 'name', tests: [{ operator: 'endsWith', value, ignoreCase: false }] }
}

function toPosition(order: readonly (ModelOrder | VersionOrder)[], places: fc.Stream<Arbitrary>): Position {
  const [own] = places.take(1)
  const { name, version } = own as Arbitrary
  const more = [...places.take(order.length)]
  const values = order.map(({ field }, index) => {
    const { text, version: other, time, metric } = more[index] as Arbitrary
    if (field === 'name' || field === 'model') return name ?? text
    if (field === 'version') return name === null ? other : version
    return field === 'metric' ? metric : time
  })
  return { values, name, version: name === null ? null : version, hint: null }
}

type Arbitrary = typeof positions extends fc.Arbitrary<infer Value> ? Value : never

async function readAll<Row, Filter, Order>(
  list: (query: ListQuery<Filter, Order>) => Promise<ListPage<Row, Filter>>,
  query: ListQuery<Filter, Order>,
): Promise<Row[]> {
  const page = await list(query)
  expect(page.ordered).toBe(true)
  expect(page.items.length).toBeLessThanOrEqual(query.limit)
  if (page.continuation === null) return [...page.items]
  return [...page.items, ...(await readAll(list, { ...query, continuation: page.continuation }))]
}

async function loadRuns({ adapter }: OpenRegistry): Promise<(row: ModelVersionRecord) => RunRecord | null> {
  const ids = Array.from({ length: 12 }, (_, index) => `run ${index}`)
  const found = (await adapter.runs?.get(ids, newCall())) ?? []
  return (row) =>
    (found.find((run) => (run as RunRecord | null)?.runId === row.runId) as RunRecord | undefined) ?? null
}

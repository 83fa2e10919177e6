import type { Adapter, ModelRecord, ModelVersionRecord } from '../../../src/contract/index.ts'

/** An adapter that gets one thing wrong, and the checks that are meant to see it. */
export interface WrongReader {
  readonly wrong: string
  readonly fails: readonly string[]
  spoil(adapter: Adapter): Adapter
}

type Models = Partial<Adapter['models']>
type Versions = Partial<Adapter['versions']>

export const withModels = (change: (models: Adapter['models']) => Models) => (adapter: Adapter) => ({
  ...adapter,
  models: { ...adapter.models, ...change(adapter.models) },
})
export const withVersions = (change: (versions: Adapter['versions']) => Versions) => (adapter: Adapter) => ({
  ...adapter,
  versions: { ...adapter.versions, ...change(adapter.versions) },
})

/** Changes each model that a list gives. */
export const listedModels = (change: (row: ModelRecord) => ModelRecord) =>
  withModels(({ list }) => ({ list: async (query, call) => mapItems(await list(query, call), change) }))

export const listedVersions = (change: (row: ModelVersionRecord) => ModelVersionRecord) =>
  withVersions(({ list }) => ({ list: async (query, call) => mapItems(await list(query, call), change) }))

export const gotModels = (change: (row: ModelRecord) => ModelRecord) =>
  withModels(({ get }) => ({
    get: async (names, call) =>
      (await get(names, call)).map((row) => (row && 'name' in row && 'tags' in row ? change(row) : row)),
  }))

export const everyModel = (change: (row: ModelRecord) => ModelRecord) => (adapter: Adapter) =>
  gotModels(change)(listedModels(change)(adapter))

function mapItems<Row, Page extends { readonly items: readonly Row[] }>(
  page: Page,
  change: (row: Row) => Row,
): Page {
  return { ...page, items: page.items.map(change) }
}

export const keptOrder = (sort: (rows: readonly ModelRecord[]) => ModelRecord[]) =>
  withModels(({ list }) => ({
    async list(query, call) {
      const page = await list({ ...query, limit: 10_000, continuation: null }, call)
      return query.order[0]?.field === 'name' && query.order[0].direction === 'asc'
        ? { ...page, items: sort(page.items) }
        : page
    },
  }))

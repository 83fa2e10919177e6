import type { FaultyBackend } from '../../../src/conformance/index.ts'
import type {
  Adapter,
  ModelFilter,
  ModelLeaf,
  ModelRecord,
  ModelVersionRecord,
  Outcome,
  RunRecord,
  VersionFilter,
  VersionLeaf,
} from '../../../src/contract/index.ts'
import type { MemoryStore } from '../memory/memory-store.ts'
import type { MemoryAdapter } from '../memory-adapter.ts'

/** An adapter that gets one thing wrong, and the checks that are meant to see it. */
export interface WrongReader {
  readonly wrong: string
  readonly fails: readonly string[]
  spoil(adapter: Adapter, store: MemoryStore): Adapter
  /** Where it is wrong only with a backend that hangs. */
  readonly connectHanging?: () => Adapter
  /** Where it is wrong only with a backend that fails. */
  readonly connectFaulty?: (backend: FaultyBackend) => Adapter
  /** Where it is wrong only with rows that come over HTTP. */
  readonly connectRows?: (adapter: MemoryAdapter, url: string) => Adapter
}

/** Of those that are wrong only with another backend. */
export const unspoilt = (adapter: Adapter) => adapter

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

const changeAll = <Row extends object>(
  outcomes: readonly Outcome<Row>[],
  change: (row: Row) => Row,
): Outcome<Row>[] => outcomes.map((row) => (row === null || row instanceof Error ? row : change(row)))

/** Changes each version, whichever way it is read. */
export const everyVersion =
  (change: (row: ModelVersionRecord) => ModelVersionRecord) =>
  (adapter: Adapter): Adapter => {
    const { versions, aliases } = adapter
    return {
      ...listedVersions(change)(adapter),
      versions: {
        ...listedVersions(change)(adapter).versions,
        get: async (keys, call) => changeAll(await versions.get(keys, call), change),
        ofModels: async (names, limit, call) =>
          changeAll(await versions.ofModels(names, limit, call), (row) => ({
            ...row,
            versions: row.versions.map(change),
          })),
        latest: async (names, call) =>
          changeAll(await versions.latest(names, call), (rows) => rows.map(change)),
      },
      ...(aliases === undefined
        ? {}
        : {
            aliases: { resolve: async (keys, call) => changeAll(await aliases.resolve(keys, call), change) },
          }),
    }
  }

export const everyRun =
  (change: (row: RunRecord) => RunRecord) =>
  (adapter: Adapter): Adapter => {
    const { runs } = adapter
    if (runs === undefined) return adapter
    return { ...adapter, runs: { get: async (ids, call) => changeAll(await runs.get(ids, call), change) } }
  }

export const withArtifacts =
  (change: (artifacts: NonNullable<Adapter['artifacts']>) => Partial<NonNullable<Adapter['artifacts']>>) =>
  (adapter: Adapter): Adapter => {
    const { artifacts } = adapter
    return artifacts === undefined
      ? adapter
      : { ...adapter, artifacts: { ...artifacts, ...change(artifacts) } }
  }

type AnyFilter<Leaf> =
  | { readonly kind: 'and' | 'or'; readonly filters: readonly AnyFilter<Leaf>[] }
  | { readonly kind: 'not'; readonly filter: AnyFilter<Leaf> }
  | Leaf

/** The filter with each leaf as the adapter takes it, from the innermost. */
function mapFilter<Leaf extends { readonly kind: string }>(
  filter: AnyFilter<Leaf>,
  change: (filter: AnyFilter<Leaf>) => AnyFilter<Leaf>,
): AnyFilter<Leaf> {
  if ('filters' in filter)
    return change({ ...filter, filters: filter.filters.map((inner) => mapFilter(inner, change)) })
  if ('filter' in filter) return change({ ...filter, filter: mapFilter(filter.filter, change) })
  return change(filter)
}

/** Asks its backend for something else than it was asked for. */
export const askedModels = (change: (filter: ModelFilter) => ModelFilter) =>
  withModels(({ list }) => ({
    list: (query, call) =>
      list(
        { ...query, filter: query.filter && (mapFilter<ModelLeaf>(query.filter, change) as ModelFilter) },
        call,
      ),
  }))

export const askedVersions = (change: (filter: VersionFilter) => VersionFilter) =>
  withVersions(({ list }) => ({
    list: (query, call) =>
      list(
        { ...query, filter: query.filter && (mapFilter<VersionLeaf>(query.filter, change) as VersionFilter) },
        call,
      ),
  }))

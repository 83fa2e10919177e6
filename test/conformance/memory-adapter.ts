import {
  type ConformanceFixture,
  matchesModel,
  matchesVersion,
  type VersionFacts,
} from '../../src/conformance/index.ts'
import {
  type Adapter,
  type Call,
  comparePositions,
  compareVersions,
  type ListPage,
  type ListQuery,
  type ModelOrder,
  type ModelRecord,
  type ModelVersionRecord,
  modelOrderValues,
  type Outcome,
  type Position,
  RegistryError,
  type RunRecord,
  type VersionOrder,
  versionOrderValues,
} from '../../src/contract/index.ts'

/** The contract in its plainest form: the reference that has to pass every check. */
export function createMemoryAdapter(fixture: ConformanceFixture): Adapter {
  const { models, versions, runs } = toRows(fixture)
  const byName = new Map(models.map((row) => [row.name, row]))
  const byKey = new Map(versions.map((row) => [key(row.record.modelName, row.record.version), row.record]))
  const ofModel = (name: string) =>
    versions
      .map(({ record }) => record)
      .filter(({ modelName }) => modelName === name)
      .toSorted((a, b) => compareVersions(b.version, a.version))
  let closed = false

  /** What every read begins with. */
  function enter(call: Call): void {
    if (closed) throw new RegistryError('REGISTRY_UNAVAILABLE', 'The registry is closed.')
    if (call.signal.aborted) throw new RegistryError('REGISTRY_TIMEOUT', 'The deadline has passed.')
    call.countRequest()
  }

  async function batch<Key, Value>(
    keys: readonly Key[],
    call: Call,
    find: (key: Key) => Outcome<Value>,
  ): Promise<readonly Outcome<Value>[]> {
    if (keys.length === 0) return []
    enter(call)
    return structuredClone(keys.map(find))
  }

  return {
    async describe() {
      return description
    },
    async health(call) {
      enter(call)
    },
    models: {
      get: (names, call) => batch(names, call, (name) => byName.get(name) ?? null),
      async list(query, call) {
        enter(call)
        const order: readonly ModelOrder[] = query.order
        const rows = models.filter((row) => matchesModel(query.filter, row))
        return page(query, rows, (row) => ({
          values: modelOrderValues(order, row),
          name: row.name,
          version: null,
        }))
      },
    },
    versions: {
      get: (keys, call) => batch(keys, call, ({ model, version }) => byKey.get(key(model, version)) ?? null),
      async list(query, call) {
        enter(call)
        const order: readonly VersionOrder[] = query.order
        const rows = versions.filter((row) => matchesVersion(query.filter, row))
        const { items, ...rest } = page(query, rows, (row) => positionOf(order, row))
        return { ...rest, items: items.map(({ record }) => record) }
      },
      ofModels: (names, limit, call) =>
        batch(names, call, (name) => {
          const own = ofModel(name)
          return byName.has(name) ? { versions: own.slice(0, limit), complete: own.length <= limit } : null
        }),
      latest: (names, call) =>
        batch(names, call, (name) => (byName.has(name) ? latestOf(ofModel(name)) : null)),
    },
    aliases: {
      resolve: (keys, call) =>
        batch(keys, call, ({ model, alias }) => {
          const held = byName.get(model)?.aliases.find(({ name }) => name === alias)
          return held === undefined ? null : (byKey.get(key(model, held.version)) ?? null)
        }),
    },
    runs: { get: (ids, call) => batch(ids, call, (id) => runs.get(id) ?? null) },
    artifacts: {
      locate: (keys, call) => batch(keys, call, ({ model, version }) => locate(byKey, key(model, version))),
      async list({ model, version }, _path, call) {
        enter(call)
        return byKey.has(key(model, version)) ? [] : null
      },
    },
    async close() {
      closed = true
    },
  }
}

const description = {
  serverVersion: null,
  levels: {
    aliases: 'NATIVE',
    stages: 'NATIVE',
    runs: 'NATIVE',
    artifacts: 'NATIVE',
    compareAndSet: 'NONE',
    idempotency: 'NONE',
  },
  stages: ['None', 'Staging', 'Production', 'Archived'],
  integerVersions: true,
  naming: {
    modelName: { pattern: '^[^]+$', words: 'one character or more' },
    alias: null,
    tagKey: null,
    tagValueMaxLength: null,
  },
  pushedDownFilters: [],
  pushedDownOrders: ['name'],
  notices: [],
} as const satisfies Awaited<ReturnType<Adapter['describe']>>

function key(model: string, version: string): string {
  return JSON.stringify([model, version])
}

function toRows(fixture: ConformanceFixture) {
  const runs = new Map<string, RunRecord>(fixture.runs.map((run) => [run.runId, run]))
  const versions: VersionFacts[] = fixture.models.flatMap((model) =>
    model.versions.map((version) => {
      const aliases = model.aliases
        .filter((alias) => alias.version === version.version)
        .map(({ name }) => name)
      const run = version.runId === null ? undefined : runs.get(version.runId)
      const { createdAt = null, updatedAt = null, ...rest } = version
      const none = { artifactUri: null, digest: null, sizeBytes: null }
      return {
        record: { ...rest, ...none, modelName: model.name, aliases, createdAt, updatedAt },
        aliases,
        run: run ?? null,
      }
    }),
  )
  const models: ModelRecord[] = fixture.models.map(
    ({ versions: _, createdAt = null, updatedAt = null, ...rest }) => {
      return { ...rest, createdAt, updatedAt, latestVersions: null }
    },
  )
  return { runs, versions, models }
}

function latestOf(own: readonly ModelVersionRecord[]): ModelVersionRecord[] {
  const last = own
    .toSorted((a, b) => (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0))
    .slice(0, 1)
  const staged = own.filter(({ stage }) => stage !== null)
  const heads = staged.filter((row, index) => staged.findIndex(({ stage }) => stage === row.stage) === index)
  return [...new Set([...heads, ...last])]
}

function locate(rows: ReadonlyMap<string, ModelVersionRecord>, name: string): string | null {
  const row = rows.get(name)
  if (row === undefined) return null
  const copied = /^models:\/(.*)\/([0-9]+)$/s.exec(row.source ?? '')
  return copied?.[1] && copied[2] ? locate(rows, key(copied[1], copied[2])) : row.source
}

function positionOf(order: readonly VersionOrder[], { record, run }: VersionFacts): Omit<Position, 'hint'> {
  const metric = (name: string) => {
    const value = run?.metrics.find((one) => one.key === name)?.value
    return value === undefined || Number.isNaN(value) ? null : value
  }
  return {
    values: versionOrderValues(order, record, metric),
    name: record.modelName,
    version: record.version,
  }
}

type Order = ModelOrder | VersionOrder

function page<Row, Filter>(
  query: ListQuery<Filter, Order>,
  matching: readonly Row[],
  place: (row: Row) => Omit<Position, 'hint'>,
): ListPage<Row, Filter> {
  const rows = matching
    .toSorted((a, b) => comparePositions(query.order, place(a), place(b)))
    .filter((row) => query.after === null || comparePositions(query.order, place(row), query.after) > 0)
  const start = query.continuation === null ? 0 : Number(query.continuation.replace(/^row:/, ''))
  if (query.continuation !== null && !/^row:[0-9]{1,9}$/.test(query.continuation)) {
    throw new RegistryError('BAD_USER_INPUT', 'The continuation is not one of this registry.')
  }
  const end = start + query.limit
  return {
    items: structuredClone(rows.slice(start, end)),
    hints: null,
    continuation: end < rows.length ? `row:${end}` : null,
    residue: null,
    ordered: true,
  }
}

import { matchesModel, matchesVersion, type VersionFacts } from '../../../src/conformance/index.ts'
import {
  type Adapter,
  type Call,
  comparePositions,
  type ListPage,
  type ListQuery,
  type ModelOrder,
  modelOrderValues,
  type Outcome,
  type Position,
  RegistryError,
  type VersionOrder,
  versionOrderValues,
} from '../../../src/contract/index.ts'
import type { MemoryGate } from './memory-gate.ts'
import { allVersions, latestOf, toModelRecord, toVersionRecord, versionsOf } from './memory-rows.ts'
import { findVersion, type MemoryStore } from './memory-store.ts'

type Reads = Required<Pick<Adapter, 'health' | 'models' | 'versions' | 'aliases' | 'runs' | 'artifacts'>>

export function createMemoryReads(store: MemoryStore, { enter }: MemoryGate): Reads {
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
    async health(call) {
      enter(call)
    },
    models: {
      get: (names, call) => batch(names, call, (name) => toModelRecord(store, name)),
      async list(query, call) {
        enter(call)
        const order: readonly ModelOrder[] = query.order
        const rows = [...store.models.keys()]
          .flatMap((name) => toModelRecord(store, name) ?? [])
          .filter((row) => matchesModel(query.filter, row))
        return page(query, rows, (row) => ({
          values: modelOrderValues(order, row),
          name: row.name,
          version: null,
        }))
      },
    },
    versions: {
      get: (keys, call) => batch(keys, call, (key) => toVersionRecord(store, key)),
      async list(query, call) {
        enter(call)
        const order: readonly VersionOrder[] = query.order
        const rows = allVersions(store).filter((row) => matchesVersion(query.filter, row))
        const { items, ...rest } = page(query, rows, (row) => positionOf(order, row))
        return { ...rest, items: items.map(({ record }) => record) }
      },
      ofModels: (names, limit, call) =>
        batch(names, call, (name) => {
          const own = versionsOf(store, name)
          return store.models.has(name)
            ? { versions: own.slice(0, limit), complete: own.length <= limit }
            : null
        }),
      latest: (names, call) =>
        batch(names, call, (name) => (store.models.has(name) ? latestOf(versionsOf(store, name)) : null)),
    },
    aliases: {
      resolve: (keys, call) =>
        batch(keys, call, ({ model, alias }) => {
          const version = store.models.get(model)?.aliases.get(alias)
          return version === undefined ? null : toVersionRecord(store, { model, version })
        }),
    },
    runs: { get: (ids, call) => batch(ids, call, (id) => store.runs.get(id) ?? null) },
    artifacts: {
      locate: (keys, call) => batch(keys, call, (key) => findVersion(store, key)?.place ?? null),
      async list(key, _path, call) {
        enter(call)
        return findVersion(store, key) === undefined ? null : []
      },
    },
  }
}

function positionOf(order: readonly VersionOrder[], { record, run }: VersionFacts): Place {
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

function page<Row, Filter>(
  query: ListQuery<Filter, ModelOrder | VersionOrder>,
  matching: readonly Row[],
  place: (row: Row) => Place,
): ListPage<Row, Filter> {
  const after = query.continuation === null ? query.after : toPlace(query.continuation)
  const rows = matching
    .map((row) => ({ row, place: place(row) }))
    .filter((one) => after === null || comparePositions(query.order, one.place, after) > 0)
    .toSorted((a, b) => comparePositions(query.order, a.place, b.place))
  const given = rows.slice(0, query.limit)
  const last = given.at(-1)
  return {
    items: given.map(({ row }) => row),
    hints: null,
    continuation: last === undefined || given.length === rows.length ? null : toContinuation(last.place),
    residue: null,
    ordered: true,
  }
}

type Place = Omit<Position, 'hint'>

/** JSON has no infinities. */
function toContinuation({ values, name, version }: Place): string {
  const written = values.map((value) => (typeof value === 'number' ? [String(value)] : value))
  return `row:${JSON.stringify([written, name, version])}`
}

function toPlace(continuation: string): Place {
  if (!continuation.startsWith('row:'))
    throw new RegistryError('BAD_USER_INPUT', 'The continuation is not one of this registry.')
  const [written, name, version] = JSON.parse(continuation.slice('row:'.length))
  return {
    values: written.map((value: unknown) => (Array.isArray(value) ? Number(value[0]) : value)),
    name,
    version,
  }
}

import {
  type Adapter,
  type Call,
  compareCodePoints,
  comparePositions,
  compareVersions,
  type ListPage,
  type ListQuery,
  type ModelOrder,
  type ModelRecord,
  type ModelVersionRecord,
  modelOrderValues,
  type RunRecord,
  type VersionOrder,
  versionOrderValues,
} from '../../../src/contract/index.ts'

interface Behaviour {
  /** Called before every answer; may throw, wait, or never end. */
  before: (operation: string, call: Call) => Promise<void> | void
  /** How the backend sorts: by code point, or as it pleases while it claims the asked order. */
  sort: 'asAsked' | 'asStored' | 'falselyClaimed'
  /** At most so many rows a page, whatever is asked for. */
  maxPage: number
}

/** A registry in memory with the behaviour a test asks for. Pushes nothing down. Offsets as continuations. */
export class StoredRegistry {
  readonly models: ModelRecord[] = []
  readonly versions: ModelVersionRecord[] = []
  readonly runs: RunRecord[] = []
  readonly calls: string[] = []
  readonly behaviour: Behaviour = { before: () => {}, sort: 'asAsked', maxPage: 1000 }

  addModel(name: string, more: Partial<ModelRecord> = {}): void {
    this.models.push({
      name,
      description: null,
      tags: [],
      aliases: [],
      createdAt: new Date(1_700_000_000_000 + this.models.length),
      updatedAt: null,
      archived: false,
      latestVersions: null,
      ...more,
    })
  }

  addVersion(modelName: string, version: string, more: Partial<ModelVersionRecord> = {}): void {
    this.versions.push({
      modelName,
      version,
      description: null,
      tags: [],
      aliases: null,
      stage: 'None',
      archived: false,
      status: 'READY',
      statusMessage: null,
      source: `s3://bucket/${modelName}/${version}`,
      artifactUri: `s3://bucket/${modelName}/${version}`,
      runId: null,
      digest: null,
      sizeBytes: null,
      createdAt: new Date(1_700_000_000_000 + this.versions.length),
      updatedAt: null,
      createdBy: null,
      ...more,
    })
  }

  get adapter(): Adapter {
    const answer = async <T>(operation: string, call: Call, make: () => T): Promise<T> => {
      this.calls.push(operation)
      call.countRequest()
      await this.behaviour.before(operation, call)
      return make()
    }
    const find = (model: string, version: string) =>
      this.versions.find((row) => row.modelName === model && row.version === version) ?? null
    const ofModel = (name: string) =>
      this.versions
        .filter((row) => row.modelName === name)
        .toSorted((a, b) => compareVersions(b.version, a.version))
    const isThere = (name: string) => this.models.some((row) => row.name === name)
    return {
      describe: (call) =>
        answer('describe', call, () => ({
          serverVersion: '1',
          levels: {
            aliases: 'NATIVE',
            stages: 'NATIVE',
            runs: 'NATIVE',
            artifacts: 'NONE',
            compareAndSet: 'NONE',
            idempotency: 'NONE',
          },
          stages: ['None', 'Staging', 'Production', 'Archived'],
          integerVersions: true,
          naming: {
            modelName: null,
            alias: null,
            tagKey: null,
            tagValue: null,
            tagValueMaxLength: null,
            description: null,
          },
          pushedDownFilters: [],
          pushedDownOrders: [],
          notices: [],
        })),
      health: (call) => answer('health', call, () => undefined),
      models: {
        get: (names, call) =>
          answer('models.get', call, () =>
            names.map((name) => this.models.find((row) => row.name === name) ?? null),
          ),
        list: (query, call) =>
          answer('models.list', call, () =>
            this.#page(query, this.models, (row) => ({
              values: modelOrderValues(query.order as ModelOrder[], row),
              name: row.name,
              version: null,
            })),
          ),
      },
      versions: {
        get: (keys, call) =>
          answer('versions.get', call, () => keys.map(({ model, version }) => find(model, version))),
        list: (query, call) =>
          answer('versions.list', call, () =>
            this.#page(query, this.versions, (row) => ({
              values: versionOrderValues(query.order as VersionOrder[], row),
              name: row.modelName,
              version: row.version,
            })),
          ),
        ofModels: (names, limit, call) =>
          answer('versions.ofModels', call, () =>
            names.map((name) => {
              const rows = ofModel(name)
              return isThere(name) ? { versions: rows.slice(0, limit), complete: rows.length <= limit } : null
            }),
          ),
        latest: (names, call) =>
          answer('versions.latest', call, () => names.map((name) => (isThere(name) ? ofModel(name) : null))),
      },
      aliases: {
        resolve: (keys, call) =>
          answer('aliases.resolve', call, () =>
            keys.map(({ model, alias }) => {
              const aliases = this.models.find((row) => row.name === model)?.aliases ?? []
              const held = aliases.find(({ name }) => name === alias)
              return held ? find(model, held.version) : null
            }),
          ),
      },
      runs: {
        get: (runIds, call) =>
          answer('runs.get', call, () =>
            runIds.map((id) => this.runs.find((run) => run.runId === id) ?? null),
          ),
      },
      close: async () => {},
    }
  }

  #page<Row, Filter, Order extends ModelOrder | VersionOrder>(
    query: ListQuery<Filter, Order>,
    rows: readonly Row[],
    place: (row: Row) => { values: (string | number | null)[]; name: string; version: string | null },
  ): ListPage<Row, Filter> {
    const { sort, maxPage } = this.behaviour
    const ordered = sort !== 'asStored' && query.order.every(({ field }) => field !== 'metric')
    const all =
      sort === 'asAsked' && ordered
        ? rows.toSorted((a, b) => comparePositions(query.order, place(a), place(b)))
        : sort === 'falselyClaimed'
          ? rows.toSorted(
              (a, b) =>
                place(a).name.localeCompare(place(b).name, 'en') ||
                compareCodePoints(place(a).version ?? '', place(b).version ?? ''),
            )
          : [...rows]
    const { after } = query
    const start =
      query.continuation !== null
        ? Number(query.continuation)
        : after && sort === 'asAsked' && ordered
          ? Math.max(
              0,
              all.findIndex((row) => comparePositions(query.order, place(row), after) > 0),
            )
          : 0
    const nothingAfter =
      after &&
      ordered &&
      sort === 'asAsked' &&
      all.every((row) => comparePositions(query.order, place(row), after) <= 0)
    const from = nothingAfter ? all.length : start
    const end = from + Math.min(query.limit, maxPage)
    return {
      items: all.slice(from, end),
      hints: null,
      continuation: end < all.length ? String(end) : null,
      residue: query.filter,
      ordered,
    }
  }
}

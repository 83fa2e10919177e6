import type {
  Adapter,
  Call,
  ModelPage,
  ModelRecord,
  ModelVersionRecord,
  VersionPage,
} from '../../src/contract/index.ts'
import { compareCodePoints, compareVersions, RegistryError } from '../../src/contract/index.ts'

/** An adapter that gets one thing wrong, and the checks that are meant to see it. */
export interface WrongAdapter {
  readonly wrong: string
  readonly fails: readonly string[]
  spoil(adapter: Adapter): Adapter
}

type Models = Partial<Adapter['models']>
type Versions = Partial<Adapter['versions']>

const withModels = (change: (models: Adapter['models']) => Models) => (adapter: Adapter) => ({
  ...adapter,
  models: { ...adapter.models, ...change(adapter.models) },
})
const withVersions = (change: (versions: Adapter['versions']) => Versions) => (adapter: Adapter) => ({
  ...adapter,
  versions: { ...adapter.versions, ...change(adapter.versions) },
})

/** Changes each model that a list gives. */
const listedModels = (change: (row: ModelRecord) => ModelRecord) =>
  withModels(({ list }) => ({ list: async (query, call) => mapItems(await list(query, call), change) }))

const listedVersions = (change: (row: ModelVersionRecord) => ModelVersionRecord) =>
  withVersions(({ list }) => ({ list: async (query, call) => mapItems(await list(query, call), change) }))

const gotModels = (change: (row: ModelRecord) => ModelRecord) =>
  withModels(({ get }) => ({
    get: async (names, call) =>
      (await get(names, call)).map((row) => (row && 'name' in row && 'tags' in row ? change(row) : row)),
  }))

const everyModel = (change: (row: ModelRecord) => ModelRecord) => (adapter: Adapter) =>
  gotModels(change)(listedModels(change)(adapter))

function mapItems<Row, Page extends { readonly items: readonly Row[] }>(
  page: Page,
  change: (row: Row) => Row,
): Page {
  return { ...page, items: page.items.map(change) }
}

const keptOrder = (sort: (rows: readonly ModelRecord[]) => ModelRecord[]) =>
  withModels(({ list }) => ({
    async list(query, call) {
      const page = await list({ ...query, limit: 10_000, continuation: null }, call)
      return query.order[0]?.field === 'name' && query.order[0].direction === 'asc'
        ? { ...page, items: sort(page.items) }
        : page
    },
  }))

const timeless = (call: Call): Call => ({
  ...call,
  signal: new AbortController().signal,
  countRequest: () => call.countRequest(),
})

export const wrongAdapters: readonly WrongAdapter[] = [
  {
    wrong: 'has a facet that it says it has not',
    fails: ['MG-LIFE-002'],
    spoil: (adapter) => ({
      ...adapter,
      async describe(call) {
        const description = await adapter.describe(call)
        return { ...description, levels: { ...description.levels, artifacts: 'NONE' } }
      },
    }),
  },
  {
    wrong: 'answers after it was closed',
    fails: ['MG-LIFE-006'],
    spoil: (adapter) => ({ ...adapter, async close() {} }),
  },
  {
    wrong: 'describes a model otherwise in a list',
    fails: ['MG-IDENT-003'],
    spoil: listedModels((row) => ({ ...row, description: row.description?.trim().concat('.') ?? null })),
  },
  {
    wrong: 'gives the source of a version otherwise in a list',
    fails: ['MG-IDENT-004'],
    spoil: listedVersions((row) => ({ ...row, source: encodeURI(`${row.source} `) })),
  },
  {
    wrong: 'leaves a field out',
    fails: ['MG-IDENT-005'],
    spoil: gotModels(({ latestVersions: _, ...row }) => row as ModelRecord),
  },
  {
    wrong: 'finds models without regard to case',
    fails: ['MG-IDENT-006'],
    spoil: withModels(({ get }) => ({
      async get(names, call) {
        const exact = await get(names, call)
        const folded = await get(
          names.map((name) => name.replace(/TAGGED$/i, 'tagged')),
          call,
        )
        return exact.map((row, index) => row ?? folded[index] ?? null)
      },
    })),
  },
  {
    wrong: 'reads versions as numbers',
    fails: ['MG-IDENT-007'],
    spoil: withVersions(({ get }) => ({
      get: (keys, call) =>
        get(
          keys.map(({ model, version }) => ({ model, version: String(Number(version)) })),
          call,
        ),
    })),
  },
  {
    wrong: 'answers each distinct name once',
    fails: ['MG-BATCH-001', 'MG-BATCH-008', 'MG-BATCH-010'],
    spoil: withModels(({ get }) => ({ get: (names, call) => get([...new Set(names)], call) })),
  },
  {
    wrong: 'answers versions in the order of the backend',
    fails: ['MG-BATCH-002', 'MG-BATCH-009'],
    spoil: withVersions(({ get }) => ({
      async get(keys, call) {
        const outcomes = await get(keys, call)
        return keys.length > 20 && new Set(keys).size === keys.length ? outcomes : outcomes.toReversed()
      },
    })),
  },
  {
    wrong: 'asks the backend for no keys',
    fails: ['MG-BATCH-007'],
    spoil: withVersions(({ latest }) => ({
      latest(names, call) {
        if (names.length === 0) call.countRequest()
        return latest(names, call)
      },
    })),
  },
  {
    wrong: 'gives up on a batch with a NUL in it',
    fails: ['MG-IDENT-006', 'MG-BATCH-010'],
    spoil: withModels(({ get }) => ({
      async get(names, call) {
        if (names.some((name) => name.includes('\u0000')))
          throw new RegistryError('BAD_USER_INPUT', 'No NUL, please.')
        return get(names, call)
      },
    })),
  },
  {
    wrong: 'does not count its requests',
    fails: ['MG-BATCH-011'],
    spoil: (adapter) => ({ ...adapter, health: (call) => adapter.health({ ...call, countRequest() {} }) }),
  },
  {
    wrong: 'changes its mind about the residue',
    fails: ['MG-PAGE-005'],
    spoil: withModels(({ list }) => ({
      async list(query, call) {
        const page = await list(query, call)
        return query.continuation === null ? page : { ...page, residue: query.filter }
      },
    })),
  },
  {
    wrong: 'fails on a continuation that it does not know',
    fails: ['MG-PAGE-006'],
    spoil: withModels(({ list }) => ({
      list(query, call) {
        if (query.continuation?.startsWith('{')) throw new TypeError('offset is not a number')
        return list(query, call)
      },
    })),
  },
  {
    wrong: 'leaves the other rows out with the archived ones',
    fails: ['MG-PAGE-008'],
    spoil: withVersions(({ list }) => ({
      async list(query, call): Promise<VersionPage> {
        const page = await list(query, call)
        return query.includeArchived
          ? page
          : { ...page, items: page.items.filter(({ stage }) => stage !== 'Staging') }
      },
    })),
  },
  {
    wrong: 'keeps the place in a list between calls',
    fails: ['MG-PAGE-009'],
    spoil(adapter) {
      let running = 0
      return withModels(({ list }) => ({
        async list(query, call): Promise<ModelPage> {
          running++
          try {
            await new Promise((resolve) => setImmediate(resolve))
            const page = await list(query, call)
            return { ...page, items: running > 1 ? page.items.slice(1) : page.items }
          } finally {
            running--
          }
        },
      }))(adapter)
    },
  },
  {
    wrong: 'sorts by UTF-16 units and says that the order is kept',
    fails: ['MG-ORDER-001'],
    spoil: keptOrder((rows) => rows.toSorted((a, b) => (a.name < b.name ? -1 : 1))),
  },
  {
    wrong: 'sorts by a locale and says that the order is kept',
    fails: ['MG-ORDER-001', 'MG-ORDER-030'],
    spoil: keptOrder((rows) => rows.toSorted((a, b) => a.name.localeCompare(b.name, 'en'))),
  },
  {
    wrong: 'says of no order that it is kept',
    fails: ['MG-ORDER-003'],
    spoil: withModels(({ list }) => ({
      list: async (query, call) => ({ ...(await list(query, call)), ordered: false }),
    })),
  },
  {
    wrong: 'resumes behind all rows of the same values',
    fails: ['MG-ORDER-013'],
    spoil: withModels(({ list }) => ({
      list: (query, call) =>
        list(
          query.after?.name === null ? { ...query, after: { ...query.after, name: '\u{10ffff}' } } : query,
          call,
        ),
    })),
  },
  {
    wrong: 'looks for the row to resume at',
    fails: ['MG-ORDER-024'],
    spoil: withVersions(({ list }) => ({
      async list(query, call) {
        const page = await list(query, call)
        return query.after?.name?.endsWith('gone') ? { ...page, items: [], continuation: null } : page
      },
    })),
  },
  {
    wrong: 'sends patterns that it does not escape',
    fails: ['MG-FILTER-003'],
    spoil: withModels(({ list }) => ({
      list: (query, call) =>
        list(
          {
            ...query,
            filter: JSON.stringify(query.filter).includes('contains","value":"a_b"')
              ? { kind: 'and', filters: [] }
              : query.filter,
          },
          call,
        ),
    })),
  },
  {
    wrong: 'takes what is not there for another value',
    fails: ['MG-FILTER-006'],
    spoil: withModels(({ list }) => ({
      async list(query, call) {
        const page = await list(query, call)
        if (!JSON.stringify(query.filter).includes('"description","tests":[{"operator":"ne"')) return page
        const all = await list({ ...query, filter: null }, call)
        return {
          ...page,
          items: [...page.items, ...all.items.filter(({ description }) => description === null)],
        }
      },
    })),
  },
  {
    wrong: 'drops a metric that compares with infinity',
    fails: ['MG-FILTER-029'],
    spoil: withVersions(({ list }) => ({
      async list(query, call) {
        const page = await list(query, call)
        return /"metric".*"value":null/.test(JSON.stringify(query.filter))
          ? { ...page, items: page.items.slice(1) }
          : page
      },
    })),
  },
  {
    wrong: 'finds aliases without regard to case',
    fails: ['MG-ALIAS-002'],
    spoil: (adapter) => ({
      ...adapter,
      aliases: {
        async resolve(keys, call) {
          const exact = (await adapter.aliases?.resolve(keys, call)) ?? []
          const folded =
            (await adapter.aliases?.resolve(
              keys.map(({ model, alias }) => ({
                model,
                alias: alias.trim() === alias ? alias.toLowerCase() : alias,
              })),
              call,
            )) ?? []
          return exact.map((row, index) => row ?? folded[index] ?? null)
        },
      },
    }),
  },
  {
    wrong: 'has an alias `latest` on every model',
    fails: ['MG-ALIAS-003'],
    spoil: (adapter) => ({
      ...adapter,
      aliases: {
        async resolve(keys, call) {
          const found = (await adapter.aliases?.resolve(keys, call)) ?? []
          const first = await adapter.versions.get(
            keys.map(({ model }) => ({ model, version: '1' })),
            call,
          )
          return found.map((row, index) => (keys[index]?.alias === 'latest' ? (first[index] ?? null) : row))
        },
      },
    }),
  },
  {
    wrong: 'gives an error for an alias that is not there',
    fails: ['MG-ALIAS-004', 'MG-ALIAS-002', 'MG-ALIAS-003', 'MG-BATCH-003'],
    spoil: (adapter) => ({
      ...adapter,
      aliases: {
        resolve: async (keys, call) =>
          ((await adapter.aliases?.resolve(keys, call)) ?? []).map(
            (row) => row ?? new RegistryError('NOT_FOUND', 'No such alias.'),
          ),
      },
    }),
  },
  {
    wrong: 'lists models without their aliases',
    fails: ['MG-IDENT-003', 'MG-ALIAS-006'],
    spoil: listedModels((row) => ({ ...row, aliases: [] })),
  },
  {
    wrong: 'gives a version some of its aliases',
    fails: ['MG-ALIAS-007'],
    spoil: listedVersions((row) => ({ ...row, aliases: row.aliases?.slice(1) ?? null })),
  },
  {
    wrong: 'normalises the values of tags',
    fails: ['MG-TAG-001'],
    spoil: everyModel((row) => ({
      ...row,
      tags: row.tags.map(({ key, value }) => ({ key, value: value.normalize('NFC') })),
    })),
  },
  {
    wrong: 'sorts versions as texts',
    fails: ['MG-VERSION-001'],
    spoil: withVersions(({ ofModels }) => ({
      async ofModels(names, limit, call) {
        const outcomes = await ofModels(names, limit, call)
        return outcomes.map((one) =>
          one && 'versions' in one && limit > 100
            ? { ...one, versions: one.versions.toSorted((a, b) => compareCodePoints(b.version, a.version)) }
            : one,
        )
      },
    })),
  },
  {
    wrong: 'says that it gave all versions when it did not',
    fails: ['MG-VERSION-002'],
    spoil: withVersions(({ ofModels }) => ({
      ofModels: async (names, limit, call) =>
        (await ofModels(names, limit, call)).map((one) =>
          one && 'versions' in one ? { ...one, complete: true } : one,
        ),
    })),
  },
  {
    wrong: 'leaves archived versions out of the latest',
    fails: ['MG-VERSION-005'],
    spoil: withVersions(({ latest }) => ({
      latest: async (names, call) =>
        (await latest(names, call)).map((rows) =>
          Array.isArray(rows) ? rows.filter((row) => !row.archived) : rows,
        ),
    })),
  },
  {
    wrong: 'takes the highest version for the one created last',
    fails: ['MG-VERSION-005'],
    spoil: withVersions(({ latest }) => ({
      latest: async (names, call) =>
        (await latest(names, call)).map((rows) => {
          if (!Array.isArray(rows)) return rows
          const high = rows.toSorted((a, b) => compareVersions(b.version, a.version))
          return high.filter((row, index) => high.findIndex(({ stage }) => stage === row.stage) === index)
        }),
    })),
  },
  {
    wrong: 'cannot tell a model without versions from none',
    fails: ['MG-VERSION-004'],
    spoil: withVersions(({ ofModels }) => ({
      ofModels: async (names, limit, call) =>
        (await ofModels(names, limit, call)).map((one) => one ?? { versions: [], complete: true }),
    })),
  },
  {
    wrong: 'gives NaN as 0',
    fails: ['MG-RUN-002'],
    spoil: (adapter) => ({
      ...adapter,
      runs: {
        get: async (ids, call) =>
          ((await adapter.runs?.get(ids, call)) ?? []).map((run) =>
            run && 'metrics' in run
              ? { ...run, metrics: run.metrics.map((one) => ({ ...one, value: one.value || 0 })) }
              : run,
          ),
      },
    }),
  },
  {
    wrong: 'gives the name of a copy’s source for the place of its files',
    fails: ['MG-ARTIFACT-003'],
    spoil: (adapter) => ({
      ...adapter,
      artifacts: {
        list: async () => null,
        locate: async (keys, call) =>
          (await adapter.versions.get(keys, call)).map((row) => (row && 'source' in row ? row.source : row)),
      },
    }),
  },
  {
    wrong: 'does not look at the signal',
    fails: ['MG-CANCEL-001'],
    spoil: withVersions((versions) => ({
      list: (query, call) => versions.list(query, timeless(call)),
    })),
  },
]

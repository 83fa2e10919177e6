import { type ModelRecord, RegistryError } from '../../../src/contract/index.ts'
import { timeless } from '../timeless-call.ts'
import {
  gotModels,
  listedModels,
  listedVersions,
  type WrongReader,
  withModels,
  withVersions,
} from './wrong-reader.ts'

export const wrongWithRecords: readonly WrongReader[] = [
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
    wrong: 'shows tags where it says that there are none',
    fails: ['MG-TAG-003'],
    spoil: (adapter) => ({
      ...adapter,
      async describe(call) {
        const description = await adapter.describe(call)
        return { ...description, levels: { ...description.levels, tags: 'NONE' } }
      },
    }),
  },
  {
    wrong: 'compares and sets what it cannot write',
    fails: ['MG-LIFE-002'],
    spoil: ({ writes: _, ...adapter }) => adapter,
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
    wrong: 'takes the name of a stage or an alias for that of a version',
    fails: ['MG-IDENT-008'],
    spoil: (adapter) =>
      withVersions(({ get, latest }) => ({
        get: (keys, call) =>
          Promise.all(
            keys.map(async ({ model, version }) => {
              const [named = null] = await get([{ model, version }], call)
              if (named !== null) return named
              const [rows] = await latest([model], call)
              const staged = Array.isArray(rows) ? rows.find(({ stage }) => stage === version) : undefined
              const [held = null] = (await adapter.aliases?.resolve([{ model, alias: version }], call)) ?? []
              return staged ?? held
            }),
          ),
      }))(adapter),
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
    fails: ['MG-BATCH-002', 'MG-BATCH-009', 'MG-ARTIFACT-004'],
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
    fails: ['MG-BATCH-010', 'MG-IDENT-006'],
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
    wrong: 'does not look at the signal',
    fails: ['MG-CANCEL-001'],
    spoil: withVersions((versions) => ({
      list: (query, call) => versions.list(query, timeless(call)),
    })),
  },
]

import type { Adapter, ModelVersionRecord } from '../../../src/contract/index.ts'
import {
  everyModel,
  everyVersion,
  gotModels,
  type WrongReader,
  withModels,
  withVersions,
} from './wrong-reader.ts'

const withoutStages = (adapter: Adapter): Adapter => ({
  ...adapter,
  async describe(call) {
    const description = await adapter.describe(call)
    return { ...description, stages: [], levels: { ...description.levels, stages: 'NONE' } }
  },
})

export const wrongWithStoredRows: readonly WrongReader[] = [
  {
    wrong: 'cuts descriptions of models to what fits a column',
    fails: ['MG-IDENT-001'],
    spoil: everyModel((row) => ({ ...row, description: row.description?.slice(0, 20) ?? null })),
  },
  {
    wrong: 'gives everybody’s versions to the one who asks',
    fails: ['MG-IDENT-002'],
    spoil: everyVersion((row) => ({ ...row, createdBy: 'gateway@example.org' })),
  },
  {
    wrong: 'normalises the values of a version’s tags',
    fails: ['MG-TAG-002'],
    spoil: everyVersion((row) => ({
      ...row,
      tags: row.tags.map(({ key, value }) => ({ key, value: value.normalize('NFC') })),
    })),
  },
  {
    wrong: 'gives stages in small letters',
    fails: ['MG-VERSION-008'],
    spoil: everyVersion((row) => ({ ...row, stage: row.stage?.toLowerCase() ?? null })),
  },
  {
    wrong: 'gives a stage where there are none',
    fails: ['MG-VERSION-009'],
    spoil: withoutStages,
  },
  {
    wrong: 'gives no model that has no versions',
    fails: ['MG-VERSION-011', 'MG-VERSION-005'],
    spoil: withVersions(({ latest }) => ({
      latest: async (names, call) =>
        (await latest(names, call)).map((rows) => (Array.isArray(rows) && rows.length === 0 ? null : rows)),
    })),
  },
  {
    wrong: 'gives the highest version for all the latest ones that come with a model',
    fails: ['MG-VERSION-006'],
    spoil: (adapter) =>
      withModels(({ get }) => ({
        async get(names, call) {
          const heads = await adapter.versions.ofModels(names, 1, { ...call, countRequest() {} })
          return (await get(names, call)).map((row, index) => {
            const head = heads[index]
            if (row === null || row instanceof Error || !head || head instanceof Error) return row
            return { ...row, latestVersions: head.versions.slice(0, 1) }
          })
        },
      }))(adapter),
  },
  {
    wrong: 'takes a missing model for one without versions',
    fails: ['MG-VERSION-007'],
    spoil: withVersions(({ latest }) => ({
      latest: async (names, call) => (await latest(names, call)).map((rows) => rows ?? []),
    })),
  },
  {
    wrong: 'gives the versions of the model before for one that is not there',
    fails: ['MG-VERSION-003', 'MG-VERSION-004', 'MG-HIDDEN-001'],
    spoil: withVersions(({ ofModels }) => ({
      async ofModels(names, limit, call) {
        const known = (await ofModels(names, limit, call)).slice()
        for (const [index, row] of known.entries())
          known[index] = row ?? known[index - 1] ?? { versions: [{} as ModelVersionRecord], complete: true }
        return known
      },
    })),
  },
  {
    wrong: 'gives the first version for every alias',
    fails: ['MG-ALIAS-001', 'MG-BATCH-003'],
    spoil: (adapter) => ({
      ...adapter,
      aliases: {
        async resolve(keys, call) {
          const firsts = keys.map(({ model }) => ({ model, version: '1' }))
          const rows = (await adapter.aliases?.resolve(keys, call)) ?? []
          const others = await adapter.versions.get(firsts, call)
          return rows.map((row, index) => (row === null ? null : (others[index] ?? null)))
        },
      },
    }),
  },
  {
    wrong: 'gives a model by name without its aliases',
    fails: ['MG-ALIAS-005', 'MG-IDENT-003'],
    spoil: gotModels((row) => ({ ...row, aliases: [] })),
  },
  {
    wrong: 'gives aliases that nobody can follow',
    fails: ['MG-ALIAS-008'],
    spoil({ aliases: _, ...adapter }) {
      return {
        ...adapter,
        async describe(call) {
          const description = await adapter.describe(call)
          return { ...description, levels: { ...description.levels, aliases: 'NONE' } }
        },
      }
    },
  },
]

import { compareCodePoints, compareVersions } from '../../../src/contract/index.ts'
import { everyModel, type WrongReader, withVersions } from './wrong-reader.ts'

export const wrongWithReadVersions: readonly WrongReader[] = [
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
]

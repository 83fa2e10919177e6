import { type WrongReader, withVersions } from './wrong-reader.ts'

/** As a map of the answers comes out: each key once, and no place for what is missing. */
const distinct = <Key, Row>(keys: readonly Key[], rows: readonly Row[]): Row[] =>
  rows.filter((_, index) => keys.indexOf(keys[index] as Key) === index)

export const wrongWithBatches: readonly WrongReader[] = [
  {
    wrong: 'leaves out the runs that are not there',
    fails: ['MG-BATCH-004', 'MG-RUN-003', 'MG-RUN-005'],
    spoil: (adapter) => ({
      ...adapter,
      runs: {
        get: async (ids, call) => ((await adapter.runs?.get(ids, call)) ?? []).filter((run) => run !== null),
      },
    }),
  },
  {
    wrong: 'answers ofModels once for each distinct name',
    fails: ['MG-BATCH-005'],
    spoil: withVersions(({ ofModels }) => ({
      ofModels: async (names, limit, call) => distinct(names, await ofModels(names, limit, call)),
    })),
  },
  {
    wrong: 'answers latest once for each distinct name',
    fails: ['MG-BATCH-006'],
    spoil: withVersions(({ latest }) => ({
      latest: async (names, call) => distinct(names, await latest(names, call)),
    })),
  },
]

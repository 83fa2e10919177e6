import { type WrongReader, withModels, withVersions } from './wrong-reader.ts'

/** As a map of the answers comes out: each key once, and no place for what is missing. */
const distinct = <Key, Row>(keys: readonly Key[], rows: readonly Row[]): Row[] =>
  rows.filter((_, index) => keys.indexOf(keys[index] as Key) === index)

/** As of a backend with a limit that nobody looked up. */
const most = 256
const cut = <Key>(keys: readonly Key[]) => keys.slice(0, most)

export const wrongWithBatches: readonly WrongReader[] = [
  {
    wrong: 'answers resolve once for each distinct key',
    fails: ['MG-BATCH-003'],
    spoil: (adapter) => ({
      ...adapter,
      aliases: {
        async resolve(keys, call) {
          const names = keys.map(({ model, alias }) => JSON.stringify([model, alias]))
          return distinct(names, (await adapter.aliases?.resolve(keys, call)) ?? [])
        },
      },
    }),
  },
  {
    wrong: 'gets as many models as its backend gives at once',
    fails: ['MG-BATCH-008'],
    spoil: withModels(({ get }) => ({ get: (names, call) => get(cut(names), call) })),
  },
  {
    wrong: 'gets as many versions as its backend gives at once',
    fails: ['MG-BATCH-009'],
    spoil: withVersions(({ get }) => ({ get: (keys, call) => get(cut(keys), call) })),
  },
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

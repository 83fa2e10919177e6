import type { Adapter } from '../../../src/contract/index.ts'
import { RegistryError } from '../../../src/contract/index.ts'
import { createHttpAdapter } from '../http-adapter.ts'
import { impolitenesses } from '../impolite.ts'
import { type WrongWriter, withModels, withVersionReads, withVersions } from './wrong-writer.ts'

const withoutKeys = (adapter: Adapter): Adapter => ({
  ...adapter,
  async describe(call) {
    const description = await adapter.describe(call)
    return { ...description, levels: { ...description.levels, idempotency: 'NONE' } }
  },
})

export const wrongWithFailedWrites: readonly WrongWriter[] = [
  ...impolitenesses.map(
    ({ wrong, number, manners, also = [] }): WrongWriter => ({
      wrong: `${wrong}, of a write`,
      fails: [number, ...also].map((end) => `MG-WFAULT-${end}`),
      spoil: (adapter) => adapter,
      connectFaulty: ({ url }) => createHttpAdapter(url, manners),
    }),
  ),
  {
    wrong: 'sets the timer of a write to the time that is left, also when none is',
    fails: ['MG-WDEADLINE-001'],
    spoil: withModels(({ setTags }) => ({
      async setTags(name, tags, call) {
        AbortSignal.timeout(call.deadline - Date.now())
        return setTags(name, tags, call)
      },
    })),
  },
  {
    wrong: 'refuses keys that it does not heed',
    fails: ['MG-WKEY-009'],
    spoil: (adapter, store) =>
      withoutKeys(
        withVersions(({ create }) => ({
          async create(version, call) {
            if (version.idempotencyKey !== null) throw new RegistryError('UNSUPPORTED', 'No keys, please.')
            return create(version, call)
          },
        }))(adapter, store),
      ),
  },
  {
    wrong: 'takes the milliseconds of its backend for seconds',
    fails: ['MG-WTIME-001'],
    spoil: withVersionReads(({ get }) => ({
      get: async (keys, call) =>
        (await get(keys, call)).map((row) =>
          row === null || RegistryError.is(row)
            ? row
            : { ...row, createdAt: row.createdAt && new Date(row.createdAt.getTime() / 1000) },
        ),
    })),
  },
]

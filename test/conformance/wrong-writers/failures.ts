import type { Adapter, RegistryErrorCode } from '../../../src/contract/index.ts'
import { RegistryError } from '../../../src/contract/index.ts'
import { createHttpAdapter, secretToken } from '../http-adapter.ts'
import { impolitenesses } from '../impolite.ts'
import { type WrongWriter, withAliases, withModels, withVersionReads, withVersions } from './wrong-writer.ts'

const withoutKeys = (adapter: Adapter): Adapter => ({
  ...adapter,
  async describe(call) {
    const description = await adapter.describe(call)
    return { ...description, levels: { ...description.levels, idempotency: 'NONE' } }
  },
})

/** Adds to one kind of error what is nobody's business. */
function telling<T>(code: RegistryErrorCode, work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    if (!RegistryError.is(error) || error.code !== code) throw error
    const { message, current } = error
    throw new RegistryError(code, `${message} (https://gateway:${secretToken}@ml.example.org)`, { current })
  })
}

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
  ...(['NOT_FOUND', 'ALREADY_EXISTS', 'CONFLICT'] as const).map(
    (code): WrongWriter => ({
      wrong: `tells the address that it uses, with the password in it, in ${code}`,
      fails: ['MG-SECRET-005'],
      spoil: (adapter, store) =>
        withAliases(({ set }) => ({
          set: (key, version, expected, call) => telling(code, set(key, version, expected, call)),
        }))(
          {
            ...adapter,
            writes: {
              ...adapter.writes,
              models: {
                ...adapter.writes.models,
                create: (model, call) => telling(code, adapter.writes.models.create(model, call)),
                setTags: (name, tags, call) => telling(code, adapter.writes.models.setTags(name, tags, call)),
              },
            },
          },
          store,
        ),
    }),
  ),
]

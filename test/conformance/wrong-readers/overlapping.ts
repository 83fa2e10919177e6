import { setImmediate as turn } from 'node:timers/promises'
import { type WrongReader, withModels, withVersions } from './wrong-reader.ts'

/** Each takes the adapter for something that has one caller at a time. */
export const wrongWhenOverlapping: readonly WrongReader[] = [
  {
    wrong: 'keeps the names it was asked for while it waits',
    fails: ['MG-BATCH-012'],
    spoil: withModels(({ get }) => {
      let asked: readonly string[]
      return {
        async get(names, call) {
          asked = names
          await turn()
          return get(asked, call)
        },
      }
    }),
  },
  {
    wrong: 'keeps the signal of the last call for all of them',
    fails: ['MG-CANCEL-004'],
    spoil: withVersions(({ latest }) => {
      let signal: AbortSignal
      return {
        async latest(names, call) {
          signal = call.signal
          await turn()
          return latest(names, { ...call, signal })
        },
      }
    }),
  },
  {
    wrong: 'asks once for all what its backend is, by the signal of whoever comes first',
    fails: ['MG-CANCEL-004'],
    spoil(adapter) {
      let asked: Promise<unknown> | undefined
      return withModels(({ get }) => ({
        async get(names, call) {
          asked ??= turn().then(() => adapter.describe(call).then(() => adapter.health(call)))
          await asked.catch((error: unknown) => {
            asked = undefined
            throw error
          })
          return get(names, call)
        },
      }))(adapter)
    },
  },
]

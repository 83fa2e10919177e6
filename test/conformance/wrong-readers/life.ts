import { setTimeout as wait } from 'node:timers/promises'
import { type Adapter, type Call, RegistryError } from '../../../src/contract/index.ts'
import { createAskingAdapter } from '../asking-adapter.ts'
import { createHangingAdapter } from '../hanging-adapter.ts'
import { unspoilt, type WrongReader, withModels, withVersions } from './wrong-reader.ts'

const lingerMs = 2_000

/** Hears the signal, and takes its time. */
function createLingeringAdapter(): Adapter {
  const closing = new AbortController()
  const linger = (call: Call) =>
    new Promise<never>((_, reject) => {
      const fail = () => reject(new RegistryError('REGISTRY_TIMEOUT', 'No answer.'))
      closing.signal.addEventListener('abort', fail)
      call.signal.addEventListener('abort', () => setTimeout(fail, lingerMs))
      call.countRequest()
    })
  return createAskingAdapter(linger, () => closing.abort())
}

export const wrongInLife: readonly WrongReader[] = [
  {
    wrong: 'holds sources that are too long by its own rule',
    fails: ['MG-LIFE-003'],
    spoil: (adapter) => ({
      ...adapter,
      async describe(call) {
        const { naming, ...description } = await adapter.describe(call)
        return {
          ...description,
          naming: { ...naming, source: { pattern: '^.{1,9}$', words: '1 to 9 characters' } },
        }
      },
    }),
  },
  {
    wrong: 'has a naming rule in the dialect of another language',
    fails: ['MG-LIFE-001', 'MG-LIFE-003'],
    spoil: (adapter) => ({
      ...adapter,
      async describe(call) {
        const { naming, ...description } = await adapter.describe(call)
        return {
          ...description,
          naming: { ...naming, alias: { pattern: '(?P<name>\\w+)\\Z', words: 'words' } },
        }
      },
    }),
  },
  {
    wrong: 'asks for its health where nobody answers',
    fails: [
      'MG-LIFE-004',
      'MG-LIFE-005',
      'MG-LIFE-007',
      'MG-BATCH-011',
      'MG-CANCEL-002',
      'MG-DEADLINE-001',
      'MG-CANCEL-004',
    ],
    spoil: (adapter) => ({
      ...adapter,
      async health(call) {
        await adapter.health(call)
        throw new RegistryError('UNSUPPORTED', 'HTTP 404 at /health.')
      },
    }),
  },
  {
    wrong: 'fails when it is closed again',
    fails: ['MG-LIFE-005', 'MG-LIFE-006', 'MG-LIFE-009', 'MG-SECRET-004'],
    spoil(adapter) {
      let isClosed = false
      return {
        ...adapter,
        async close() {
          if (isClosed) throw new TypeError('The pool is gone.')
          isClosed = true
          await adapter.close()
        },
      }
    },
  },
  {
    wrong: 'closes what it opens with the first call only',
    fails: ['MG-LIFE-009', 'MG-LIFE-006', 'MG-LIFE-007', 'MG-CANCEL-004', 'MG-SECRET-004', 'MG-CHANGE-002'],
    spoil(adapter) {
      let pool: { end(): Promise<void> } | undefined
      return {
        ...adapter,
        async health(call) {
          pool ??= { end: adapter.close }
          return adapter.health(call)
        },
        async close() {
          if (pool === undefined) throw new TypeError("Cannot read properties of undefined (reading 'end')")
          await pool.end()
        },
      }
    },
  },
  {
    wrong: 'knows how to page only after it was described',
    fails: ['MG-LIFE-007', 'MG-CANCEL-004'],
    spoil(adapter) {
      let pageSize: number | undefined
      const { describe } = adapter
      const spoilt = withModels(({ list }) => ({
        async list(query, call) {
          if (pageSize === undefined) throw new RegistryError('REGISTRY_ERROR', 'pageSize is undefined')
          return list(query, call)
        },
      }))(adapter)
      return {
        ...spoilt,
        describe(call) {
          pageSize = 500
          return describe(call)
        },
      }
    },
  },
  {
    wrong: 'waits for calls under way when it is closed',
    fails: ['MG-LIFE-008'],
    spoil: unspoilt,
    connectHanging: () => ({ ...createHangingAdapter(), async close() {} }),
  },
  {
    wrong: 'reads an answer to its end, though nobody waits for it any more',
    fails: ['MG-CANCEL-002'],
    spoil: withVersions(({ latest }) => ({
      async latest(names, call) {
        const isWaited = !call.signal.aborted
        const answer = latest(names, call)
        if (isWaited && call.signal.aborted) await wait(lingerMs)
        return answer
      },
    })),
  },
  {
    wrong: 'waits for its backend a while longer than its caller does',
    fails: ['MG-CANCEL-003'],
    spoil: unspoilt,
    connectHanging: createLingeringAdapter,
  },
  {
    wrong: 'sets a timer to the time that is left, also when none is',
    fails: ['MG-DEADLINE-001'],
    spoil: withModels(({ get }) => ({
      async get(names, call) {
        AbortSignal.timeout(call.deadline - Date.now())
        return get(names, call)
      },
    })),
  },
]

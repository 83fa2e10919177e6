import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { type Adapter, defineAdapter } from '../../../src/contract/index.ts'
import { createMemoryAdapter } from '../../conformance/memory-adapter.ts'
import { storeAt } from './memory.ts'

const never = () => new Promise<never>(() => {})

const faults: Readonly<Record<string, (adapter: Adapter) => Promise<Adapter> | Adapter>> = {
  'hanging connect': never,
  'hanging close': (adapter) => ({ ...adapter, close: never }),
  'rejecting close': (adapter) => ({
    ...adapter,
    close: async () => {
      throw new Error('No end with the-token.')
    },
  }),
  'hanging health': (adapter) => ({ ...adapter, health: never }),
  'forgotten promise': (adapter) => ({
    ...adapter,
    async health() {
      // biome-ignore lint/nursery/noFloatingPromises: it is the fault.
      Promise.reject(new Error('Forgotten with the-token.'))
      await wait(1)
    },
  }),
  'late throw': (adapter) => ({
    ...adapter,
    async health() {
      setImmediate(() => {
        throw new Error('Too late.')
      })
      await wait(1)
    },
  }),
  'open timer': (adapter) => {
    setInterval(() => {}, 60_000)
    return adapter
  },
}

/** Passes what is asked of reads, but for its one fault. */
export default defineAdapter({
  contractVersion: 1,
  name: 'misbehaving',
  configSchema: z.strictObject({
    fault: z.enum(Object.keys(faults)),
    token: z.string().default('the-token'),
  }),
  connect: ({ fault }) => {
    const adapter = createMemoryAdapter(storeAt(fault))
    return faults[fault]?.(adapter) ?? adapter
  },
})

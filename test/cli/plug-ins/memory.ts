import { z } from 'zod'
import { defineAdapter } from '../../../src/contract/index.ts'
import { createMemoryStore, type MemoryStore } from '../../conformance/memory/memory-store.ts'
import { createMemoryAdapter } from '../../conformance/memory-adapter.ts'

const stores = new Map<string, MemoryStore>()

/** What is there of the backend at an address. */
export function storeAt(url: string): MemoryStore {
  const store = stores.get(url) ?? createMemoryStore({ prefix: '', models: [], runs: [] })
  stores.set(url, store)
  return store
}

export default defineAdapter({
  contractVersion: 1,
  name: 'memory',
  configSchema: z.strictObject({ url: z.string(), token: z.string().default('a-token') }),
  connect: ({ url }) => createMemoryAdapter(storeAt(url)),
})

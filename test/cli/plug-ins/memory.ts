import { z } from 'zod'
import { type Adapter, defineAdapter, RegistryError } from '../../../src/contract/index.ts'
import { createAskingAdapter } from '../../conformance/asking-adapter.ts'
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
  connect: ({ url, token }) =>
    url.startsWith('http://127.0.0.1:') ? createTalkative(token) : createMemoryAdapter(storeAt(url)),
})

/** Takes every failure for one of the backend, and says with what it has asked. */
function createTalkative(token: string): Adapter {
  const ask = async () => {
    throw new RegistryError('REGISTRY_ERROR', `Asked with ${token}, and failed.`)
  }
  return createAskingAdapter(ask, () => {})
}

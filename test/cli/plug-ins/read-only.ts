import { defineAdapter } from '../../../src/contract/index.ts'
import { createMemoryAdapter } from '../../conformance/memory-adapter.ts'
import memory, { storeAt } from './memory.ts'

export default defineAdapter({
  ...memory,
  name: 'read-only',
  connect({ url }) {
    const { writes: _, ...adapter } = createMemoryAdapter(storeAt(url))
    return adapter
  },
})

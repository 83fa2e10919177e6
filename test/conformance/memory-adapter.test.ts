import { afterAll, beforeAll, describe, it } from 'vitest'
import { describeConformance } from '../../src/conformance/index.ts'
import { createHangingAdapter } from './hanging-adapter.ts'
import { createHttpAdapter, secretToken } from './http-adapter.ts'
import { hideModel } from './memory/hide-model.ts'
import { createMemoryStore, type MemoryStore } from './memory/memory-store.ts'
import { createMemoryAdapter } from './memory-adapter.ts'

let store: MemoryStore
describeConformance(
  'the memory adapter',
  {
    connect: () => createMemoryAdapter(store),
    connectHanging: createHangingAdapter,
    connectFaulty: ({ url }) => createHttpAdapter(url),
    secrets: [secretToken],
    seed: (fixture) => {
      store = createMemoryStore(fixture)
      return { stored: fixture, notStored: [], hidden: [hideModel(store, `${fixture.prefix}hidden`)] }
    },
  },
  { describe, it, beforeAll, afterAll },
)

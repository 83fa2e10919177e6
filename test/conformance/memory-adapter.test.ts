import { afterAll, beforeAll, describe, it } from 'vitest'
import { type ConformanceFixture, describeConformance } from '../../src/conformance/index.ts'
import { createHangingAdapter } from './hanging-adapter.ts'
import { createMemoryAdapter } from './memory-adapter.ts'

let stored: ConformanceFixture
describeConformance(
  'the memory adapter',
  {
    connect: () => createMemoryAdapter(stored),
    connectHanging: createHangingAdapter,
    seed: (fixture) => {
      stored = fixture
      return { stored, notStored: [] }
    },
  },
  { describe, it, beforeAll, afterAll },
)

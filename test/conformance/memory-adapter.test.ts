import { afterAll, beforeAll, describe, it } from 'vitest'
import { type ConformanceFixture, describeConformance } from '../../src/conformance/index.ts'
import { createMemoryAdapter } from './memory-adapter.ts'

let stored: ConformanceFixture
describeConformance(
  'the memory adapter',
  {
    connect: () => createMemoryAdapter(stored),
    seed: (fixture) => {
      stored = fixture
      return { stored, notStored: [] }
    },
  },
  { describe, it, beforeAll, afterAll },
)

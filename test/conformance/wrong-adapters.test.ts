import { describe, expect, it } from 'vitest'
import { type ConformanceFixture, runChecks } from '../../src/conformance/index.ts'
import { createHangingAdapter } from './hanging-adapter.ts'
import { createMemoryAdapter } from './memory-adapter.ts'
import { wrongAdapters } from './wrong-adapters.ts'

describe('a wrong adapter fails the checks that are meant for it and no other', () => {
  it.each(wrongAdapters)('$wrong', async ({ fails, spoil }) => {
    let stored: ConformanceFixture
    const { results } = await runChecks({
      effort: 'quick',
      connect: () => spoil(createMemoryAdapter(stored)),
      connectHanging: createHangingAdapter,
      seed(fixture) {
        stored = fixture
        return { stored, notStored: [] }
      },
    })
    const failed = results.filter(({ state }) => state === 'failed').map(({ id }) => id)
    expect(failed.toSorted()).toEqual(fails.toSorted())
  })
})

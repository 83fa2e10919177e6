import { describe, expect, it } from 'vitest'
import { readChecks } from '../../src/conformance/checks/index.ts'
import { type Check, runChecks } from '../../src/conformance/index.ts'
import { createHangingAdapter } from './hanging-adapter.ts'
import { createMemoryStore, type MemoryStore } from './memory/memory-store.ts'
import { createMemoryAdapter } from './memory-adapter.ts'
import { type WrongAdapter, wrongAdapters } from './wrong-adapters.ts'

async function failedChecks(checks: readonly Check[], spoil: WrongAdapter['spoil']): Promise<string[]> {
  let store: MemoryStore
  const { results } = await runChecks({
    checks,
    effort: 'quick',
    connect: () => spoil(createMemoryAdapter(store)),
    connectHanging: createHangingAdapter,
    seed(fixture) {
      store = createMemoryStore(fixture)
      return { stored: fixture, notStored: [] }
    },
  })
  const failed = results.filter(({ state }) => state === 'failed')
  return failed.map(({ id }) => id).toSorted()
}

describe('an adapter that reads wrongly fails the checks that are meant for it and no other', () => {
  it.each(wrongAdapters)('$wrong', async ({ fails, spoil }) => {
    expect(await failedChecks(readChecks, spoil)).toEqual(fails.toSorted())
  })
})

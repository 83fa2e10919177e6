import { expect, it } from 'vitest'
import { runChecks } from '../../src/conformance/index.ts'
import { createHangingAdapter } from './hanging-adapter.ts'
import { createMemoryStore, type MemoryStore } from './memory/memory-store.ts'
import { createPendingImports } from './memory/pending-imports.ts'
import { createMemoryAdapter } from './memory-adapter.ts'

it('a registry that makes a version, then takes its files and then finalises it conforms', async () => {
  let store: MemoryStore
  const { conforms, results } = await runChecks({
    effort: 'quick',
    connect: () => createMemoryAdapter(store, createPendingImports),
    connectHanging: createHangingAdapter,
    seed(fixture) {
      store = createMemoryStore(fixture)
      return { stored: fixture, notStored: [] }
    },
  })
  expect(results.filter(({ state }) => state === 'failed' || state === 'warned')).toEqual([])
  expect(conforms).toBe(true)
  const own = results.filter(({ id }) => /^MG-(FINAL|UPLOAD|TRANSFER)-/.test(id))
  expect(own.filter(({ state }) => state !== 'passed')).toEqual([])
  expect(own.length).toBeGreaterThanOrEqual(25)
})

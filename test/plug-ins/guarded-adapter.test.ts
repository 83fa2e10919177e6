import { expect, it } from 'vitest'
import { runChecks } from '../../src/conformance/index.ts'
import { guardedAdapter } from '../../src/plug-ins/guarded-adapter.ts'
import { createMemoryStore, type MemoryStore } from '../conformance/memory/memory-store.ts'
import { createMemoryAdapter } from '../conformance/memory-adapter.ts'

it('an adapter with every facet passes the kit from behind the guard as it does without', async () => {
  let store: MemoryStore
  const log = { debug() {}, info() {}, warn() {}, error() {} }
  const plugIn = { name: 'memory', adapter: './memory.js' }
  const options = {
    effort: 'quick' as const,
    seed: (fixture: Parameters<typeof createMemoryStore>[0]) => {
      store = createMemoryStore(fixture)
      return { stored: fixture, notStored: [] }
    },
  }
  const guarded = await runChecks({
    ...options,
    connect: () => guardedAdapter(createMemoryAdapter(store), { plugIn, mostRows: 20_000, log }),
  })
  const plain = await runChecks({ ...options, connect: () => createMemoryAdapter(store) })
  const states = ({ results }: typeof plain) => results.map(({ id, state, reason }) => [id, state, reason])
  expect(states(guarded)).toEqual(states(plain))
  expect(guarded.results.filter(({ state }) => state === 'passed').length).toBeGreaterThan(150)
  expect(guarded.conforms).toBe(true)
})

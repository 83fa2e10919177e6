import { expect, it } from 'vitest'
import { type ConformanceFixture, runChecks, seedByWrites } from '../../src/conformance/index.ts'
import type { Adapter } from '../../src/contract/index.ts'
import { createHangingAdapter } from './hanging-adapter.ts'
import { createMemoryStore, type MemoryStore } from './memory/memory-store.ts'
import { createNotingAdapter, createTaglessAdapter } from './tagless-adapter.ts'

function withoutTags(fixture: ConformanceFixture): ConformanceFixture {
  const models = fixture.models.map((model) => ({
    ...model,
    tags: [],
    versions: model.versions.map((version) => ({ ...version, tags: [] })),
  }))
  return { ...fixture, models }
}

async function check(connect: (store: MemoryStore) => Adapter) {
  let store: MemoryStore
  const { conforms, results } = await runChecks({
    effort: 'quick',
    connect: () => connect(store),
    connectHanging: createHangingAdapter,
    seed(fixture) {
      const stored = withoutTags(fixture)
      store = createMemoryStore(stored)
      return { stored, notStored: [] }
    },
  })
  const idsOf = (wanted: string) => results.filter(({ state }) => state === wanted).map(({ id }) => id)
  return {
    conforms,
    failed: [...idsOf('failed'), ...idsOf('warned')],
    passed: idsOf('passed'),
    skipped: idsOf('skipped'),
  }
}

const aboutTags = /^MG-(TAG-00[12]|WTAG-|WRACE-00[45]|WKEY-010)/

it('a registry that keeps no tags conforms, and is asked for none', async () => {
  const { conforms, failed, passed, skipped } = await check(createTaglessAdapter)
  expect(failed).toEqual([])
  expect(conforms).toBe(true)
  expect(passed).toEqual(
    expect.arrayContaining(['MG-TAG-003', 'MG-WRITE-008', 'MG-WMODEL-001', 'MG-WCOPY-006']),
  )
  expect(passed.filter((id) => aboutTags.test(id))).toEqual([])
  expect(skipped).toContain('MG-WNOTE-001')
})

it('a registry with a place for notes keeps them, and still no tags', async () => {
  const { failed, passed } = await check(createNotingAdapter)
  expect(failed).toEqual([])
  expect(passed).toEqual(expect.arrayContaining(['MG-WNOTE-001', 'MG-WNOTE-002']))
})

it('its fixture is loaded by its own writes', async () => {
  const store = createMemoryStore({ prefix: '', models: [], runs: [] })
  const connect = () => createTaglessAdapter(store)
  const report = await runChecks({
    effort: 'quick',
    only: ['MG-TAG', 'MG-WTAG'],
    connect,
    seed: seedByWrites(connect),
  })
  expect(report.results.filter(({ state }) => state === 'failed' || state === 'warned')).toEqual([])
  expect(report.notStored.map(({ what }) => what)).toContain('tags')
})

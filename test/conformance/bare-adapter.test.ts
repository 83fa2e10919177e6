import { expect, it } from 'vitest'
import { readChecks } from '../../src/conformance/checks/index.ts'
import { writeChecks } from '../../src/conformance/checks/writes/index.ts'
import { type ConformanceFixture, runChecks } from '../../src/conformance/index.ts'
import type { Adapter } from '../../src/contract/index.ts'
import { createMemoryStore, type MemoryStore } from './memory/memory-store.ts'
import { createMemoryAdapter } from './memory-adapter.ts'

/** A registry of names, versions and tags and nothing else. */
function createBareAdapter(store: MemoryStore): Adapter {
  const { health, models, versions, close, ...adapter } = createMemoryAdapter(store)
  return {
    health,
    models,
    versions,
    close,
    async describe(call) {
      const description = await adapter.describe(call)
      const levels = {
        aliases: 'NONE',
        stages: 'NONE',
        runs: 'NONE',
        artifacts: 'NONE',
        compareAndSet: 'NONE',
        idempotency: 'NONE',
      } as const
      return { ...description, levels, stages: [], integerVersions: false }
    },
  }
}

function withoutTheRest(fixture: ConformanceFixture): ConformanceFixture {
  const models = fixture.models.map((model) => ({
    ...model,
    aliases: [],
    versions: model.versions.map((version) => ({ ...version, stage: null })),
  }))
  return { ...fixture, models, runs: [] }
}

it('a registry without the optional facets passes, and its checks are the negative ones', async () => {
  let store: MemoryStore
  const report = await runChecks({
    effort: 'quick',
    connect: () => createBareAdapter(store),
    seed(fixture) {
      const stored = withoutTheRest(fixture)
      store = createMemoryStore(stored)
      return { stored, notStored: [{ what: 'aliases', reason: 'there are none' }] }
    },
  })
  expect(report.results.filter(({ state }) => state === 'failed' || state === 'warned')).toEqual([])
  expect(report.conforms).toBe(true)
  const skipped = report.results.filter(({ state }) => state === 'skipped')
  const reads = new Set(readChecks.map(({ id }) => id))
  const reasons = (rows: typeof skipped) => rows.map(({ id, reason }) => `${id} ${reason}`)
  expect(reasons(skipped.filter(({ id }) => reads.has(id)))).toMatchSnapshot()
  const writes = writeChecks.filter(({ needs }) => !needs.includes('no writes'))
  expect(reasons(skipped.filter(({ id }) => !reads.has(id)))).toEqual(
    writes.map(({ id }) => `${id} the registry has no writes`),
  )
  const passed = report.results.filter(({ state }) => state === 'passed').map(({ id }) => id)
  expect(passed).toEqual(
    expect.arrayContaining(['MG-ALIAS-008', 'MG-VERSION-009', 'MG-RUN-007', 'MG-WRITE-002']),
  )
})

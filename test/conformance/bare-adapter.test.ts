import { expect, it } from 'vitest'
import { type ConformanceFixture, runChecks } from '../../src/conformance/index.ts'
import type { Adapter } from '../../src/contract/index.ts'
import { createMemoryAdapter } from './memory-adapter.ts'

/** A registry of names, versions and tags and nothing else. */
function createBareAdapter(fixture: ConformanceFixture): Adapter {
  const { aliases: _, runs: __, artifacts: ___, ...adapter } = createMemoryAdapter(fixture)
  return {
    ...adapter,
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
  let stored: ConformanceFixture
  const report = await runChecks({
    effort: 'quick',
    connect: () => createBareAdapter(stored),
    seed(fixture) {
      stored = withoutTheRest(fixture)
      return { stored, notStored: [{ what: 'aliases', reason: 'there are none' }] }
    },
  })
  expect(report.results.filter(({ state }) => state === 'failed')).toEqual([])
  expect(report.conforms).toBe(true)
  const skipped = report.results.filter(({ state }) => state === 'skipped')
  expect(skipped.map(({ id, reason }) => `${id} ${reason}`)).toMatchSnapshot()
  const passed = report.results.filter(({ state }) => state === 'passed').map(({ id }) => id)
  expect(passed).toEqual(expect.arrayContaining(['MG-ALIAS-008', 'MG-VERSION-009', 'MG-RUN-007']))
})

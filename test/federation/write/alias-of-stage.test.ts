import { expect, it } from 'vitest'
import { assignAliasToStage } from '../doubles/carry-out-by-name.ts'
import { openFederation, openSession } from '../doubles/open-federation.ts'
import { PlainRegistry } from '../doubles/plain-registry.ts'

it('an alias of a stage is set to no version that only a list still shows there', async () => {
  const registry = new PlainRegistry()
  registry.addVersion('m', {})
  const { adapter } = registry
  const versions = {
    ...adapter.versions,
    latest: async (...[names, call]: Parameters<typeof adapter.versions.latest>) =>
      (await adapter.versions.latest(names, call)).map((found) =>
        Array.isArray(found) ? found.map((version) => ({ ...version, stage: 'Production' })) : found,
      ),
  }
  const federation = openFederation({ main: { adapter: { ...adapter, versions } } })
  const model = { kind: 'key', registry: 'main', name: 'm' } as const
  const assigned = assignAliasToStage(openSession(federation), {
    model,
    alias: 'champion',
    stage: 'Production',
  })
  await expect(assigned).rejects.toMatchObject({
    error: { code: 'CONFLICT', retryable: true, nothingWritten: true },
  })
  expect(registry.count('aliases.set')).toBe(0)
})

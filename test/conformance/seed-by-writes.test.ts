import { describe, expect, it } from 'vitest'
import { createFixture, runChecks, seedByWrites } from '../../src/conformance/index.ts'
import { type Adapter, RegistryError } from '../../src/contract/index.ts'
import { createMemoryStore, type MemoryStore } from './memory/memory-store.ts'
import { createMemoryAdapter, type MemoryAdapter } from './memory-adapter.ts'

const fixture = createFixture('mine-')
const bare = { prefix: '', models: [], runs: [] }

function seedInto(store: MemoryStore, change: (adapter: MemoryAdapter) => Adapter = (adapter) => adapter) {
  return seedByWrites(() => change(createMemoryAdapter(store)))(fixture)
}

const refuse = (message: string) => async () => {
  throw new RegistryError('BAD_USER_INPUT', message)
}

describe('seedByWrites', () => {
  it('fills a registry so that every check passes on it, and takes it all out again', async () => {
    const store = createMemoryStore(bare)
    const connect = () => createMemoryAdapter(store)
    const report = await runChecks({ effort: 'quick', connect, seed: seedByWrites(connect) })
    expect(report.results.filter(({ state }) => state === 'failed' || state === 'warned')).toEqual([])
    expect(store.models.size).toBe(0)
  })

  it('says what it stored, with the numbers and stages of the backend', async () => {
    const { stored, notStored } = await seedInto(createMemoryStore(bare))
    expect(stored.models.map(({ name }) => name).toSorted()).toEqual(
      fixture.models.map(({ name }) => name).toSorted(),
    )
    const staged = stored.models.find(({ name }) => name === 'mine-staged')
    expect(staged?.versions.map(({ stage, status }) => [stage, status])).toEqual([
      ['None', 'READY'],
      ['Staging', 'READY'],
      ['Production', 'READY'],
      ['Production', 'READY'],
      ['Archived', 'READY'],
      ['Archived', 'READY'],
      ['None', 'READY'],
    ])
    expect(staged?.aliases).toEqual([{ name: 'old', version: '6' }])
    expect(stored.runs).toEqual([])
    expect(notStored.map(({ what }) => what)).toEqual([
      'runs',
      'times, status and creator of models and versions',
    ])
  })

  it('leaves out what the naming rules or the backend refuse, and says why', async () => {
    const { stored, notStored } = await seedInto(createMemoryStore(bare), (adapter) => ({
      ...adapter,
      describe: async (call) => {
        const description = await adapter.describe(call)
        const modelName = { pattern: '^[a-z-]+$', words: 'letters and "-"' }
        return { ...description, naming: { ...description.naming, modelName, tagValueMaxLength: 100 } }
      },
      writes: {
        ...adapter.writes,
        models: {
          ...adapter.writes.models,
          setTags: async (name, tags, call) =>
            tags.some(({ key }) => key === 'Team')
              ? refuse('Not Team.')()
              : adapter.writes.models.setTags(name, tags, call),
        },
        aliases: {
          ...adapter.writes.aliases,
          set: async (key, version, expected, call) =>
            key.alias === 'champion'
              ? refuse('Not champion.')()
              : adapter.writes.aliases.set(key, version, expected, call),
        },
      },
    }))
    const names = stored.models.map(({ name }) => name)
    expect(names).toContain('mine-alpha')
    expect(names).not.toContain('mine-Alpha')
    expect(notStored).toContainEqual({ what: 'the model "mine-Alpha"', reason: 'it must be letters and "-"' })
    const tagged = stored.models.find(({ name }) => name === 'mine-tagged')
    expect(tagged?.tags.map(({ key }) => key)).toContain('team')
    expect(tagged?.tags.map(({ key }) => key)).not.toContain('Team')
    expect(notStored).toContainEqual({
      what: 'the tag "Team": "of key 1" of the model "mine-tagged"',
      reason: 'Not Team.',
    })
    expect(notStored.map(({ reason }) => reason)).toContain('its value is longer than 100')
    const aliased = stored.models.find(({ name }) => name === 'mine-aliased')
    expect(aliased?.aliases.map(({ name }) => name)).toContain('Champion')
    expect(aliased?.aliases.map(({ name }) => name)).not.toContain('champion')
  })

  it('follows numbers and sources that are the backend’s own', async () => {
    const store = createMemoryStore(bare)
    const connect = () => createMemoryAdapter(store)
    const adapter = connect()
    const call = (await import('../../src/conformance/bench/create-call.ts')).createCall
    const seed = seedByWrites(
      () => ({
        ...adapter,
        writes: {
          ...adapter.writes,
          models: {
            ...adapter.writes.models,
            async create(model, own) {
              await adapter.writes.models.create(model, own)
              const plain = { model: model.name, source: 's3://x', runId: null, description: null }
              const version = await adapter.writes.versions.create(
                { ...plain, tags: [], idempotencyKey: null },
                call(1_000),
              )
              await adapter.writes.versions.delete({ model: model.name, version }, call(1_000))
            },
          },
        },
      }),
      { toSource: (source) => source.replace('s3://bucket', 'gs://mine') },
    )
    const { stored } = await seed(fixture)
    const copied = stored.models.find(({ name }) => name === 'mine-copied')
    expect(copied?.versions.map(({ version, source }) => [version, source])).toEqual([
      ['2', 'models:/mine-measured/2'],
      ['3', 'models:/mine-copied/2'],
    ])
    const aliased = stored.models.find(({ name }) => name === 'mine-aliased')
    expect(aliased?.aliases).toContainEqual({ name: 'champion', version: '3' })
    expect(aliased?.versions[0]?.source).toBe('gs://mine/models/41/1')
  })

  it('ends with the first failure that is none of the fixture’s, and leaves nothing', async () => {
    const store = createMemoryStore(bare)
    let writes = 0
    const seeding = seedInto(store, (adapter) => ({
      ...adapter,
      writes: {
        ...adapter.writes,
        versions: {
          ...adapter.writes.versions,
          async create(version, call) {
            writes++
            if (writes > 20) throw new RegistryError('REGISTRY_UNAVAILABLE', 'Gone.')
            return adapter.writes.versions.create(version, call)
          },
        },
      },
    }))
    await expect(seeding).rejects.toThrow('Gone.')
    expect(store.models.size).toBe(0)
  })

  it('refuses an adapter that cannot write, and one that stores nothing', async () => {
    const store = createMemoryStore(bare)
    const { writes, ...readOnly } = createMemoryAdapter(store)
    await expect(seedInto(store, () => readOnly)).rejects.toThrow('The adapter has no writes')
    const nothing = seedInto(store, (adapter) => ({
      ...adapter,
      writes: { ...writes, models: { ...writes.models, create: refuse('No models today.') } },
    }))
    await expect(nothing).rejects.toThrow('No model of the fixture could be stored: No models today. ')
    await expect(nothing).rejects.toThrow('begin with the option prefix, "mine-"')
  })

  it('answers no way back where models cannot be deleted', async () => {
    const seeded = await seedInto(createMemoryStore(bare), (adapter) => {
      const { delete: _, ...models } = adapter.writes.models
      return { ...adapter, writes: { ...adapter.writes, models } }
    })
    expect(seeded.remove).toBeUndefined()
  })
})

import { expect, it } from 'vitest'
import { openFederation, openSession } from './doubles/open-federation.ts'
import { PlainRegistry } from './doubles/plain-registry.ts'

/** A registry of two places whose reads of one model end when they are let go. */
function open() {
  const registry = new PlainRegistry()
  for (const model of ['a', 'b', 'c', 'd']) registry.addVersion(model, {})
  const { adapter } = registry
  const held: string[] = []
  let letGo = () => {}
  const gate = new Promise<void>((resolve) => {
    letGo = resolve
  })
  const get: typeof adapter.models.get = async (names, call) => {
    held.push(...names)
    if (!names.includes('d')) await gate
    return adapter.models.get(names, call)
  }
  const federation = openFederation(
    { main: { adapter: { ...adapter, models: { ...adapter.models, get } } } },
    { settings: { maxConcurrency: 2, timeoutMs: 5000 } },
  )
  const read = (lane: 'people' | 'background', model: string) =>
    openSession(federation, { lane }).registry('main').model(model)
  return { held, letGo: () => letGo(), read }
}

it('work of the gateway’s own takes no place of people, however much of it waits', async () => {
  const { held, letGo, read } = open()
  const own = ['a', 'b', 'c'].map((model) => read('background', model))
  await expect.poll(() => held).toEqual(['a'])
  const people = ['a', 'b'].map((model) => read('people', model))
  await expect.poll(() => held).toEqual(['a', 'a', 'b'])
  letGo()
  expect((await Promise.all([...own, ...people])).map((model) => model?.name)).toEqual([
    'a',
    'b',
    'c',
    'a',
    'b',
  ])
})

it('people do not wait for the same read of the gateway’s own that is still in line', async () => {
  const { held, letGo, read } = open()
  const own = ['a', 'd'].map((model) => read('background', model))
  await expect.poll(() => held).toEqual(['a'])
  expect((await read('people', 'd'))?.name).toBe('d')
  letGo()
  await Promise.all(own)
})

it('what the gateway asks for itself keeps people from nothing, however often it fails', async () => {
  const registry = new PlainRegistry()
  registry.addVersion('a', {})
  const { adapter } = registry
  let probes = 0
  const federation = openFederation(
    {
      main: {
        adapter: {
          ...adapter,
          health: async (call) => {
            probes++
            return adapter.health(call)
          },
          models: { ...adapter.models, list: () => new Promise(() => {}) },
        },
      },
    },
    { settings: { timeoutMs: 60, circuit: { failures: 2, probeIntervalMs: 60_000 } } },
  )
  const all = { filter: null, order: [], includeArchived: true, after: null, continuation: null }
  for (let count = 0; count < 3; count++) {
    const own = openSession(federation, { lane: 'background' }).registry('main')
    await expect(own.listModels({ ...all, limit: 1000 })).rejects.toThrow()
  }
  expect(probes).toBe(0)
  expect((await openSession(federation).registry('main').model('a'))?.name).toBe('a')
  await federation.close()
})

import { describe, expect, it } from 'vitest'
import { RegistryError } from '../../src/contract/index.ts'
import { setModelTags } from './doubles/carry-out-by-name.ts'
import { openFederation, openSession } from './doubles/open-federation.ts'
import { PlainRegistry } from './doubles/plain-registry.ts'

/** Reads answer what was there when they began, as soon as they are let go. */
function openSlowRegistry() {
  const registry = new PlainRegistry()
  registry.addVersion('m', {})
  const { adapter } = registry
  const gates: (() => void)[] = []
  let isSlow = false
  const slow = {
    ...adapter,
    models: {
      ...adapter.models,
      async get(...given: Parameters<typeof adapter.models.get>) {
        const found = await adapter.models.get(...given)
        if (isSlow) await new Promise<void>((open) => gates.push(open))
        return found
      },
    },
  }
  const federation = openFederation({ main: { adapter: slow } })
  return {
    registry,
    federation,
    gates,
    slowDown: (slowly: boolean) => {
      isSlow = slowly
    },
    read: async () =>
      (await openSession(federation).registry('main').model('m'))?.tags.map(({ value }) => value),
    write: (value: string) =>
      setModelTags(openSession(federation), { kind: 'key', registry: 'main', name: 'm' }, [
        { key: 'a', value },
      ]),
  }
}

const turn = () => new Promise((next) => setImmediate(next))

describe('a read that begins after a write was answered', () => {
  it('does not join one that began before it', async () => {
    const { gates, slowDown, read, write } = openSlowRegistry()
    slowDown(true)
    const before = read()
    const joined = read()
    await expect.poll(() => gates.length).toBe(1)
    await turn()
    slowDown(false)
    await write('new')
    expect(await read()).toEqual(['new'])
    expect(gates).toHaveLength(1)
    gates[0]?.()
    expect(await before).toEqual([])
    expect(await joined).toEqual([])
    expect(await read()).toEqual(['new'])
  })

  it('does not join one that began while it was written', async () => {
    const { registry, gates, slowDown, read, write } = openSlowRegistry()
    const reading = Promise.withResolvers<unknown>()
    registry.meddle = async (_, work) => {
      slowDown(true)
      reading.resolve(read())
      await expect.poll(() => gates.length).toBe(1)
      slowDown(false)
      return work()
    }
    await write('new')
    expect(await read()).toEqual(['new'])
    gates[0]?.()
    expect(await await reading.promise).toEqual([])
    expect(await read()).toEqual(['new'])
  })

  it('does not join one that began before a write whose outcome is not known', async () => {
    const { registry, gates, slowDown, read, write } = openSlowRegistry()
    slowDown(true)
    const before = read()
    await expect.poll(() => gates.length).toBe(1)
    slowDown(false)
    registry.meddle = async (_, work) => {
      await work()
      throw new RegistryError('REGISTRY_TIMEOUT', 'No answer.')
    }
    await expect(write('new')).rejects.toThrow('not known')
    expect(await read()).toEqual(['new'])
    gates[0]?.()
    expect(await before).toEqual([])
  })

  it('finds the write also in the session that wrote', async () => {
    const { federation } = openSlowRegistry()
    const session = openSession(federation)
    const tags = async () => (await session.registry('main').model('m'))?.tags.map(({ value }) => value)
    expect(await tags()).toEqual([])
    for (const value of ['1', '2', '3']) {
      await setModelTags(session, { kind: 'key', registry: 'main', name: 'm' }, [{ key: 'a', value }])
      expect(await tags()).toEqual([value])
    }
  })
})

import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Adapter, type Call, RegistryError } from '../../src/contract/index.ts'
import { listModels } from '../../src/federation/list/over-registries.ts'
import type { Federation } from '../../src/federation/session/federation.ts'
import { modelRequest } from './doubles/list-request.ts'
import { openFederation, openSession } from './doubles/open-federation.ts'
import { StoredRegistry } from './doubles/stored-registry.ts'

const timeoutMs = 200
const probeIntervalMs = 60_000
const never = () => new Promise<never>(() => {})
let federation: Federation

function open(adapter: Adapter, maxConcurrency = 8): void {
  const circuit = { failures: 5, probeIntervalMs }
  federation = openFederation({ registry: { adapter } }, { settings: { timeoutMs, maxConcurrency, circuit } })
}

/** A registry whose lists end as said, and whose health is as it is. */
function registryWith(list: (call: Call) => Promise<never>, health: () => Promise<void> = async () => {}) {
  const stored = new StoredRegistry()
  stored.addModel('a')
  stored.behaviour.before = async (operation, call) => {
    if (operation === 'health') await health()
    if (operation === 'models.list') await list(call)
  }
  return stored
}

const list = (options = {}) => listModels(openSession(federation, options), modelRequest)
const write = (run: (call: Call) => Promise<void>, options = {}, signal?: AbortSignal) =>
  openSession(federation, options)
    .registry('registry')
    .write('versions.setTags', (_, call) => run(call), signal)
const isOpen = async () => {
  const [source] = (await list()).sources
  return source?.state === 'SKIPPED'
}

afterEach(() => federation.close())

describe('the circuit of a registry stays closed', () => {
  it('for writes whose clients are in a hurry, who are told of their own deadline', async () => {
    const stored = new StoredRegistry()
    open(stored.adapter)
    for (let count = 0; count < 12; count++) {
      const failing = write(never, { deadlineMs: 1 })
      await expect(failing).rejects.toMatchObject({
        error: { code: 'REGISTRY_TIMEOUT', message: expect.stringContaining('1 ms') },
      })
      await expect(failing).rejects.not.toMatchObject({
        error: { message: expect.stringContaining(`${timeoutMs}`) },
      })
    }
    expect(await isOpen()).toBe(false)
  })

  it('for reads that are given up at more than half of the time-out', async () => {
    const stored = registryWith(() => wait(timeoutMs * 0.9) as Promise<never>)
    open(stored.adapter)
    const words = new Set<string>()
    for (let count = 0; count < 6; count++) {
      const [source] = (await list({ deadlineMs: Math.round(timeoutMs * 0.7) })).sources
      words.add(source?.error?.message ?? '')
    }
    expect([...words]).toEqual([expect.stringContaining('140 ms')])
    expect([...words]).toEqual([expect.stringContaining('modelgate-deadline-ms')])
    stored.behaviour.before = () => {}
    expect(await isOpen()).toBe(false)
  })

  it('for writes that have lost the right to write', async () => {
    open(new StoredRegistry().adapter)
    for (let count = 0; count < 6; count++) {
      const lost = new AbortController()
      setTimeout(() => lost.abort(new RegistryError('REGISTRY_TIMEOUT', 'Held up.')), 5)
      await expect(write(never, {}, lost.signal)).rejects.toThrow('Held up.')
    }
    expect(await isOpen()).toBe(false)
  })

  it('for calls that found no place in time', async () => {
    let slow = true
    const stored = registryWith(() => (slow ? wait(timeoutMs * 0.8) : null) as Promise<never>)
    open(stored.adapter, 1)
    const states = await Promise.all(
      Array.from({ length: 12 }, async (_, index) => {
        const page = await listModels(openSession(federation), { ...modelRequest, first: index + 1 })
        return page.sources[0]?.state
      }),
    )
    expect(states.filter((state) => state === 'TIMEOUT')).toHaveLength(11)
    slow = false
    expect(await isOpen()).toBe(false)
  })

  it.each(['REGISTRY_ERROR', 'REGISTRY_UNAVAILABLE'] as const)(
    'for answers (%s) that only some requests get: its health is asked, once for so many',
    async (code) => {
      const stored = registryWith(async () => {
        throw new RegistryError(code, 'This request is too much.', { retryAfterMs: 1 })
      })
      open(stored.adapter)
      for (let count = 0; count < 12; count++) expect((await list()).sources[0]?.state).toBe('ERROR')
      expect(stored.calls.filter((call) => call === 'health')).toHaveLength(2)
    },
  )
})

describe('the circuit of a registry opens', () => {
  it('when it is not well either, before the answer that was one too many', async () => {
    const broken = async () => {
      throw new RegistryError('REGISTRY_ERROR', 'Broken.')
    }
    open(registryWith(broken, broken).adapter)
    for (let count = 0; count < 5; count++) expect((await list()).sources[0]?.state).toBe('ERROR')
    expect(await isOpen()).toBe(true)
  })

  it('when it hangs for its whole budget, also for those that began a little before it was asked', async () => {
    const stored = registryWith(never, never)
    open(stored.adapter)
    for (let count = 0; count < 5; count++) {
      const session = openSession(federation)
      await wait(timeoutMs / 4)
      session.registry('registry')
      const [source] = (await listModels(session, modelRequest)).sources
      expect(source).toMatchObject({ state: 'TIMEOUT', error: { code: 'REGISTRY_TIMEOUT' } })
    }
    expect(await isOpen()).toBe(true)
  })

  it('and closes at once when it was only some requests that hung', async () => {
    const stored = registryWith(never)
    open(stored.adapter)
    for (let count = 0; count < 5; count++) await list()
    stored.behaviour.before = () => {}
    await vi.waitFor(async () => expect(await isOpen()).toBe(false), { timeout: 500, interval: 10 })
  })
})

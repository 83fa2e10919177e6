import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it, vi } from 'vitest'
import { RegistryError } from '../../src/contract/index.ts'
import { listModels, listVersions } from '../../src/federation/list/over-registries.ts'
import { modelRequest } from './doubles/list-request.ts'
import { openFederation, openSession } from './doubles/open-federation.ts'
import { StoredRegistry } from './doubles/stored-registry.ts'

function twoRegistries() {
  const good = new StoredRegistry()
  const bad = new StoredRegistry()
  good.addModel('a')
  bad.addModel('b')
  return { good, bad }
}

const never = () => new Promise<void>(() => {})

describe('one registry in trouble', () => {
  it.each([
    ['hangs', never, { state: 'TIMEOUT', code: 'REGISTRY_TIMEOUT', retryable: true }],
    [
      'is rate limited',
      () => Promise.reject(new RegistryError('RATE_LIMITED', 'Slow down.', { retryAfterMs: 700 })),
      { state: 'ERROR', code: 'RATE_LIMITED', retryable: true },
    ],
    [
      'throws something of its own',
      () => Promise.reject(new TypeError('secret internals')),
      { state: 'ERROR', code: 'REGISTRY_ERROR', retryable: false },
    ],
  ])('that %s is a source status beside the rows of the others', async (_, before, expected) => {
    const registries = twoRegistries()
    registries.bad.behaviour.before = before
    const federation = openFederation(registries, { settings: { timeoutMs: 150 } })
    const startedAt = performance.now()
    const list = await listModels(openSession(federation), modelRequest)
    expect(performance.now() - startedAt).toBeLessThan(1000)
    expect(list.nodes.map(({ name }) => name)).toEqual(['a'])
    expect(list.complete).toBe(false)
    expect(list.totalCount).toBeNull()
    const [good, bad] = list.sources
    expect(good).toMatchObject({ state: 'OK', error: null })
    const { state, ...error } = expected
    expect(bad).toMatchObject({ state, error, asOf: null })
    expect(bad?.error?.message).not.toContain('secret')
  })

  it('stays incomplete on later pages, also when it is back', async () => {
    const registries = twoRegistries()
    registries.good.addModel('c')
    registries.bad.behaviour.before = () => Promise.reject(new RegistryError('REGISTRY_ERROR', 'Broken.'))
    const federation = openFederation(registries)
    const first = await listModels(openSession(federation), { ...modelRequest, first: 1 })
    registries.bad.behaviour.before = () => {}
    const after = first.cursors.cursorAt(0)
    const second = await listModels(openSession(federation), { ...modelRequest, after })
    expect(second.nodes.map(({ name }) => name)).toEqual(['b', 'c'])
    expect(second.sources.map(({ state }) => state)).toEqual(['OK', 'OK'])
    expect(second.complete).toBe(false)
  })

  it('that had all that is left leaves the cursor to go on from when it is back', async () => {
    const registries = twoRegistries()
    const federation = openFederation(registries)
    const page = (after: string | null) =>
      listModels(openSession(federation), { ...modelRequest, first: 1, after })
    const first = await page(null)
    const after = first.cursors.cursorAt(0)
    registries.bad.behaviour.before = () => Promise.reject(new RegistryError('REGISTRY_ERROR', 'Broken.'))
    const empty = await page(after)
    expect(empty).toMatchObject({ nodes: [], hasNextPage: false, complete: false })
    expect(empty.cursors.whenEmpty).toBe(after)
    registries.bad.behaviour.before = () => {}
    const second = await page(empty.cursors.whenEmpty)
    expect(second.nodes.map(({ name }) => name)).toEqual(['b'])
    const end = await page(second.cursors.cursorAt(0))
    expect(end).toMatchObject({ nodes: [], complete: true, cursors: { whenEmpty: null } })
  })

  it('is asked no more once its circuit is open, but for the probe, and comes back within a probe interval', async () => {
    const registries = twoRegistries()
    registries.bad.behaviour.before = () => Promise.reject(new RegistryError('REGISTRY_ERROR', 'Broken.'))
    const federation = openFederation(registries, {
      settings: { circuit: { failures: 5, probeIntervalMs: 100 } },
    })
    const ask = () => listModels(openSession(federation), modelRequest)
    for (let failure = 0; failure < 5; failure++) expect((await ask()).sources[1]?.state).toBe('ERROR')
    registries.bad.calls.length = 0
    const skipped = await ask()
    expect(skipped.sources[1]).toMatchObject({
      state: 'SKIPPED',
      latencyMs: null,
      error: {
        code: 'REGISTRY_UNAVAILABLE',
        retryable: true,
        message: expect.stringMatching(/open since .*next probe/),
      },
    })
    await vi.waitFor(() => expect(registries.bad.calls.length).toBeGreaterThan(1))
    expect(new Set(registries.bad.calls)).toEqual(new Set(['health']))
    registries.bad.behaviour.before = () => {}
    await vi.waitFor(async () => expect((await ask()).sources[1]?.state).toBe('OK'), {
      timeout: 400,
      interval: 20,
    })
    await federation.close()
  })

  it('is not blamed for a client in a hurry', async () => {
    const registries = twoRegistries()
    registries.bad.behaviour.before = () => wait(60)
    const federation = openFederation(registries)
    for (let request = 0; request < 10; request++) {
      const list = await listModels(openSession(federation, { deadlineMs: 5 }), modelRequest)
      expect(list.sources[1]?.state).toBe('TIMEOUT')
    }
    expect((await listModels(openSession(federation), modelRequest)).complete).toBe(true)
  })

  it('takes no time of the others for what is asked of them when it has been waited for', async () => {
    const registries = twoRegistries()
    registries.bad.behaviour.before = never
    const session = openSession(openFederation(registries, { settings: { timeoutMs: 500 } }))
    await listModels(session, modelRequest)
    const { good } = registries
    expect(await session.registry('good').model('b')).toBeNull()
    // It has its whole budget, however often it is asked, and no more.
    good.behaviour.before = () => wait(300)
    expect(await session.registry('good').model('c')).toBeNull()
    await expect(session.registry('good').model('d')).rejects.toMatchObject({
      error: { code: 'REGISTRY_TIMEOUT' },
    })
  })

  it('does not keep a client from its own deadline', async () => {
    const registries = twoRegistries()
    const session = openSession(openFederation(registries), { deadlineMs: 100 })
    await session.registry('good').model('a')
    await wait(150)
    await expect(session.registry('good').model('b')).rejects.toThrow("request's own deadline of 100 ms")
  })

  it('gets one more try when it was unavailable', async () => {
    const registries = twoRegistries()
    let tries = 0
    registries.bad.behaviour.before = () => {
      if (++tries === 1) throw new RegistryError('REGISTRY_UNAVAILABLE', 'The connection was reset.')
    }
    const session = openSession(openFederation(registries))
    expect((await listModels(session, modelRequest)).complete).toBe(true)
    expect(session.cost().upstreamRequests).toEqual({ good: 1, bad: 2 })
  })
})

describe('the log', () => {
  it('says once that a registry is away, and once that it is back', async () => {
    const lines: string[] = []
    const note = (level: string) => (_: object, message: string) => void lines.push(`${level}: ${message}`)
    const log = { debug: () => {}, info: note('info'), warn: note('warn'), error: note('error') }
    const registries = twoRegistries()
    const settings = { circuit: { failures: 2, probeIntervalMs: 20 } }
    const federation = openFederation(registries, { log, settings })
    const turns = () => lines.filter((line) => line.includes('registry is'))
    registries.bad.behaviour.before = () => Promise.reject(new RegistryError('REGISTRY_UNAVAILABLE', 'Gone.'))
    for (let asked = 0; asked < 5; asked++) await listModels(openSession(federation), modelRequest)
    expect(turns()).toEqual(['warn: registry is away'])
    registries.bad.behaviour.before = () => {}
    await vi.waitFor(() => expect(turns()).toEqual(['warn: registry is away', 'info: registry is back']))
    await federation.close()
  })
})

describe('a read under way', () => {
  it('is shared by everybody who asks for the same', async () => {
    const registry = new StoredRegistry()
    registry.addModel('a')
    registry.behaviour.before = () => wait(20)
    const federation = openFederation({ registry })
    const sessions = Array.from({ length: 32 }, () => openSession(federation))
    const lists = await Promise.all(sessions.map((session) => listModels(session, modelRequest)))
    expect(lists.every((list) => list.nodes.length === 1)).toBe(true)
    expect(registry.calls).toEqual(['models.list'])
    const costs = sessions.map((session) => session.cost())
    expect(costs.filter(({ upstreamRequests }) => upstreamRequests.registry === 1)).toHaveLength(1)
    expect(costs.filter(({ cacheHits }) => cacheHits.registry === 1)).toHaveLength(31)
  })

  it('is not shared by questions that differ in an infinity only', async () => {
    const registry = new StoredRegistry()
    registry.addModel('a')
    registry.addVersion('a', '1', { runId: 'run' })
    const run = {
      runId: 'run',
      name: null,
      status: null,
      startedAt: null,
      endedAt: null,
      params: [],
      url: null,
    }
    registry.runs.push({ ...run, metrics: [{ key: 'auc', value: 0.5, step: null }] })
    const session = openSession(openFederation({ registry }))
    const above = (value: number) =>
      listVersions(session, {
        ...modelRequest,
        order: null,
        filter: { kind: 'metric', key: 'auc', operator: 'gt', value },
      })
    const lists = await Promise.all([above(Number.POSITIVE_INFINITY), above(Number.NEGATIVE_INFINITY)])
    expect(lists.map((list) => list.nodes.length)).toEqual([0, 1])
    const cursor = lists[1]?.cursors.cursorAt(0) ?? ''
    const elsewhere = listVersions(session, {
      ...modelRequest,
      order: null,
      filter: { kind: 'metric', key: 'auc', operator: 'gt', value: Number.POSITIVE_INFINITY },
      after: cursor,
    })
    await expect(elsewhere).rejects.toMatchObject({ field: 'after' })
  })

  it('is broken off when the last one who waits has left, and not before', async () => {
    const registry = new StoredRegistry()
    let aborted = false
    registry.behaviour.before = async (_, call) => {
      call.signal.addEventListener('abort', () => {
        aborted = true
      })
      await never()
    }
    const federation = openFederation({ registry })
    const leaving = [new AbortController(), new AbortController()]
    const lists = leaving.map(({ signal }) => listModels(openSession(federation, { signal }), modelRequest))
    await vi.waitFor(() => expect(registry.calls).toHaveLength(1))
    leaving[0]?.abort()
    expect((await lists[0])?.sources[0]?.error?.code).toBe('REGISTRY_TIMEOUT')
    expect(aborted).toBe(false)
    leaving[1]?.abort()
    await lists[1]
    expect(aborted).toBe(true)
  })
})

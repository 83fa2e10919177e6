import { describe, expect, it, vi } from 'vitest'
import {
  type Check,
  type ConformanceFixture,
  createFixture,
  describeConformance,
  NotApplicable,
  type RunOptions,
  runChecks,
} from '../../src/conformance/index.ts'
import type { Adapter } from '../../src/contract/index.ts'
import { createMemoryStore, type MemoryStore } from './memory/memory-store.ts'
import { createMemoryAdapter } from './memory-adapter.ts'

function check(id: string, more: Partial<Check> = {}): Check {
  const text = { title: `About ${id}`, why: 'Because.', source: 'nowhere' }
  return { id, level: 'MUST', needs: [], ...text, run: async () => {}, ...more }
}

const fails = (message: string) => async () => {
  throw new Error(message)
}

function run(checks: readonly Check[], more: Partial<RunOptions> = {}) {
  let store: MemoryStore
  return runChecks({
    checks,
    connect: () => createMemoryAdapter(store),
    seed(fixture) {
      store = createMemoryStore(fixture)
      return { stored: fixture, notStored: [] }
    },
    ...more,
  })
}

describe('runChecks', () => {
  it('reports what passed, failed and was skipped', async () => {
    const seen = vi.fn()
    const checks = [
      check('A'),
      check('B', { level: 'SHOULD', run: fails('Not so.') }),
      check('C', { needs: ['no aliases'] }),
      check('D', { needs: ['hanging backend'] }),
      check('E', { run: async () => Promise.reject(new NotApplicable('what was stored holds no run')) }),
    ]
    const report = await run(checks, { onResult: seen })
    expect(report.conforms).toBe(true)
    expect(report.results.map(({ id, state, reason }) => [id, state, reason])).toEqual([
      ['A', 'passed', null],
      ['B', 'warned', 'Not so.'],
      ['C', 'skipped', 'the registry has aliases'],
      ['D', 'skipped', 'the option connectHanging is not given'],
      ['E', 'skipped', 'what was stored holds no run'],
    ])
    expect(seen.mock.calls.flat()).toEqual(report.results)
  })

  it('does not conform when a MUST failed', async () => {
    const report = await run([check('A', { run: fails('Not so.') })])
    expect(report.conforms).toBe(false)
  })

  it('takes a known deviation, and fails when it is mended', async () => {
    const deviations = { A: 'The backend rounds.' }
    const deviating = await run([check('A', { run: fails('Not so.') })], { deviations })
    expect(deviating).toMatchObject({
      conforms: true,
      results: [{ state: 'deviates', reason: 'The backend rounds.' }],
    })
    const mended = await run([check('A')], { deviations })
    expect(mended).toMatchObject({ conforms: false, results: [{ state: 'mended' }] })
  })

  it('runs those asked for, and refuses ids that no check has', async () => {
    const checks = [check('A'), check('B')]
    const { results } = await run(checks, { only: ['B'] })
    expect(results.map(({ id }) => id)).toEqual(['B'])
    await expect(run(checks, { only: ['C'] })).rejects.toThrow('There is no check C')
    const groups = await run([check('A-1'), check('A-2'), check('AB-1')], { only: ['A'] })
    expect(groups.results.map(({ id }) => id)).toEqual(['A-1', 'A-2'])
    await expect(run(checks, { deviations: { D: '' } })).rejects.toThrow('There is no check D')
  })

  it('ends a check that does not end', async () => {
    const { results } = await run([check('A', { run: () => new Promise(() => {}) })], { timeoutMs: 20 })
    expect(results).toMatchObject([{ state: 'failed', reason: 'the check has not finished after 20 ms' }])
  })

  it.each(['connect', 'describe', 'seed'] as const)('ends a run whose %s does not end', async (step) => {
    const never = () => new Promise<never>(() => {})
    const connect = () => ({ ...createMemoryAdapter(createMemoryStore(createFixture(''))), describe: never })
    const remove = vi.fn(async () => {})
    const seed = (fixture: ConformanceFixture) => ({ stored: fixture, notStored: [], remove })
    const hanging = { connect: { connect: never }, describe: { connect }, seed: { seed: never } }[step]
    const milliseconds = step === 'seed' ? 200 : 20
    await expect(run([check('A')], { seed, ...hanging, timeoutMs: 20 })).rejects.toThrow(
      `${step} has not finished after ${milliseconds} ms`,
    )
    expect(remove).toHaveBeenCalledTimes(step === 'seed' ? 0 : 1)
  })

  it('closes an adapter that was connected too late', async () => {
    const connecting = Promise.withResolvers<Adapter>()
    const closed = Promise.withResolvers<void>()
    const late = run([check('A')], { connect: () => connecting.promise, timeoutMs: 20 })
    await expect(late).rejects.toThrow('connect has not finished after 20 ms')
    const adapter = createMemoryAdapter(createMemoryStore(createFixture('')))
    connecting.resolve({ ...adapter, close: async () => closed.resolve() })
    await closed.promise
  })

  it.each([
    ['does not end', () => new Promise<never>(() => {}), 'close has not finished after 20 ms'],
    ['rejects', fails('No end.'), 'No end.'],
    [
      'throws',
      () => {
        throw new Error('No end.')
      },
      'No end.',
    ],
  ])('reports a close that %s, and takes the fixture out all the same', async (_, close, reason) => {
    let store: MemoryStore
    const remove = vi.fn(async () => {})
    const opens = check('B', { run: async ({ connect }) => void (await connect()) })
    const report = await run([check('A'), opens, check('C', { run: fails('Not so.') })], {
      connect: () => ({ ...createMemoryAdapter(store), close }),
      seed(fixture) {
        store = createMemoryStore(fixture)
        return { stored: fixture, notStored: [], remove }
      },
      timeoutMs: 20,
    })
    expect(report).toMatchObject({ conforms: false, outsideOfChecks: [reason] })
    expect(report.results.map((result) => result.reason)).toEqual([null, reason, 'Not so.'])
    expect(remove).toHaveBeenCalledOnce()
  })

  it('tells what a check found before what came of closing, and of closing before that nothing was tried', async () => {
    const close = fails('No end.')
    const runs = [fails('Not so.'), async () => Promise.reject(new NotApplicable('no run'))]
    const checks = runs.map((then, index) =>
      check(`A-${index}`, {
        async run({ connect }) {
          await connect()
          await then()
        },
      }),
    )
    let store: MemoryStore
    const { results } = await run(checks, {
      connect: () => ({ ...createMemoryAdapter(store), close }),
      seed(fixture) {
        store = createMemoryStore(fixture)
        return { stored: fixture, notStored: [] }
      },
    })
    expect(results.map(({ state, reason }) => [state, reason])).toEqual([
      ['failed', 'Not so.'],
      ['failed', 'No end.'],
    ])
  })

  it('does not conform when nothing was tried', async () => {
    const report = await run([check('A', { needs: ['no aliases'] })])
    expect(report).toMatchObject({ conforms: false, results: [{ state: 'skipped' }] })
  })

  it('tells of each check before it is run, and stops when it is told to', async () => {
    const stop = new AbortController()
    const seen = vi.fn()
    const checks = [check('A'), check('B', { run: async () => stop.abort() }), check('C')]
    const report = await run(checks, {
      signal: stop.signal,
      onCheck: ({ id }, ...place) => seen(id, ...place),
    })
    expect(seen.mock.calls).toEqual([
      ['A', 0, 3],
      ['B', 1, 3],
    ])
    expect(report.conforms).toBe(false)
    expect(report.results.map(({ state }) => state)).toEqual(['passed', 'passed'])
  })

  it('closes every adapter and takes the fixture out again', async () => {
    let store: MemoryStore
    const close = vi.fn()
    const remove = vi.fn(async () => {})
    const checks = [
      check('A', { run: async ({ connect }) => void (await connect()) }),
      check('B', { run: fails('No.') }),
    ]
    await run(checks, {
      connect: () => ({ ...createMemoryAdapter(store), close: async () => close() }),
      seed(fixture) {
        store = createMemoryStore(fixture)
        return { stored: fixture, notStored: [], remove }
      },
    })
    expect(close).toHaveBeenCalledTimes(2)
    expect(remove).toHaveBeenCalledOnce()
  })

  it('takes the fixture out again when the checks cannot be begun', async () => {
    const close = vi.fn()
    const remove = vi.fn(async () => {})
    const broken = run([check('A')], {
      connect: () => ({
        ...createMemoryAdapter(createMemoryStore(createFixture(''))),
        describe: fails('No description.'),
        close: async () => close(),
      }),
      seed: (fixture) => ({ stored: fixture, notStored: [], remove }),
    })
    await expect(broken).rejects.toThrow('No description.')
    expect(close).toHaveBeenCalledOnce()
    expect(remove).toHaveBeenCalledOnce()
  })

  it('counts the requests of a call and gives the fixture its prefix', async () => {
    const counted = check('A', {
      async run({ adapter, call, truth }) {
        const own = call()
        await adapter.models.get(['x'], own)
        expect(own.requests).toBe(1)
        expect(truth.models.every(({ name }) => name.startsWith('mine-'))).toBe(true)
      },
    })
    expect((await run([counted], { prefix: 'mine-' })).conforms).toBe(true)
  })
})

describe('describeConformance', () => {
  it('makes a test of each check for any runner', async () => {
    const tests = new Map<string, (test: { skip(reason?: string): void }) => Promise<void>>()
    const skip = vi.fn()
    const around: (() => Promise<void>)[] = []
    let store: MemoryStore
    describeConformance(
      'an adapter',
      {
        checks: [
          check('A'),
          check('B', { run: fails('Not so.') }),
          check('C', { level: 'SHOULD', run: fails('Better so.') }),
          check('D', { needs: ['no runs'] }),
        ],
        connect: () => createMemoryAdapter(store),
        seed(fixture) {
          store = createMemoryStore(fixture)
          return { stored: fixture, notStored: [] }
        },
      },
      {
        describe: (_, body) => body(),
        it: (name, body) => tests.set(name, body),
        beforeAll: (body) => around.unshift(body),
        afterAll: (body) => around.push(body),
      },
    )
    await around[0]?.()
    const outcome = async (id: string) => tests.get(`${id} About ${id}`)?.({ skip })
    await expect(outcome('A')).resolves.toBeUndefined()
    await expect(outcome('B')).rejects.toThrow('Not so.')
    await outcome('C')
    await outcome('D')
    await around[1]?.()
    expect(skip.mock.calls).toEqual([['warned: Better so.'], ['skipped: the registry has runs']])
  })
})

describe('createFixture', () => {
  it('has names, versions and aliases of their own, all below the prefix', () => {
    const { models, runs } = createFixture('mine-')
    expect(new Set(models.map(({ name }) => name)).size).toBe(models.length)
    expect(models.every(({ name }) => name.startsWith('mine-'))).toBe(true)
    for (const { versions, aliases, tags } of models) {
      expect(versions.map(({ version }) => version)).toEqual(versions.map((_, index) => String(index + 1)))
      expect(new Set(aliases.map(({ name }) => name)).size).toBe(aliases.length)
      expect(new Set(tags.map(({ key }) => key)).size).toBe(tags.length)
      expect(aliases.every(({ version }) => versions.some((one) => one.version === version))).toBe(true)
    }
    expect(runs.flatMap(({ metrics }) => metrics).map(({ value }) => value)).toEqual(
      expect.arrayContaining([Number.NaN, Infinity, -Infinity]),
    )
  })

  it('is the same each time', () => {
    expect(createFixture('mine-')).toEqual(createFixture('mine-'))
  })
})

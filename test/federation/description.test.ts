import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { RegistryError } from '../../src/contract/index.ts'
import type { Federation } from '../../src/federation/session/federation.ts'
import { openFederation, openSession } from './doubles/open-federation.ts'
import { StoredRegistry } from './doubles/stored-registry.ts'

describe('what a registry says of itself', () => {
  let stored: StoredRegistry
  let federation: Federation
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] })
    stored = new StoredRegistry()
    federation = openFederation(
      { registry: stored },
      { settings: { circuit: { failures: 1, probeIntervalMs: 50 } } },
    )
  })
  afterEach(async () => {
    vi.useRealTimers()
    await federation.close()
  })
  const registry = () => openSession(federation).registry('registry')
  const asked = () => stored.calls.filter((call) => call === 'describe').length
  const fail = (code: 'REGISTRY_UNAVAILABLE' | 'BAD_USER_INPUT') => () => {
    throw new RegistryError(code, 'No.')
  }

  it('is asked for once, and again after a minute', async () => {
    for (let request = 0; request < 3; request++) await registry().description()
    expect(asked()).toBe(1)
    vi.advanceTimersByTime(61_000)
    await registry().description()
    expect(asked()).toBe(2)
  })

  it('stands while it cannot be asked for again, and is asked for when the circuit closes', async () => {
    const before = await registry().description()
    vi.advanceTimersByTime(61_000)
    stored.behaviour.before = fail('REGISTRY_UNAVAILABLE')
    expect(await registry().description()).toBe(before)
    await expect(registry().health()).rejects.toMatchObject({
      error: { message: expect.stringMatching(/open/) },
    })
    stored.behaviour.before = () => {}
    await vi.waitFor(() => registry().health(), { interval: 10 })
    stored.calls.length = 0
    await registry().description()
    expect(asked()).toBe(1)
  })

  it('is asked for again when something is refused, though not for each refusal', async () => {
    await registry().description()
    stored.behaviour.before = fail('BAD_USER_INPUT')
    await expect(registry().health()).rejects.toThrow()
    stored.behaviour.before = () => {}
    await registry().description()
    expect(asked()).toBe(1)
    vi.advanceTimersByTime(2000)
    stored.behaviour.before = fail('BAD_USER_INPUT')
    await expect(registry().health()).rejects.toThrow()
    stored.behaviour.before = () => {}
    for (let request = 0; request < 3; request++) await registry().description()
    expect(asked()).toBe(2)
  })
})

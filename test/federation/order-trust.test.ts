import { afterEach, describe, expect, it, vi } from 'vitest'
import { OrderTrust } from '../../src/federation/registry/order-trust.ts'
import { liveHeap } from '../environment/live-collections.ts'

const silent = { debug() {}, info() {}, warn() {}, error() {} }

describe('the memory of broken orders', () => {
  afterEach(() => vi.useRealTimers())

  it('lasts for a minute', () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const trust = new OrderTrust('registry', silent)
    trust.noteBroken('name')
    expect([trust.isBroken('name'), trust.isBroken('other')]).toEqual([true, false])
    vi.advanceTimersByTime(60_001)
    expect(trust.isBroken('name')).toBe(false)
  })

  it('keeps the newest, and no text of a client', async () => {
    const trust = new OrderTrust('registry', silent)
    const order = (index: number) => `${index}-${'k'.repeat(500_000)}`
    const before = await liveHeap()
    for (let index = 0; index < 300; index++) trust.noteBroken(order(index))
    expect((await liveHeap()) - before).toBeLessThan(5_000_000)
    expect(trust.isBroken(order(299))).toBe(true)
    expect(trust.isBroken(order(0))).toBe(false)
  })
})

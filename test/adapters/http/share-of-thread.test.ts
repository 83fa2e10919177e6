import { beforeEach, describe, expect, it } from 'vitest'
import { noteGoesOn, SharedThread, ShareOfThread } from '../../../src/adapters/http/share-of-thread.ts'
import { newCall } from '../counted-call.ts'

const mebibyte = 1024 * 1024
const never = new AbortController().signal

/** Time goes by only while somebody waits. */
class TestClock {
  time = 5000
  readonly waits: number[] = []
  beforeWait: () => void = () => undefined

  now = () => this.time
  wait = async (milliseconds: number) => {
    this.beforeWait()
    this.waits.push(milliseconds)
    this.time += milliseconds
  }
}

describe('what one server may take of the thread', () => {
  let clock: TestClock
  let share: ShareOfThread
  let other: ShareOfThread
  beforeEach(() => {
    clock = new TestClock()
    const thread = new SharedThread(clock)
    share = new ShareOfThread(thread)
    other = new ShareOfThread(thread)
  })
  const isBusy = () => {
    clock.beforeWait = () => other.note()
    other.note()
  }
  const waited = async (work: () => Promise<unknown>) => {
    const since = clock.time
    await work()
    return clock.time - since
  }

  it('is everything while nobody else needs it', async () => {
    share.note()
    for (let part = 0; part < 100; part++) await share.take(mebibyte, never)
    expect(clock.waits).toEqual([])
  })

  it('is 4 MiB, and from then on 4 MiB a second, while others need it', async () => {
    isBusy()
    const take = async () => {
      for (let part = 0; part < 64; part++) await share.take(mebibyte / 16, never)
    }
    expect(await waited(take)).toBeLessThan(20)
    expect(await waited(take)).toBeCloseTo(1000, -2)
    expect(await waited(take)).toBeCloseTo(1000, -2)
  })

  it('is everything again when the others are gone, without debts', async () => {
    isBusy()
    for (let part = 0; part < 8; part++) await share.take(mebibyte, never)
    clock.beforeWait = () => undefined
    expect(await waited(() => share.take(40 * mebibyte, never))).toBeLessThan(150)
    clock.time += 2000
    isBusy()
    expect(await waited(() => share.take(mebibyte, never))).toBe(0)
  })

  it('is four times as much of files', async () => {
    isBusy()
    await share.take(4 * mebibyte, never)
    expect(
      await waited(async () => {
        for (let part = 0; part < 16; part++) await share.takeOfFile(mebibyte, never)
      }),
    ).toBeCloseTo(940, -2)
  })

  it('goes round by those who came first', async () => {
    isBusy()
    await share.take(5 * mebibyte, never)
    const order: number[] = []
    await Promise.all([1, 2, 3].map((who) => share.take(mebibyte, never).then(() => order.push(who))))
    expect(order).toEqual([1, 2, 3])
  })

  it('does not count the requests of a call before it goes on', async () => {
    isBusy()
    await share.take(5 * mebibyte, never)
    const call = newCall()
    expect(await waited(async () => share.takeRequest(call, never))).toBe(0)
    noteGoesOn(call)
    expect(share.countsAll(call)).toBe(true)
    expect(await waited(async () => share.takeRequest(call, never))).toBeGreaterThan(200)
  })

  it('is not waited for by who has left', async () => {
    isBusy()
    await share.take(5 * mebibyte, never)
    const left = new AbortController()
    left.abort(new Error('left'))
    await expect(share.take(1, left.signal)).rejects.toThrow('left')
    expect(clock.waits).toEqual([])
  })
})

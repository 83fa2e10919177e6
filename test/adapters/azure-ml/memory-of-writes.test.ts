import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it, vi } from 'vitest'
import type { Asset } from '../../../src/adapters/azure-ml/reads/asset.ts'
import { RecentWrites } from '../../../src/adapters/azure-ml/reads/recent-writes.ts'
import { OneWriter } from '../../../src/adapters/azure-ml/writes/one-writer.ts'

const never = new AbortController().signal

describe('those who write to the same thing', () => {
  it('come one after the other, also behind one who has left the line', async () => {
    const line = new OneWriter()
    const first = Promise.withResolvers<void>()
    const order: string[] = []
    const leaving = new AbortController()
    const writes: Promise<unknown>[] = [
      line.run('key', never, async () => {
        await first.promise
        order.push('first')
      }),
      line.run('key', leaving.signal, async () => order.push('left')).catch(() => order.push('gone')),
    ]
    leaving.abort()
    await turn()
    writes.push(line.run('key', never, async () => order.push('third')))
    await turn()
    first.resolve()
    await Promise.all(writes)
    expect(order).toEqual(['gone', 'first', 'third'])
  })
})

describe('what was written a moment ago', () => {
  const asset = (name: string) => ({ name, properties: {} }) as unknown as Asset
  const path = (collection: string, name: string) => ({ collection, name }) as never

  it('is remembered of the newest thousand writes only, and for a minute', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const writes = new RecentWrites()
    for (let index = 0; index < 1500; index++) {
      vi.advanceTimersByTime(1)
      writes.note(path(`of-${index % 3}`, `name-${index}`), asset(`name-${index}`))
    }
    const namesNow = async () => {
      const lists = await Promise.all(
        ['of-0', 'of-1', 'of-2'].map((of) => writes.over(of, [], async (name) => asset(name))),
      )
      return lists.flat().map(({ name }) => name)
    }
    const names = await namesNow()
    expect(names.length).toBeLessThanOrEqual(1001)
    expect(names).toContain('name-1499')
    expect(names).not.toContain('name-0')
    vi.advanceTimersByTime(60_001)
    expect(await namesNow()).toEqual([])
    vi.useRealTimers()
  })
})

import { afterEach, describe, expect, it, vi } from 'vitest'
import { newCall } from '../../counted-call.ts'
import { probesInUse } from './probes-in-use.ts'

const { azure, find } = probesInUse()

describe('the lag of lists', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  const title = 'wait until a list shows what was written'
  const assumed = 'the adapter assumes 60 s at most'

  it('is measured', async () => {
    const adapter = await azure.open()
    expect(await find(adapter, title)).toMatch(
      new RegExp(`^a new version: shown after 0.\\d s; a change of it: shown after 0.\\d s; ${assumed}$`),
    )
    azure.double.set({ listLag: { requests: 2 } })
    azure.double.log.reset()
    await find(adapter, title)
    expect(azure.double.log.count('/versions')).toBe(6)
  })

  it('that is longer than the time there is, is told', async () => {
    azure.double.set({ listLag: { ms: 300_000 } })
    const call = { ...newCall(), deadline: Date.now() + 1_500 }
    expect(await find(await azure.open(), title, call)).toMatch(
      /not shown within 0.\d s, and there was no more time: set timeoutMs to 120000 to learn it; a change of it: not shown/,
    )
  })

  it('that is longer than the adapter assumes, is a failure', async () => {
    azure.double.set({ listLag: { ms: 300_000 } })
    const adapter = await azure.open()
    vi.useFakeTimers({ toFake: ['Date'] })
    const measured = find(adapter, title, { ...newCall(), deadline: Date.now() + 200_000 })
    const outcome = expect(measured).rejects.toMatchObject({
      code: 'REGISTRY_ERROR',
      message: expect.stringContaining('the adapter shows it for 60 s only'),
    })
    await azure.double.log.until((log) => log.count('/versions') > 0)
    vi.setSystemTime(Date.now() + 61_000)
    await outcome
  })
})

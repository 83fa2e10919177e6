import { describe, expect, it } from 'vitest'
import { Remembered } from '../../../src/adapters/http/remembered.ts'
import { type Call, RegistryError } from '../../../src/contract/index.ts'
import { newCall } from '../counted-call.ts'

/** Answers when it is told to, and gives up with its call. */
function slowLoader() {
  const loads: { call: Call; answer: PromiseWithResolvers<string> }[] = []
  const remembered = new Remembered<string>((call) => {
    const answer = Promise.withResolvers<string>()
    call.signal.addEventListener('abort', () => answer.reject(new RegistryError('REGISTRY_TIMEOUT', 'late')))
    loads.push({ call, answer })
    return answer.promise
  })
  return { loads, remembered }
}

describe('what is remembered', () => {
  it('is asked for once, however many wait for it', async () => {
    const { loads, remembered } = slowLoader()
    const answers = Promise.all([remembered.get(newCall()), remembered.get(newCall())])
    loads[0]?.answer.resolve('found')
    expect(await answers).toEqual(['found', 'found'])
    expect(await remembered.get(newCall())).toBe('found')
    expect(loads).toHaveLength(1)
  })

  it('is asked for again when it is forgotten, and after a failure', async () => {
    const { loads, remembered } = slowLoader()
    const first = remembered.get(newCall())
    loads[0]?.answer.reject(new RegistryError('REGISTRY_ERROR', 'broken'))
    await expect(first).rejects.toThrow('broken')
    const second = remembered.get(newCall())
    loads[1]?.answer.resolve('one')
    expect(await second).toBe('one')
    remembered.forget()
    const third = remembered.get(newCall())
    loads[2]?.answer.resolve('two')
    expect(await third).toBe('two')
  })

  it('fails all who wait when the backend fails', async () => {
    const { loads, remembered } = slowLoader()
    const answers = [remembered.get(newCall()), remembered.get(newCall())]
    loads[0]?.answer.reject(new RegistryError('REGISTRY_ERROR', 'broken'))
    for (const answer of answers) await expect(answer).rejects.toThrow('broken')
    expect(loads).toHaveLength(1)
  })

  it('is asked for by the next who waits when the first runs out of time', async () => {
    const { loads, remembered } = slowLoader()
    const impatient = new AbortController()
    const first = remembered.get(newCall(impatient.signal))
    const second = remembered.get(newCall())
    impatient.abort()
    await expect(first).rejects.toMatchObject({ code: 'REGISTRY_TIMEOUT' })
    await expect.poll(() => loads.length).toBe(2)
    loads[1]?.answer.resolve('found')
    expect(await second).toBe('found')
  })

  it('lets a waiter go when its own time is up', async () => {
    const { loads, remembered } = slowLoader()
    const first = remembered.get(newCall())
    const impatient = new AbortController()
    const second = remembered.get(newCall(impatient.signal))
    impatient.abort()
    await expect(second).rejects.toMatchObject({ code: 'REGISTRY_TIMEOUT' })
    loads[0]?.answer.resolve('found')
    expect(await first).toBe('found')
  })
})

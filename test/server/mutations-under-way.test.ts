import { describe, expect, it } from 'vitest'
import { MutationsUnderWay } from '../../src/server/mutations-under-way.ts'

describe('mutations under way', () => {
  const mutation = { requestId: 'one', operations: ['setAlias'] }
  const other = { requestId: 'two', operations: ['copyModelVersion'] }

  it('are waited for until the last is done', async () => {
    const mutations = new MutationsUnderWay()
    const ends = [mutations.begin(mutation), mutations.begin(other)]
    let isDone = false
    const done = mutations.done(60_000).finally(() => {
      isDone = true
    })
    ends[0]?.()
    await new Promise(setImmediate)
    expect(isDone).toBe(false)
    ends[1]?.()
    expect(await done).toEqual([])
  })

  it('are named when they take longer than that', async () => {
    const mutations = new MutationsUnderWay()
    mutations.begin(mutation)()
    mutations.begin(other)
    expect(await mutations.done(10)).toEqual([other])
    expect(await mutations.done(0)).toEqual([other])
  })

  it('are none when there are none', async () => {
    expect(await new MutationsUnderWay().done(60_000)).toEqual([])
  })
})

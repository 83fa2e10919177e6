import { expect, test } from 'vitest'
import type { Adapter } from '../../src/contract/index.ts'
import { CallersAdapters } from '../../src/gateway/callers-adapters.ts'

const adapterOf = (bearer: string, closed: string[] = []) =>
  ({ bearer, close: async () => void closed.push(bearer) }) as unknown as Adapter
const bearerOf = async (adapter: Adapter) => (adapter as unknown as { bearer: string }).bearer

test('each credential has one adapter, which is closed at the end', async () => {
  const [made, closed]: [string[], string[]] = [[], []]
  const adapters = new CallersAdapters(async (bearer) => {
    made.push(bearer)
    return adapterOf(bearer, closed)
  })
  const used = await Promise.all(['ann', 'bob', 'ann'].map((each) => adapters.use(each, bearerOf)))
  expect(used).toEqual(['ann', 'bob', 'ann'])
  expect(made).toEqual(['ann', 'bob'])
  await adapters.close()
  expect(closed.toSorted()).toEqual(['ann', 'bob'])
})

test('one that could not be connected is connected by the next call, and holds up no closing', async () => {
  let refusals = 2
  const adapters = new CallersAdapters(async (bearer) => {
    if (refusals-- > 0) throw new Error('not now')
    return adapterOf(bearer)
  })
  for (let time = 0; time < 2; time++) await expect(adapters.use('ann', bearerOf)).rejects.toThrow('not now')
  expect(await adapters.use('ann', bearerOf)).toBe('ann')
  await adapters.close()
})

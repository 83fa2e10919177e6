import { expect, it } from 'vitest'
import { batchLoader } from '../../../src/federation/registry/registry-loaders.ts'

function openLoader() {
  const batches: (readonly string[])[] = []
  const read = async (keys: readonly string[]) => {
    batches.push(keys)
    return keys
  }
  return { batches, loader: batchLoader('main', read, (key: string) => key) }
}

const turn = () => new Promise((next) => setImmediate(next))

it('reads by one batch what is asked for by promises that settle one after the other', async () => {
  const { batches, loader } = openLoader()
  void loader.load('a')
  void Promise.resolve()
    .then(() => Promise.resolve())
    .then(() => loader.load('b'))
  await turn()
  expect(batches).toEqual([['a', 'b']])
})

it('does not read early what is asked for in the tick before that of another loader', async () => {
  const [first, second] = [openLoader(), openLoader()]
  queueMicrotask(() =>
    process.nextTick(() => {
      void second.loader.load('a')
      void Promise.resolve().then(() => second.loader.load('b'))
    }),
  )
  void first.loader.load('a')
  await turn()
  expect(first.batches).toEqual([['a']])
  expect(second.batches).toEqual([['a', 'b']])
})

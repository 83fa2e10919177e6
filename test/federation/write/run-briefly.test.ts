import { expect, it } from 'vitest'
import { runBriefly } from '../../../src/federation/write/run-briefly.ts'

const late = () => new Error('late')

it('gives what the work gives', () => {
  expect(runBriefly(100, () => 7, late)).toBe(7)
})

it('throws what the work throws, as it is', () => {
  const error = new TypeError('no')
  const run = () =>
    runBriefly(
      100,
      () => {
        throw error
      },
      late,
    )
  expect(run).toThrow(error)
})

it('breaks off what takes longer, and works on', () => {
  const text = `${'a'.repeat(60)}!`
  expect(() => runBriefly(20, () => /^([a-z]+)+$/u.test(text), late)).toThrow('late')
  expect(runBriefly(20, () => /^[a-z]+$/u.test('abc'), late)).toBe(true)
})

it('begins again when the time has passed without any work, as on a busy machine', () => {
  const pause = new Int32Array(new SharedArrayBuffer(4))
  let begun = 0
  const work = () => {
    begun += 1
    if (begun === 1) Atomics.wait(pause, 0, 0, 200)
    return begun
  }
  expect(runBriefly(100, work, late)).toBe(2)
})

import { expect, test, vi } from 'vitest'
import { rememberFew } from '../../src/server/remember-few.ts'

test('a text of late is looked at once, whatever was found', () => {
  const isShort = vi.fn((text: string) => text.length < 3)
  const remembered = rememberFew(isShort)
  expect(['a', 'long', 'a', 'long'].map(remembered)).toEqual([true, false, true, false])
  expect(isShort).toHaveBeenCalledTimes(2)
})

test('neither long texts nor more than some are kept', () => {
  const find = vi.fn((text: string) => text.length)
  const remembered = rememberFew(find)
  for (let turn = 0; turn < 2; turn++) expect(remembered('x'.repeat(1000))).toBe(1000)
  expect(find).toHaveBeenCalledTimes(2)
  remembered('first')
  for (let count = 0; count < 200; count++) remembered(`other ${count}`)
  find.mockClear()
  remembered('first')
  expect(find).toHaveBeenCalledTimes(1)
})

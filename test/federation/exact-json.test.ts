import { expect, test } from 'vitest'
import { exactJson } from '../../src/federation/exact-json.ts'

test('texts of what differs differ, whatever JSON makes of it', () => {
  const values = [null, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 'null', 0, [], {}]
  const all = values.flatMap((value) => [value, [value], { a: value, b: null }, [null, { deep: [value] }]])
  expect(new Set(all.map(exactJson)).size).toBe(all.length)
})

test('what holds nothing infinite is plain JSON, also with nulls in it', () => {
  expect(exactJson(['people', { after: null, names: ['a'] }])).toBe('["people",{"after":null,"names":["a"]}]')
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type TextTest, textMatcher } from '../../src/contract/index.ts'
import { rounds } from '../environment/rounds.ts'

const passes = (value: string, ...tests: TextTest[]) => textMatcher(tests)(value)
const ignoringCase = (operator: 'eq' | 'contains' | 'startsWith' | 'endsWith', value: string): TextTest => ({
  operator,
  value,
  ignoreCase: true,
})

describe('tests of a text', () => {
  it('all hold, or it does not pass', () => {
    const begins: TextTest = { operator: 'startsWith', value: 'a', ignoreCase: false }
    const isNot: TextTest = { operator: 'ne', value: 'AB', ignoreCase: true }
    expect(passes('anything')).toBe(true)
    expect([passes('abc', begins, isNot), passes('ab', begins, isNot), passes('b', begins)]).toEqual([
      true,
      false,
      false,
    ])
  })

  it('without regard to case find words that end in a sigma, and those that only go on with one', () => {
    expect(passes('ΟΔΟΣΑΣ', ignoringCase('startsWith', 'ΟΔΟΣ'))).toBe(true)
    expect(passes('οδος', ignoringCase('eq', 'ΟΔΟΣ'))).toBe(true)
    expect(passes('Straße', ignoringCase('endsWith', 'STRASSE'))).toBe(true)
  })

  it('look through as many texts as are named', () => {
    const values = Array.from({ length: 50_000 }, (_, index) => `Model-${index}`)
    const among = textMatcher([{ operator: 'in', values, ignoreCase: true }])
    const startedAt = performance.now()
    for (let row = 0; row < 1000; row++) expect(among(`MODEL-${row * 50}`)).toBe(true)
    expect(among('model-50000')).toBe(false)
    expect(performance.now() - startedAt).toBeLessThan(2000)
  })

  it('lose nothing without regard to case that they find with it', () => {
    const character = fc.oneof(
      fc.constantFrom(...'aAsSßẞΣσςİıIiKﬁfꭰᎠᏸ'),
      fc.string({ unit: 'binary', maxLength: 1 }),
    )
    const text = fc.array(character, { maxLength: 6 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(text, text, text, (before, wanted, after) => {
        expect(passes(before + wanted + after, ignoringCase('contains', wanted))).toBe(true)
        expect(passes(wanted + after, ignoringCase('startsWith', wanted))).toBe(true)
        expect(passes(before + wanted, ignoringCase('endsWith', wanted))).toBe(true)
        expect(passes(wanted, { operator: 'in', values: [before, wanted], ignoreCase: true })).toBe(true)
      }),
      { numRuns: rounds(500, 5000) },
    )
  })
})

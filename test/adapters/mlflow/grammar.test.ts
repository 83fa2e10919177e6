import { describe, expect, it } from 'vitest'
import { ilikePattern, isOneOf, likePattern, quote } from '../../../src/adapters/mlflow/grammar.ts'

describe("MLflow's filter grammar", () => {
  it.each([
    ['plain', "'plain'"],
    ['', "''"],
    ["it's", `"it's"`],
    ['say "hi"', `'say "hi"'`],
    ['a\\b', "'a\\b'"],
    ['two\nlines', "'two\nlines'"],
    ['-- ; /* 😀', "'-- ; /* 😀'"],
    [`both ' and "`, null],
    ['at the end\\', null],
    ['a\0b', null],
    ['\ud800', null],
  ])('writes %j as %j', (text, written) => {
    expect(quote(text)).toBe(written)
  })

  it('writes any text in a list, as a Python literal', () => {
    expect(isOneOf('name', ['plain', 'ü😀', `'"\\\n`])).toBe(
      "name IN ('plain','ü😀','\\u0027\\u0022\\u005c\\u000a')",
    )
  })

  it('stands one character in a pattern for each that cannot be written', () => {
    expect(likePattern(`it's "a\\b" 100%_`)).toBe('it_s _a_b_ 100%_')
    expect(likePattern('x'.repeat(5001))).toBeNull()
  })

  it('leaves out of a pattern without case what databases fold in their own ways', () => {
    expect(ilikePattern('Big Fish')).toBe('B%g F%sh')
    expect(ilikePattern('MAKE ÉTÉ\\x')).toBe('MA%E %T%x')
    expect(ilikePattern('\ud800')).toBeNull()
  })
})

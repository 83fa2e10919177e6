import { describe, expect, it } from 'vitest'
import { ilikePattern, isOneOf, likePattern, quote } from '../../../src/adapters/mlflow/wire/grammar.ts'
import { foldCase } from '../../../src/contract/index.ts'

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

  it('holds to no character in a pattern without case that one beyond ASCII folds to', () => {
    const ascii = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index))
    const kept = new Set(ascii.filter((character) => ilikePattern(character) === character))
    const lost: string[] = []
    for (let point = 128; point < 0x110000; point++) {
      if (point >= 0xd800 && point < 0xe000) continue
      const folded = foldCase(String.fromCodePoint(point))
      if ([...folded].some((character) => kept.has(character))) lost.push(point.toString(16))
    }
    expect(lost).toEqual([])
    expect([kept.has('b'), kept.has('Z'), kept.has('7')]).toEqual([true, true, true])
  })

  it('leaves out of a pattern without case what databases fold in their own ways', () => {
    expect(ilikePattern('Big Fish')).toBe('B%g %')
    expect(ilikePattern('MAKE ÉTÉ\\x')).toBe('M%E %x')
    expect(ilikePattern('\ud800')).toBeNull()
  })
})

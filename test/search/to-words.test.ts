import { expect, it } from 'vitest'
import { toWords } from '../../src/words/to-words.ts'

const words = (text: string) =>
  toWords(text)
    .filter(({ isExtra }) => !isExtra)
    .map(({ text: word }) => word)

it('takes a word behind an emoji for that word, and an emoji for none', () => {
  expect(words('🛡️fraud ❤️detector✅')).toEqual(['fraud', 'detector'])
  expect(words('❤️')).toEqual([])
  expect(words('fr\ufe0faud')).toEqual(['fraud'])
  expect(words('\u0301')).toEqual([])
})

it('takes what is written without spaces two characters at a time, its long vowels too', () => {
  expect(words('データ')).toEqual(['デー', 'ータ'])
  expect(words('信用スコア')).toEqual(['信用', '用ス', 'スコ', 'コア'])
})

it('takes halves of characters and control characters for what parts words', () => {
  expect(words('fraud\ud800x\u0000y\udc00')).toEqual(['fraud', 'x', 'y'])
})

import { foldCase } from '../contract/fold-case.ts'

/** A word of a text, folded: what is equal in it is found by it. */
export interface Word {
  readonly text: string
  /** Whether it only stands beside the words that it is made of, or that are made of it. */
  readonly isExtra: boolean
}

/** Longer ones are cut: digests and the like are found by their beginnings. */
const longestWord = 40

const plain = /^\p{ASCII}*$/u
const plainRuns = /[A-Za-z0-9]+/g
const runs = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu
const plainHump = /[a-z][A-Z]/
const humps = /(?<=\p{Ll})(?=\p{Lu})/u
const numbered = /^([a-z]{3,})\d{1,4}$/
/** Scripts that put no spaces between words: two letters each, as each of them says much. */
const unspaced = /([\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]+)/u
/** And what only chooses between an emoji and a plain sign. */
const accents = /[\u0300-\u036f\ufe00-\ufe0f]/g

/** Without accents, and in one form for each letter; its case is kept. */
function bare(text: string): string {
  return plain.test(text) ? text : text.normalize('NFKD').replace(accents, '').normalize('NFKC')
}

/**
 * The words of a text in their order, as both databases and the gateway take them: runs of letters and digits, without
 * regard to case and accents. `FraudDetector` is two words, and one; `resnet50` is found by `resnet` too.
 *
 * @param most how many words are looked for.
 */
export function toWords(text: string, most = Number.POSITIVE_INFINITY): Word[] {
  const words: Word[] = []
  const isPlain = plain.test(text)
  for (const match of bare(text).matchAll(isPlain ? plainRuns : runs)) {
    if (words.length >= most) break
    const [run] = match
    if (isPlain) addPlain(words, run)
    else for (const piece of run.split(unspaced)) addPiece(words, piece)
  }
  return words
}

function addPlain(words: Word[], run: string): void {
  if (plainHump.test(run)) addHumps(words, run)
  else addWord(words, run.toLowerCase())
}

function addPiece(words: Word[], piece: string): void {
  if (piece === '') return
  if (unspaced.test(piece)) addPairs(words, [...piece])
  else if (humps.test(piece)) addHumps(words, piece)
  else addWord(words, foldCase(piece))
}

function addHumps(words: Word[], run: string): void {
  for (const part of run.split(humps)) addWord(words, foldCase(part))
  words.push({ text: cut(foldCase(run)), isExtra: true })
}

function addWord(words: Word[], text: string): void {
  words.push({ text: cut(text), isExtra: false })
  const stem = numbered.exec(text)?.[1]
  if (stem !== undefined) words.push({ text: stem, isExtra: true })
}

function addPairs(words: Word[], letters: readonly string[]): void {
  const last = letters.at(-1) ?? ''
  if (letters.length === 1) addWord(words, last)
  else words.push({ text: last, isExtra: true })
  for (let index = 1; index < letters.length; index++) {
    words.push({ text: `${letters[index - 1]}${letters[index]}`, isExtra: false })
  }
}

function cut(word: string): string {
  return word.length <= longestWord ? word : [...word].slice(0, longestWord).join('')
}

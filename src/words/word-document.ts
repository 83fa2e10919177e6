import { toWords } from './to-words.ts'

/**
 * What a text of a model or a version is to who searches: its name, an alias, a tag's key or value, its description, the
 * name of its run, a param; of a model also all that its versions say.
 */
export type FieldKind = 'name' | 'alias' | 'key' | 'value' | 'description' | 'run' | 'param' | 'version'

export interface FieldText {
  readonly kind: FieldKind
  /** As it is told to clients, such as `tags.team`. */
  readonly field: string
  readonly text: string
}

/** What is kept of one model, or of one version, to find and to rank it. */
export interface WordDocument {
  /** A line for each field: its kind, then its words in their order; extra ones with a mark. */
  readonly words: string
  /** Each word once, and marked once more where it is worth most. */
  readonly tokens: readonly string[]
}

/** One field of a document, as it is read to rank it. */
export interface WordLine {
  readonly kind: FieldKind
  readonly words: readonly string[]
}

const letters: Readonly<Record<FieldKind, string>> = {
  name: 'n',
  alias: 'a',
  key: 'k',
  value: 't',
  description: 'd',
  run: 'r',
  param: 'p',
  version: 'v',
}
const kinds = new Map(Object.entries(letters).map(([kind, letter]) => [letter, kind as FieldKind]))

export const extraMark = '+'
/** No letter, so no word begins so; and no character of ASCII, so that each index takes it for a part of the word. */
const strongMark = '§'
const beginningMark = '¶'
const joint = '·'

/** What a description says after so many words is not searched. */
const mostWords = 2000
/** What stands further behind in a kind of field finds a document, and makes it rank no higher. */
const mostRanked = 64
/** Whole names may be long; their beginnings tell them apart. */
const longestBeginning = 80

/** A word as an index has it where it is worth most: in the name of a model, or in a version that holds an alias. */
export function strong(word: string): string {
  return strongMark + word
}

/** Words that a name begins with, as one. */
export function beginning(words: readonly string[]): string {
  return beginningMark + [...words.join(joint)].slice(0, longestBeginning).join('')
}

/** @param isStrong whether all words are worth much; left out: those of the name are. */
export function toDocument(texts: readonly FieldText[], isStrong = false): WordDocument {
  const tokens = new Set<string>()
  const ranked = new Map<FieldKind, string[]>()
  for (const { kind, text } of texts) {
    const words = toWords(text, mostWords)
    const line = ranked.get(kind) ?? []
    ranked.set(kind, line)
    for (const { text: word, isExtra } of words) {
      tokens.add(word)
      if (isStrong || kind === 'name') tokens.add(strong(word))
      if (line.length < mostRanked) line.push(isExtra ? extraMark + word : word)
    }
    if (kind === 'name') tokens.add(beginning(ownWords(words)))
  }
  const lines = [...ranked].filter(([, words]) => words.length > 0)
  return {
    words: lines.map(([kind, words]) => `${letters[kind]} ${words.join(' ')}`).join('\n'),
    tokens: [...tokens],
  }
}

function ownWords(words: readonly { readonly text: string; readonly isExtra: boolean }[]): string[] {
  return words.filter(({ isExtra }) => !isExtra).map(({ text }) => text)
}

export function readLines(words: string): WordLine[] {
  return words.split('\n').map((line) => {
    const [letter = '', ...own] = line.split(' ')
    return { kind: kinds.get(letter) ?? 'version', words: own }
  })
}

import { toWords, type Word } from './to-words.ts'

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
const nameMark = '§'
const beginningMark = '¶'
const joint = '·'

/** All that is searched of one document: PostgreSQL takes a megabyte at most, and refuses what has more as a whole. */
const mostBytes = 500_000
/** What a description says after so many words is not searched. */
const mostWords = 2000
/** What stands further behind in a kind of field finds a document, and makes it rank no higher. */
const mostRanked = 64
/** Whole names may be long; their beginnings tell them apart. */
const longestBeginning = 80

/** A word as an index has it that stands in the name of a model. */
export function named(word: string): string {
  return nameMark + word
}

/** Words that a name begins with, as one. */
export function beginning(words: readonly string[]): string {
  return beginningMark + [...words.join(joint)].slice(0, longestBeginning).join('')
}

/** Of a version that holds an alias. */
export const holder = `${nameMark}${beginningMark}`

export function toDocument(texts: readonly FieldText[]): WordDocument {
  const tokens = new Set<string>()
  const ranked = new Map<FieldKind, string[]>()
  for (const { kind, text } of texts) {
    const words = briefWords(text)
    const line = ranked.get(kind) ?? []
    ranked.set(kind, line)
    for (const { text: word, isExtra } of words) {
      tokens.add(word)
      if (kind === 'name') tokens.add(named(word))
      if (line.length < mostRanked) line.push(isExtra ? extraMark + word : word)
    }
    if (kind === 'name') tokens.add(beginning(ownWords(words)))
  }
  const lines = [...ranked].filter(([, words]) => words.length > 0)
  return {
    words: lines.map(([kind, words]) => `${letters[kind]} ${words.join(' ')}`).join('\n'),
    tokens: indexable(tokens),
  }
}

/** What its versions say makes a model found too; their aliases are its own. */
export function withVersions(model: WordDocument, versions: readonly WordDocument[]): WordDocument {
  const tokens = new Set(model.tokens)
  const ranked = new Set<string>()
  for (const version of versions) {
    for (const token of version.tokens) if (token !== holder) tokens.add(token)
    if (ranked.size === mostRanked) continue
    for (const { kind, words } of readLines(version.words)) {
      if (kind === 'alias') continue
      for (const word of words) if (ranked.size < mostRanked) ranked.add(word)
    }
  }
  if (ranked.size === 0) return { ...model, tokens: indexable(tokens) }
  const line = `${letters.version} ${[...ranked].join(' ')}`
  return { words: model.words === '' ? line : `${model.words}\n${line}`, tokens: indexable(tokens) }
}

/** The first of them, as far as they may go. */
function indexable(tokens: ReadonlySet<string>): string[] {
  const all = [...tokens]
  const characters = all.reduce((sum, { length }) => sum + length, 0)
  // Nearly all documents are far below the limit, however many bytes their characters take.
  if (characters * 3 <= mostBytes) return all
  const taken: string[] = []
  let bytes = 0
  for (const token of all) {
    bytes += Buffer.byteLength(token)
    if (bytes > mostBytes) break
    taken.push(token)
  }
  return taken
}

/** Tags and params are the same again and again. */
const briefTexts = new Map<string, readonly Word[]>()
const longestBrief = 40
const mostBrief = 10_000

function briefWords(text: string): readonly Word[] {
  if (text.length > longestBrief) return toWords(text, mostWords)
  const known = briefTexts.get(text)
  if (known !== undefined) return known
  const words = toWords(text)
  if (briefTexts.size >= mostBrief) briefTexts.clear()
  briefTexts.set(text, words)
  return words
}

function ownWords(words: readonly Word[]): string[] {
  return words.filter(({ isExtra }) => !isExtra).map(({ text }) => text)
}

/** @param isWanted of which lines the words are wanted; others have none. */
export function readLines(words: string, isWanted: (line: string) => boolean = () => true): WordLine[] {
  if (words === '') return []
  return words.split('\n').map((line) => {
    const kind = kinds.get(line.charAt(0)) ?? 'version'
    return { kind, words: isWanted(line) ? line.slice(2).split(' ') : [] }
  })
}

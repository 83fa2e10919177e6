import { extraMark, type FieldKind, readLines, type WordLine } from '../../words/word-document.ts'
import type { FoundDocument, WantedWord } from '../../words/word-index.ts'

/** A word that a hit may have in the place of what was asked for. */
export interface Alternative extends WantedWord {
  /** 1 for the word itself, less for what somebody may have meant. */
  readonly worth: number
}

/** What each word that was asked for may be. */
export type Groups = readonly (readonly Alternative[])[]

const weights: Readonly<Record<FieldKind, number>> = {
  name: 10,
  alias: 6,
  value: 5,
  description: 4,
  run: 4,
  key: 3,
  param: 3,
  version: 2.5,
}
/** Of a word that only begins as what was asked for, however long it is. */
const leastOfBeginning = 0.7
const ofWholeName = 4
const ofNeighbour = 0.12
const ofModel = 0.3
const ofHolder = 0.2
const ofArchived = 0.8
/** A text that says much says less of each of its words. */
const usualLength = 12

/**
 * How well a document answers, from its own words alone: nothing that is counted over documents takes part, as it would
 * tell of those that one may not see. 10 is about what a model is worth with the words in its name.
 */
export function rank(groups: Groups, document: FoundDocument): number {
  if (document.words === null) return 0
  // To take all apart takes longer than to look where there is anything.
  const lines = readLines(document.words, (line) =>
    groups.some((group) => group.some(({ text }) => line.includes(text))),
  )
  let sum = 0
  let before: Match | null = null
  for (const group of groups) {
    const match = bestMatch(group, lines)
    if (match !== null) {
      sum += match.worth
      const isNeighbour = before?.line === match.line && before.index + 1 === match.index
      if (isNeighbour) sum += weights[match.line.kind] * ofNeighbour
    }
    before = match
  }
  const own = sum / groups.length + ofWholeName * shareOfName(groups, lines) + bonusOf(document, lines)
  return Math.round((document.isArchived ? own * ofArchived : own) * 10_000) / 10_000
}

/** What no version can be worth more than: versions have no name of their own. */
export function mostOfVersion(groups: Groups): number {
  const neighbours = (groups.length - 1) / groups.length
  return weights.alias * (1 + neighbours * ofNeighbour) + ofHolder
}

interface Match {
  readonly line: WordLine
  readonly index: number
  readonly worth: number
}

function bestMatch(group: readonly Alternative[], lines: readonly WordLine[]): Match | null {
  let best: Match | null = null
  for (const line of lines) {
    const weight = weights[line.kind] * densityOf(line)
    if (best !== null && best.worth >= weight) continue
    for (let index = 0; index < line.words.length; index++) {
      const worth = weight * worthOf(group, line.words[index] ?? '')
      if (worth > (best?.worth ?? 0)) best = { line, index, worth }
    }
  }
  return best
}

function densityOf({ kind, words }: WordLine): number {
  if (kind !== 'description') return 1
  return 1 / (1 + 0.1 * Math.log1p(words.length / usualLength))
}

/** 0: it is none of them. */
export function worthOf(group: readonly Alternative[], written: string): number {
  const word = written.startsWith(extraMark) ? written.slice(1) : written
  let most = 0
  for (const { text, isBeginning, worth } of group) {
    if (worth <= most) continue
    if (word === text) most = worth
    else if (isBeginning && word.startsWith(text)) {
      const share = leastOfBeginning + (1 - leastOfBeginning) * (text.length / word.length)
      most = Math.max(most, worth * share)
    }
  }
  return most
}

/** How much of the model's name was asked for. */
function shareOfName(groups: Groups, lines: readonly WordLine[]): number {
  const name = lines.find(({ kind }) => kind === 'name')
  if (!name) return 0
  const words = name.words.filter((word) => !word.startsWith(extraMark))
  const share = words.reduce((sum, word) => sum + Math.max(...groups.map((group) => worthOf(group, word))), 0)
  return share / Math.max(1, words.length)
}

function bonusOf({ version }: FoundDocument, lines: readonly WordLine[]): number {
  if (version === null) return ofModel
  return lines.some(({ kind }) => kind === 'alias') ? ofHolder : 0
}

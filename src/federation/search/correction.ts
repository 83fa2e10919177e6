import { extraMark, readLines } from '../../words/word-document.ts'
import type { Hit } from './find-hits.ts'
import { type Groups, worthOf } from './rank.ts'

/** What was searched in the place of what was asked for: the words as the best hit has them. */
export function correctionOf(groups: Groups, best: Hit | undefined): string | null {
  if (best === undefined) return null
  const words = readLines(best.document.words ?? '').flatMap((line) => line.words)
  return groups
    .map((group) => {
      const [asked] = group
      const found = words
        .map((word) => (word.startsWith(extraMark) ? word.slice(1) : word))
        .map((word) => ({ word, worth: worthOf(group, word) }))
        .reduce((a, b) => (b.worth > a.worth ? b : a), { word: asked?.text ?? '', worth: 0 })
      return asked && found.word.startsWith(asked.text) ? asked.text : found.word
    })
    .join(' ')
}

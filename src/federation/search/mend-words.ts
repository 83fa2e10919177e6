import { compareCodePoints } from '../../contract/index.ts'
import { editDistance, mistakesAllowed } from '../../words/edit-distance.ts'
import type { WantedWord, WordIndex } from '../../words/word-index.ts'
import { turns } from '../turns.ts'
import type { Alternative } from './rank.ts'

/** More words are as near to each other only where there are very many. */
const mostMeant = 64
const longestWord = 30
const worthOfMistakes = [1, 0.6, 0.4]
const latin = 'abcdefghijklmnopqrstuvwxyz'
const isMendable = /^[\p{L}\p{M}]+$/u

/** What somebody may have meant who has mistyped a word: words that are near to it, the nearest first. */
export async function mendWord(index: WordIndex, word: WantedWord): Promise<readonly Alternative[]> {
  const most = mistakesAllowed(word.text)
  if (most === 0 || !isMendable.test(word.text)) return []
  const [first = '', ...rest] = word.text
  const length = rest.length + 1
  const candidates = await index.words({
    first,
    shortest: Math.max(1, length - most),
    longest: word.isBeginning ? Math.max(longestWord, length) : length + most,
    among: most < 2 ? [] : withOtherBeginning(first, rest),
  })
  const near: { readonly text: string; readonly distance: number }[] = []
  for (const text of candidates) {
    if (turns.isOver()) await turns.next()
    const distance = distanceTo(word, text, most)
    if (distance > 0 && distance <= most + 0.5) near.push({ text, distance })
  }
  near.sort((a, b) => a.distance - b.distance || compareCodePoints(a.text, b.text))
  return near.slice(0, mostMeant).map(({ text, distance }) => ({
    text,
    isBeginning: false,
    worth: worthOfMistakes[Math.floor(distance)] ?? 0,
  }))
}

/** A word that goes on is a little further away than one that ends. */
function distanceTo({ text, isBeginning }: WantedWord, other: string, most: number): number {
  const whole = editDistance(text, other, most)
  return isBeginning ? Math.min(whole, editDistance(text, other, most, true) + 0.5) : whole
}

/** A mistake in the first letter counts for two: then the others are right, and few words can be meant. */
function withOtherBeginning(first: string, rest: readonly string[]): string[] {
  const [second = '', ...others] = rest
  const tail = rest.join('')
  return [
    tail,
    second + first + others.join(''),
    ...[...latin].flatMap((letter) => [letter + tail, letter + first + tail]),
  ]
}

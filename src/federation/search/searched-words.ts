import { toWords } from '../../words/to-words.ts'
import type { WantedWord } from '../../words/word-index.ts'
import { InputError } from '../errors/input-error.ts'

const longestText = 1000
const mostWords = 16
const endsInWord = /[\p{L}\p{N}\p{M}]$/u
const isPlain = /^\p{ASCII}*$/u

/**
 * The words that somebody searches. The last one may be a beginning, as it may not be written to its end, and so is one
 * with `*` behind it; nothing else that stands in the text has a meaning.
 *
 * @throws InputError
 */
export function toSearchedWords(text: string): WantedWord[] {
  if (text.length > longestText) {
    throw new InputError(
      'text',
      `The text has ${text.length} characters; at most ${longestText} are searched.`,
    )
  }
  const words = new Map<string, boolean>()
  for (const part of text.split('*')) {
    const own = toWords(part).filter(({ isExtra }) => !isExtra)
    for (const [index, word] of own.entries()) {
      const isBeginning = index === own.length - 1 && endsInWord.test(part) && mayBegin(word.text)
      words.set(word.text, isBeginning && (words.get(word.text) ?? true))
    }
  }
  if (words.size > mostWords) {
    throw new InputError(
      'text',
      `The text has ${words.size} different words; at most ${mostWords} are searched.`,
    )
  }
  return [...words].map(([word, isBeginning]) => ({ text: word, isBeginning }))
}

/** With one letter begin too many; with one of a script without spaces few. */
function mayBegin(word: string): boolean {
  return word.length > 1 || !isPlain.test(word)
}

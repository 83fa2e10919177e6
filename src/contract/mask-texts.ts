/**
 * Puts `***` wherever a text holds one of the secrets: for the words of a backend that may repeat what it was sent. A
 * short one, a plain word or a number is found where it stands for itself, and not inside of other words.
 */
export function maskTexts(text: string, secrets: readonly string[]): string {
  return replaceTexts(text, new Map(secrets.map((secret) => [secret, '***'])))
}

/** The same with words of their own in place of each. */
export function replaceTexts(text: string, replacements: ReadonlyMap<string, string>): string {
  const longestFirst = [...replacements.keys()]
    .filter((value) => value !== '')
    .toSorted((a, b) => b.length - a.length)
  if (longestFirst.length === 0) return text
  const pattern = new RegExp(longestFirst.map(toPattern).join('|'), 'gu')
  return text.replace(pattern, (value) => replacements.get(value) ?? value)
}

function toPattern(value: string): string {
  const escaped = RegExp.escape(value)
  const isPartOfWords = value.length < 8 || /^(\p{L}+|\p{N}+)$/u.test(value)
  return isPartOfWords ? `(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])` : escaped
}

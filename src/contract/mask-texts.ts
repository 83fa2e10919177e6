/**
 * Puts `***` wherever a text holds one of the secrets: for the words of a backend that may repeat what it was sent. A
 * short one, a plain word or a number is found where it stands for itself, and not inside of other words.
 */
export function maskTexts(text: string, secrets: readonly string[]): string {
  return toMask(secrets)(text)
}

/** The same for many texts. */
export function toMask(secrets: readonly string[]): (text: string) => string {
  return toReplacer(new Map(secrets.map((secret) => [secret, '***'])))
}

/** With words of their own in place of each. */
export function replaceTexts(text: string, replacements: ReadonlyMap<string, string>): string {
  return toReplacer(replacements)(text)
}

function toReplacer(replacements: ReadonlyMap<string, string>): (text: string) => string {
  const words = new Map(
    [...replacements].filter(([value]) => value !== '').flatMap(([value, word]) => spellingsOf(value, word)),
  )
  for (const [value, word] of replacements) words.set(value, word)
  words.delete('')
  const longestFirst = [...words.keys()].toSorted((a, b) => b.length - a.length)
  if (longestFirst.length === 0) return (text) => text
  const pattern = new RegExp(longestFirst.map(toPattern).join('|'), 'gu')
  return (text) => text.replace(pattern, (value) => words.get(value) ?? value)
}

/** As URLs, forms, JSON and headers hold it, which is how errors quote what was sent. */
function spellingsOf(value: string, word: string): (readonly [string, string])[] {
  const encoded = encodeURIComponent(value.toWellFormed())
  const bytes = Buffer.from(value)
  const spellings = [
    encoded,
    encodeURI(value.toWellFormed()),
    encoded.replaceAll('%20', '+'),
    new URLSearchParams([['', value]]).toString().slice(1),
    JSON.stringify(value).slice(1, -1),
    bytes.toString('base64'),
    bytes.toString('base64url'),
  ]
  return [...spellings, ...spellings.map(toLowerEscapes)].map((spelling) => [spelling, word])
}

function toLowerEscapes(text: string): string {
  return text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())
}

function toPattern(value: string): string {
  const escaped = RegExp.escape(value)
  const isPartOfWords = value.length < 8 || /^(\p{L}+|\p{N}+)$/u.test(value)
  return isPartOfWords ? `(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])` : escaped
}

import type { EnvironmentValue } from './gateway-config.ts'

/** Puts `${NAME}` wherever a text holds what the variable `NAME` gave the configuration. */
export function maskValues(text: string, values: readonly EnvironmentValue[]): string {
  const names = new Map(values.toReversed().map(({ variable, value }) => [value, `\${${variable}}`]))
  return replaceEach(text, names)
}

/** Puts `***` wherever a text holds one of them. */
export function maskTexts(text: string, secrets: readonly string[]): string {
  return replaceEach(text, new Map(secrets.map((secret) => [secret, '***'])))
}

/** Whatever stands in a part of a configuration, as it would be quoted. */
export function textsIn(value: unknown): string[] {
  if (value !== null && typeof value === 'object') return Object.values(value).flatMap(textsIn)
  return typeof value === 'string' || typeof value === 'number' ? [String(value)] : []
}

function replaceEach(text: string, replacements: ReadonlyMap<string, string>): string {
  const longestFirst = [...replacements.keys()]
    .filter((value) => value !== '')
    .toSorted((a, b) => b.length - a.length)
  if (longestFirst.length === 0) return text
  const pattern = new RegExp(longestFirst.map(toPattern).join('|'), 'gu')
  return text.replace(pattern, (value) => replacements.get(value) ?? value)
}

/** A short value, a plain word or a number would also be found inside of others. */
function toPattern(value: string): string {
  const escaped = RegExp.escape(value)
  const isPartOfWords = value.length < 8 || /^(\p{L}+|\p{N}+)$/u.test(value)
  return isPartOfWords ? `(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])` : escaped
}

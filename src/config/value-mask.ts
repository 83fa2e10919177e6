import type { EnvironmentValue } from './gateway-config.ts'

/** Puts `${NAME}` wherever a text holds what the variable `NAME` gave the configuration. */
export function maskValues(text: string, values: readonly EnvironmentValue[]): string {
  const longestFirst = values
    .filter(({ value }) => value !== '')
    .toSorted((a, b) => b.value.length - a.value.length)
  if (longestFirst.length === 0) return text
  const names = new Map(longestFirst.toReversed().map(({ variable, value }) => [value, variable]))
  const pattern = new RegExp(longestFirst.map(({ value }) => toPattern(value)).join('|'), 'gu')
  return text.replace(pattern, (value) => `\${${names.get(value)}}`)
}

/** A short value would also be found inside of ordinary words. */
function toPattern(value: string): string {
  const escaped = RegExp.escape(value)
  return value.length < 4 ? `(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])` : escaped
}

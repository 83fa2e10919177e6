import { replaceTexts } from '../contract/mask-texts.ts'
import type { EnvironmentValue } from './gateway-config.ts'

/** Puts `${NAME}` wherever a text holds what the variable `NAME` gave the configuration. */
export function maskValues(text: string, values: readonly EnvironmentValue[]): string {
  return replaceTexts(
    text,
    new Map(values.toReversed().map(({ variable, value }) => [value, `\${${variable}}`])),
  )
}

/** Whatever stands in a part of a configuration, as it would be quoted. */
export function textsIn(value: unknown): string[] {
  if (value !== null && typeof value === 'object') return Object.values(value).flatMap(textsIn)
  return typeof value === 'string' || typeof value === 'number' ? [String(value)] : []
}

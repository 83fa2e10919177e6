import type { Truth } from '../fixture/truth.ts'
import { test } from './filter-builders.ts'

/** Filters that belong to one check. */
export interface FilterGroup<Filter> {
  readonly id: string
  readonly about: string
  filters(truth: Truth): readonly Filter[]
}

/** Texts that mean something to a pattern, a quotation, an encoding or a collation. */
export const trickyTexts: readonly string[] = [
  'a_b',
  '100%',
  '%',
  '_',
  '\\',
  'back\\slash',
  `it's`,
  `'`,
  '"',
  `both ' and "`,
  'line\nbreak',
  'nul\u0000byte',
  '\u0000',
  'caf\u00e9',
  'cafe\u0301',
  '\u{1f600}',
  '\ufffd',
  '\ud800',
  '',
  ' ',
  '*',
  'no such text',
]

/** Every operator on one field, with each of the texts. */
export function operatorsOf<Leaf>(
  texts: readonly string[],
  leaf: (...tests: ReturnType<typeof test>[]) => Leaf,
): Leaf[] {
  const operators = ['eq', 'ne', 'contains', 'startsWith', 'endsWith'] as const
  return operators.flatMap((operator) => texts.map((value) => leaf(test(operator, value))))
}

import type { TextTest } from './filter.ts'
import { foldCase } from './fold-case.ts'

/**
 * Whether one value passes all tests, as a function for many values: what is looked for is folded and collected once,
 * however many values there are. For adapters that check a part of a filter themselves.
 */
export function textMatcher(tests: readonly TextTest[]): (value: string) => boolean {
  const exact = all(tests.filter((test) => !test.ignoreCase).map((test) => matcherOf(test, asItIs)))
  const folded = tests.filter((test) => test.ignoreCase).map((test) => matcherOf(test, foldCase))
  if (folded.length === 0) return exact
  const passesFolded = all(folded)
  return (value) => exact(value) && passesFolded(foldCase(value))
}

function all(matchers: readonly ((value: string) => boolean)[]): (value: string) => boolean {
  const [only] = matchers
  return matchers.length === 1 && only ? only : (value) => matchers.every((matches) => matches(value))
}

function matcherOf(test: TextTest, fold: (text: string) => string): (value: string) => boolean {
  if (test.operator === 'in') {
    const wanted = new Set(test.values.map(fold))
    return (value) => wanted.has(value)
  }
  const wanted = fold(test.value)
  switch (test.operator) {
    case 'eq':
      return (value) => value === wanted
    case 'ne':
      return (value) => value !== wanted
    case 'contains':
      return (value) => value.includes(wanted)
    case 'startsWith':
      return (value) => value.startsWith(wanted)
    case 'endsWith':
      return (value) => value.endsWith(wanted)
  }
}

function asItIs(text: string): string {
  return text
}

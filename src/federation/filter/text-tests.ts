import type { TextTest } from '../../contract/index.ts'

/** Whether one value passes all tests. */
export function passes(value: string, tests: readonly TextTest[]): boolean {
  return tests.every((test) => passesOne(value, test))
}

function passesOne(value: string, test: TextTest): boolean {
  const fold = test.ignoreCase ? (text: string) => text.toLowerCase() : (text: string) => text
  const actual = fold(value)
  if (test.operator === 'in') return test.values.some((wanted) => fold(wanted) === actual)
  const wanted = fold(test.value)
  switch (test.operator) {
    case 'eq':
      return actual === wanted
    case 'ne':
      return actual !== wanted
    case 'contains':
      return actual.includes(wanted)
    case 'startsWith':
      return actual.startsWith(wanted)
    case 'endsWith':
      return actual.endsWith(wanted)
  }
}

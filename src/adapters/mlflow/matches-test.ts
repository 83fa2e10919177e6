import type { TextTest } from '../../contract/index.ts'

export function matchesTest(text: string, test: TextTest): boolean {
  const fold = (value: string) => (test.ignoreCase ? value.toLowerCase() : value)
  const subject = fold(text)
  switch (test.operator) {
    case 'eq':
      return subject === fold(test.value)
    case 'ne':
      return subject !== fold(test.value)
    case 'in':
      return test.values.some((value) => subject === fold(value))
    case 'contains':
      return subject.includes(fold(test.value))
    case 'startsWith':
      return subject.startsWith(fold(test.value))
    case 'endsWith':
      return subject.endsWith(fold(test.value))
  }
}

import type { TextTest } from '../../contract/index.ts'

/** The model of a grant: one name, or all names of a form. */
export interface ModelPattern {
  /** The one name that it stands for; null for a pattern. */
  readonly name: string | null
  /** In code points; `*` is one. */
  readonly length: number
  /** The texts between its stars. */
  readonly literals: readonly string[]
  matches(name: string): boolean
}

/** `*` stands for any text, also none; `\*` stands for a star. Every other character stands for itself. */
export function parseModelPattern(text: string): ModelPattern {
  const literals = text.split(/(?<!\\)\*/).map((literal) => literal.replaceAll('\\*', '*'))
  const length = literals.reduce((sum, literal) => sum + [...literal].length, literals.length - 1)
  const [name = ''] = literals
  if (literals.length === 1) return { name, length, literals, matches: (other) => other === name }
  return { name: null, length, literals, matches: (other) => matchesLiterals(literals, other) }
}

/** What stands for this one name and no other. */
export function exactly(name: string): string {
  return name.replaceAll('*', '\\*')
}

/** Each text as early as it goes, so that no name takes longer than it is long. */
function matchesLiterals(literals: readonly string[], name: string): boolean {
  const [first = '', ...others] = literals
  const last = others.pop() ?? ''
  if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last))
    return false
  const end = name.length - last.length
  let from = first.length
  for (const literal of others) {
    const at = name.indexOf(literal, from)
    if (at < 0 || at + literal.length > end) return false
    from = at + literal.length
  }
  return true
}

/** Tests that all its names pass; `isExact`: and no others. */
export function testsOf({ name, literals }: ModelPattern): {
  readonly tests: readonly TextTest[]
  readonly isExact: boolean
} {
  const test = (operator: 'eq' | 'startsWith' | 'contains' | 'endsWith', value: string): TextTest[] =>
    value === '' ? [] : [{ operator, value, ignoreCase: false }]
  if (name !== null) return { tests: [{ operator: 'eq', value: name, ignoreCase: false }], isExact: true }
  const middle = literals.slice(1, -1).filter((literal) => literal !== '')
  const tests = [
    ...test('startsWith', literals[0] ?? ''),
    ...middle.flatMap((literal) => test('contains', literal)),
    ...test('endsWith', literals.at(-1) ?? ''),
  ]
  return { tests, isExact: tests.length <= 1 }
}

/** Whether every name of the one is a name of the other: what a star stands for goes into a star. */
export function covers(wide: ModelPattern, narrow: ModelPattern): boolean {
  // Half of a surrogate pair is in no text that a registry can keep.
  return wide.matches(narrow.literals.join('\uD800'))
}

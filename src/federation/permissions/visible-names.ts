import type { TextTest } from '../../contract/index.ts'
import type { NameFilter } from '../../stores/name-filter.ts'
import { covers, type ModelPattern, testsOf } from './model-pattern.ts'

/** A set of names that holds all visible ones, and as few others as can be said by tests of texts. */
export type NameSet = 'all' | readonly Part[]

/** The set is all of its parts together; without any it is empty. */
type Part =
  | { readonly kind: 'pattern'; readonly pattern: ModelPattern }
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'but'; readonly filter: NameFilter; readonly prefix: string }

/** As many names as a backend may be asked for at once; beyond them what they have in common has to do. */
export const mostNames = 5000

export function withPatterns(set: NameSet, patterns: readonly ModelPattern[]): NameSet {
  return patterns.reduce<NameSet>((all, pattern) => {
    if (all === 'all' || pattern.literals.every((literal) => literal === '')) return 'all'
    if (all.some((part) => part.kind === 'pattern' && covers(part.pattern, pattern))) return all
    const others = all.filter((part) => part.kind !== 'pattern' || !covers(pattern, part.pattern))
    return [...others, { kind: 'pattern', pattern }]
  }, set)
}

export function withNames(set: NameSet, names: readonly string[]): NameSet {
  return set === 'all' || names.length === 0 ? set : [...set, { kind: 'names', names }]
}

/** Takes away what can be said exactly; of other patterns the names stay, as each name is looked at again. */
export function without(set: NameSet, patterns: readonly ModelPattern[], names: readonly string[]): NameSet {
  if (set !== 'all' && set.length === 0) return set
  const tests = patterns.map(testsOf)
  if (tests.some((each) => each.isExact && each.tests.length === 0)) return []
  const gone: NameFilter[] = tests.filter(({ isExact }) => isExact).map((each) => named(each.tests))
  if (names.length > 0 && names.length <= mostNames) gone.push(named([among(names)]))
  if (gone.length === 0) return set
  const inner = toNameFilter(set)
  const rest = gone.map((filter): NameFilter => ({ kind: 'not', filter }))
  const filter: NameFilter = { kind: 'and', filters: inner === null ? rest : [inner, ...rest] }
  return [{ kind: 'but', filter, prefix: set === 'all' ? '' : commonPrefix(set) }]
}

/** Null: no name is left out. */
export function toNameFilter(set: NameSet): NameFilter | null {
  if (set === 'all') return null
  const prefix = commonPrefix(set)
  const begins: NameFilter[] =
    prefix === '' ? [] : [named([{ operator: 'startsWith', value: prefix, ignoreCase: false }])]
  const parts = set.map(toFilter)
  const [only] = parts
  if (parts.includes(null)) return begins[0] ?? null
  const filters = parts.filter((part) => part !== null)
  if (filters.length === 1 && only) return only
  const any: NameFilter = { kind: 'or', filters }
  // Many backends know no «or», and what all have in common can be asked of them.
  return begins.length === 0 || filters.length === 0 ? any : { kind: 'and', filters: [...begins, any] }
}

function toFilter(part: Part): NameFilter | null {
  switch (part.kind) {
    case 'pattern':
      return named(testsOf(part.pattern).tests)
    case 'names':
      return part.names.length > mostNames ? null : named([among(part.names)])
    case 'but':
      return part.filter
  }
}

function named(tests: readonly TextTest[]): NameFilter {
  return { kind: 'name', tests }
}

function among(names: readonly string[]): TextTest {
  const [only = ''] = names
  return names.length === 1
    ? { operator: 'eq', value: only, ignoreCase: false }
    : { operator: 'in', values: names, ignoreCase: false }
}

function commonPrefix(parts: readonly Part[]): string {
  const texts = parts.flatMap((part) => {
    if (part.kind === 'names') return part.names
    return part.kind === 'but' ? [part.prefix] : [part.pattern.literals[0] ?? '']
  })
  let [prefix = ''] = texts
  for (const text of texts) while (!text.startsWith(prefix)) prefix = [...prefix].slice(0, -1).join('')
  return prefix
}

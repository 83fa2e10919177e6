import type { Filter, ModelLeaf, TextTest, TimeCondition, VersionLeaf } from 'modelgate/adapter'

type Leaf = ModelLeaf | VersionLeaf

/** What lists say of a row; everything else costs a request for each row. */
interface Known {
  readonly texts: Readonly<Record<string, string>>
  readonly createdAt: Date | null
}

/**
 * The models that a filter names; `null`: any. This and {@link mayMatch} spare requests and decide nothing: the filter
 * stays in the residue, and the gateway checks it.
 */
export function namesIn(filter: Filter<Leaf> | null, field: 'name' | 'model'): readonly string[] | null {
  const tests = requiredBy(filter).flatMap((leaf) =>
    leaf.kind === 'text' && leaf.field === field ? leaf.tests : [],
  )
  for (const test of tests) {
    if (test.operator === 'eq' && !test.ignoreCase) return [test.value]
    if (test.operator === 'in' && !test.ignoreCase) return [...new Set(test.values)]
  }
  return null
}

export function mayMatch(filter: Filter<Leaf> | null, { texts, createdAt }: Known): boolean {
  return requiredBy(filter).every((leaf) => {
    if (leaf.kind === 'time' && leaf.field === 'createdAt')
      return createdAt !== null && holds(leaf, createdAt)
    if (leaf.kind !== 'text') return true
    const value = texts[leaf.field]
    return value === undefined || leaf.tests.every((test) => mayPass(test, value))
  })
}

/** What every match has to pass: nothing below an `or` or a `not` is that. */
function requiredBy(filter: Filter<Leaf> | null): readonly Leaf[] {
  if (filter?.kind === 'and') return filter.filters.flatMap(requiredBy)
  return filter === null || filter.kind === 'or' || filter.kind === 'not' ? [] : [filter]
}

function holds({ operator, value }: TimeCondition, time: Date): boolean {
  if (operator === 'gt') return time > value
  if (operator === 'gte') return time >= value
  return operator === 'lt' ? time < value : time <= value
}

function mayPass(test: TextTest, value: string): boolean {
  const fold = (text: string) => (test.ignoreCase ? text.toLowerCase() : text)
  switch (test.operator) {
    case 'eq':
      return fold(value) === fold(test.value)
    case 'in':
      return test.values.map(fold).includes(fold(value))
    case 'startsWith':
      return fold(value).startsWith(fold(test.value))
    case 'contains':
      return fold(value).includes(fold(test.value))
    default:
      return true
  }
}

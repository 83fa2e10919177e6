import type {
  AliasRecord,
  Filter,
  ModelFilter,
  ModelLeaf,
  TextTest,
  VersionFilter,
  VersionLeaf,
} from '../../../contract/index.ts'

type Leaf = ModelLeaf | VersionLeaf
type NameField = 'name' | 'model'

/** For people; all else is left to the gateway. */
export const pushedDownFilters: readonly string[] = [
  'name.eq',
  'name.in',
  'model.eq',
  'model.in',
  'alias.eq',
  'alias.in',
]

/** The only names that can match; `null`: any. */
export function findNames(filter: ModelFilter | VersionFilter | null, field: NameField): string[] | null {
  const [first, ...others] = testsOf(filter, field).flatMap((test) => {
    if (test.ignoreCase) return []
    if (test.operator === 'eq') return [new Set([test.value])]
    return test.operator === 'in' ? [new Set(test.values)] : []
  })
  return first ? [...first].filter((name) => others.every((names) => names.has(name))) : null
}

/** Whether a version of such a model may match, as far as the model tells. */
export function mayMatch(
  filter: VersionFilter | null,
  name: string,
  aliases: readonly AliasRecord[],
): boolean {
  const isNamed = testsOf(filter, 'model').every((test) => holds(test, name))
  return (
    isNamed &&
    aliasTests(filter).every((tests) =>
      aliases.some((alias) => tests.every((test) => holds(test, alias.name))),
    )
  )
}

/** What has to hold of every match: the leaf itself, or those of an `and`. */
function leavesOf(filter: Filter<Leaf> | null): readonly Leaf[] {
  if (filter === null || filter.kind === 'or' || filter.kind === 'not') return []
  return filter.kind === 'and' ? filter.filters.flatMap(leavesOf) : [filter]
}

function testsOf(filter: Filter<Leaf> | null, field: NameField): readonly TextTest[] {
  return leavesOf(filter).flatMap((leaf) => (leaf.kind === 'text' && leaf.field === field ? leaf.tests : []))
}

function aliasTests(filter: Filter<Leaf> | null): readonly (readonly TextTest[])[] {
  return leavesOf(filter).flatMap((leaf) =>
    leaf.kind === 'text' && leaf.field === 'alias' ? [leaf.tests] : [],
  )
}

/** True where it is left to the gateway. */
function holds(test: TextTest, text: string): boolean {
  if (test.ignoreCase) return true
  switch (test.operator) {
    case 'eq':
      return text === test.value
    case 'in':
      return test.values.includes(text)
    case 'startsWith':
      return text.startsWith(test.value)
    default:
      return true
  }
}

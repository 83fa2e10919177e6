import type { Connective, Filter } from '../../contract/index.ts'

interface AnyLeaf {
  readonly kind: string
}

export function isConnective<Leaf extends AnyLeaf>(filter: Filter<Leaf>): filter is Connective<Leaf> {
  return filter.kind === 'and' || filter.kind === 'or' || filter.kind === 'not'
}

/** Whether any leaf of the tree is of this sort. */
export function asksFor<Leaf extends AnyLeaf>(
  filter: Filter<Leaf> | null,
  sort: (leaf: Leaf) => boolean,
): boolean {
  if (filter === null) return false
  if (!isConnective(filter)) return sort(filter)
  const inner = filter.kind === 'not' ? [filter.filter] : filter.filters
  return inner.some((each) => asksFor(each, sort))
}

/** What can be asked of who knows nothing of this sort, and what is left to judge by who does. */
export function splitFilter<Leaf extends AnyLeaf>(
  filter: Filter<Leaf> | null,
  sort: (leaf: Leaf) => boolean,
): { readonly asked: Filter<Leaf> | null; readonly left: Filter<Leaf> | null } {
  if (filter === null || !asksFor(filter, sort)) return { asked: filter, left: null }
  if (!isConnective(filter) || filter.kind !== 'and') return { asked: null, left: filter }
  const parts = Object.groupBy(filter.filters, (part) => (asksFor(part, sort) ? 'left' : 'asked'))
  return { asked: allOf(parts.asked ?? []), left: allOf(parts.left ?? []) }
}

/** What passes each of these; null: everything does. */
export function allOf<Leaf>(filters: readonly (Filter<Leaf> | null)[]): Filter<Leaf> | null {
  const given = filters.filter((filter) => filter !== null)
  const [only, ...others] = given
  return only === undefined || others.length === 0 ? (only ?? null) : { kind: 'and', filters: given }
}

/** Of a version, what only its run says. */
export function isOfRun({ kind }: AnyLeaf): boolean {
  return kind === 'metric' || kind === 'param'
}

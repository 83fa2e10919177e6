import type { Filter } from '../../contract/index.ts'
import type { SqlCondition } from '../sql-functions.ts'
import { allOf, always, anyOf, negate } from './condition.ts'

/** The rows that match a filter are those that meet `condition` and, what is left, match `residue`. */
export interface Pushdown<Leaf> {
  readonly condition: SqlCondition
  readonly residue: Filter<Leaf> | null
}

/** A leaf in SQL, true or false and never unknown; when it is not `exact`, more rows meet it than match. */
export interface LeafCondition {
  readonly condition: SqlCondition
  readonly exact: boolean
}

type AnyLeaf = { readonly kind: string }

/**
 * Beyond these a database may refuse the statement for its depth, or take seconds over it: SQLite plans 2,500
 * conditions on tags for 15 s. What is left to the gateway is checked in turns.
 */
const maxDepth = 50
const maxParts = 100

export function pushDown<Leaf extends AnyLeaf>(
  filter: Filter<Leaf> | null,
  toCondition: (leaf: Leaf) => LeafCondition,
): Pushdown<Leaf> {
  if (filter === null) return { condition: always, residue: null }
  let left = maxParts
  const pushdowns = conjuncts(filter).map((part) => {
    const parts = depthOf(part) > maxDepth ? Number.POSITIVE_INFINITY : countParts(part)
    if (parts > left) return { condition: always, residue: part }
    left -= parts
    return toPushdown(part, toCondition)
  })
  return conjunction(pushdowns)
}

/** The parts that all have to hold, of which any number may go down. */
export function conjuncts<Leaf extends AnyLeaf>(filter: Filter<Leaf>): readonly Filter<Leaf>[] {
  return isBranch(filter) && filter.kind === 'and' ? filter.filters.flatMap(conjuncts) : [filter]
}

function conjunction<Leaf>(parts: readonly Pushdown<Leaf>[]): Pushdown<Leaf> {
  const residues = parts.map((part) => part.residue).filter((residue) => residue !== null)
  return { condition: allOf(parts.map((part) => part.condition)), residue: toConjunction(residues) }
}

function toPushdown<Leaf extends AnyLeaf>(
  filter: Filter<Leaf>,
  toCondition: (leaf: Leaf) => LeafCondition,
): Pushdown<Leaf> {
  if (isNegation(filter)) {
    const { condition, residue } = toPushdown(filter.filter, toCondition)
    return residue === null
      ? { condition: negate(condition), residue }
      : { condition: always, residue: filter }
  }
  if (!isBranch(filter)) {
    const { condition, exact } = toCondition(filter)
    return { condition, residue: exact ? null : filter }
  }
  const parts = filter.filters.map((part) => toPushdown(part, toCondition))
  if (filter.kind === 'and') return conjunction(parts)
  const isExact = parts.every((part) => part.residue === null)
  return { condition: anyOf(parts.map((part) => part.condition)), residue: isExact ? null : filter }
}

function toConjunction<Leaf>(filters: readonly Filter<Leaf>[]): Filter<Leaf> | null {
  const [first = null] = filters
  return filters.length < 2 ? first : { kind: 'and', filters }
}

/** Without recursion: the depth is the caller's. */
function depthOf<Leaf extends AnyLeaf>(filter: Filter<Leaf>): number {
  let depth = 0
  for (let level = [filter]; level.length > 0 && depth <= maxDepth; level = level.flatMap(partsOf)) depth++
  return depth
}

function countParts<Leaf extends AnyLeaf>(filter: Filter<Leaf>): number {
  if (isNegation(filter) || isBranch(filter)) {
    return partsOf(filter).reduce((count, part) => count + countParts(part), 1)
  }
  return 'tests' in filter && Array.isArray(filter.tests) ? 1 + filter.tests.length : 1
}

function partsOf<Leaf extends AnyLeaf>(filter: Filter<Leaf>): readonly Filter<Leaf>[] {
  if (isNegation(filter)) return [filter.filter]
  return isBranch(filter) ? filter.filters : []
}

type Branch<Leaf> = Extract<Filter<Leaf>, { kind: 'and' | 'or'; filters: readonly Filter<Leaf>[] }>
type Negation<Leaf> = Extract<Filter<Leaf>, { kind: 'not'; filter: Filter<Leaf> }>

function isBranch<Leaf extends AnyLeaf>(filter: Filter<Leaf>): filter is Branch<Leaf> {
  return filter.kind === 'and' || filter.kind === 'or'
}

function isNegation<Leaf extends AnyLeaf>(filter: Filter<Leaf>): filter is Negation<Leaf> {
  return filter.kind === 'not'
}

import type { Connective, Filter, VersionFilter, VersionLeaf } from '../../contract/index.ts'

/** What the catalog can judge, and what is left for the gateway, where no runs are kept. */
export function withoutRuns(filter: VersionFilter | null) {
  if (filter === null || !isOfRuns(filter)) return { asked: filter, left: null }
  if (filter.kind !== 'and') return { asked: null, left: filter }
  const parts = Object.groupBy(filter.filters, (part) => (isOfRuns(part) ? 'left' : 'asked'))
  return { asked: allOf(parts.asked), left: allOf(parts.left) }
}

function isOfRuns(filter: VersionFilter): boolean {
  if (isConnective(filter)) {
    return filter.kind === 'not' ? isOfRuns(filter.filter) : filter.filters.some(isOfRuns)
  }
  return filter.kind === 'metric' || filter.kind === 'param'
}

function isConnective(filter: VersionFilter): filter is Connective<VersionLeaf> {
  return filter.kind === 'and' || filter.kind === 'or' || filter.kind === 'not'
}

function allOf(filters: readonly Filter<VersionLeaf>[] = []): VersionFilter | null {
  return filters.length === 0 ? null : { kind: 'and', filters }
}

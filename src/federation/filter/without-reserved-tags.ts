import type { Filter, ModelLeaf, VersionLeaf } from '../../contract/index.ts'
import { originTag } from '../registry/intake.ts'

const nothing = { kind: 'or', filters: [] } as const

/** The gateway's own tags are no tags to a client: a condition on one matches nothing, in every backend. */
export function withoutReservedTags<Leaf extends ModelLeaf | VersionLeaf>(
  filter: Filter<Leaf>,
): Filter<Leaf> {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return { ...filter, filters: filter.filters.map((inner) => withoutReservedTags(inner)) } as Filter<Leaf>
    case 'not':
      return { kind: 'not', filter: withoutReservedTags(filter.filter) }
    case 'tag':
      return filter.key === originTag ? nothing : filter
    default:
      return filter
  }
}

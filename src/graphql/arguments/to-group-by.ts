import type { GroupBy } from '../../federation/session/readers.ts'
import type { ModelGroupBy } from '../generated/resolver-types.ts'

/** GraphQL has seen to it that one of them is given. */
export function toGroupBy({ tag, nameBefore }: ModelGroupBy): GroupBy {
  return typeof tag === 'string' ? { tag } : { nameBefore: nameBefore ?? '' }
}

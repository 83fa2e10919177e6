import type { Filter, ModelLeaf, TextTest, VersionLeaf } from '../../contract/index.ts'
import { isReservedTag, originTag } from '../records/origin-tags.ts'
import { hasOrigin, isCopyWithin, mayHaveRunByOrigin } from './run-by-origin.ts'

const nothing = { kind: 'or', filters: [] } as const
/**
 * The filter as a backend has to understand it, which knows nothing of the gateway's own tags. They are no tags to a
 * client: a condition on one matches nothing. And one of them stands for the source of a copy from another registry.
 * Copies without a run may match by their origin's: a backend gives them all, and they are judged by the filter itself.
 *
 * @param asked what a backend is asked for in the place of a model's name.
 * @param isNegated where a row that a backend takes for no match is one in the end.
 */
export function toBackendFilter<Leaf extends ModelLeaf | VersionLeaf>(
  filter: Filter<Leaf>,
  asked: (model: string) => string,
  isNegated = false,
): Filter<Leaf> {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return {
        ...filter,
        filters: filter.filters.map((inner) => toBackendFilter(inner, asked, isNegated)),
      } as Filter<Leaf>
    case 'not':
      return { kind: 'not', filter: toBackendFilter(filter.filter, asked, !isNegated) }
    case 'tag':
      return isReservedTag(filter.key) ? nothing : filter
    case 'text':
      return toBackendText(filter, asked) as Filter<Leaf>
    case 'metric':
    case 'param':
      return isNegated ? filter : ({ kind: 'or', filters: [filter, mayHaveRunByOrigin] } as Filter<Leaf>)
    default:
      return filter
  }
}

function toBackendText(
  filter: Extract<ModelLeaf | VersionLeaf, { kind: 'text' }>,
  asked: (model: string) => string,
): Filter<ModelLeaf | VersionLeaf> {
  const { field, tests } = filter
  if (field === 'source') return bySource(tests)
  const isOfModel = field === 'name' || field === 'model'
  return isOfModel ? { ...filter, tests: tests.map((test) => naming(test, asked)) } : filter
}

/** Regardless of case a name stands for others too. */
function naming(test: TextTest, asked: (model: string) => string): TextTest {
  if (test.ignoreCase) return test
  if (test.operator === 'in') return { ...test, values: test.values.map(asked) }
  return test.operator === 'eq' ? { ...test, value: asked(test.value) } : test
}

/** Once the gateway has taken the rows in, the second half never holds and the first half is the condition itself. */
function bySource(tests: readonly TextTest[]): Filter<VersionLeaf> {
  const ownSource: Filter<VersionLeaf> = {
    kind: 'or',
    filters: [isCopyWithin, { kind: 'not', filter: hasOrigin }],
  }
  return {
    kind: 'or',
    filters: [
      { kind: 'and', filters: [{ kind: 'text', field: 'source', tests }, ownSource] },
      {
        kind: 'and',
        filters: [
          { kind: 'tag', key: originTag, tests },
          { kind: 'not', filter: isCopyWithin },
        ],
      },
    ],
  }
}

import type { Filter, VersionLeaf } from '../../contract/index.ts'
import { originTag } from '../records/origin-tags.ts'

export const hasOrigin = { kind: 'tag', key: originTag, tests: [] } as const
export const isCopyWithin = {
  kind: 'text',
  field: 'source',
  tests: [{ operator: 'startsWith', value: 'models:/', ignoreCase: false }],
} as const

/** Copies without a run of their own, as a backend can find them: what their origin's run says it does not know. */
export const mayHaveRunByOrigin: Filter<VersionLeaf> = {
  kind: 'and',
  filters: [
    { kind: 'not', filter: { kind: 'text', field: 'runId', tests: [] } },
    { kind: 'or', filters: [isCopyWithin, hasOrigin] },
  ],
}

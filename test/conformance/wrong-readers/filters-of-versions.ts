import type { TextTest, VersionFilter, VersionLeaf } from '../../../src/contract/index.ts'
import { askedVersions, type WrongReader, withVersions } from './wrong-reader.ts'

const everything: VersionFilter = { kind: 'and', filters: [] }
type Field = Extract<VersionLeaf, { kind: 'text' }>['field']

/** Changes the tests of one field. */
const testing = (field: Field, change: (test: TextTest) => TextTest) =>
  askedVersions((leaf) =>
    leaf.kind === 'text' && leaf.field === field ? { ...leaf, tests: leaf.tests.map(change) } : leaf,
  )

const isOther = ({ operator }: TextTest) => operator === 'ne'

/** As of an index for full text, which is asked when it alone can answer. */
function withoutCase(filter: VersionFilter): VersionFilter {
  if (filter.kind !== 'text' || filter.field !== 'model') return filter
  return {
    ...filter,
    tests: filter.tests.map((test) => (test.operator === 'contains' ? { ...test, ignoreCase: true } : test)),
  }
}

export const wrongWithFiltersOfVersions: readonly WrongReader[] = [
  {
    wrong: 'finds the versions of a model by a collation that knows no case',
    fails: ['MG-FILTER-020'],
    spoil: testing('model', (test) => (test.operator === 'eq' ? { ...test, ignoreCase: true } : test)),
  },
  {
    wrong: 'compares versions as numbers',
    fails: ['MG-FILTER-021'],
    spoil: testing('version', (test) =>
      'value' in test && /^\d+$/.test(test.value) ? { ...test, value: String(Number(test.value)) } : test,
    ),
  },
  {
    wrong: 'counts a version without a description as described otherwise',
    fails: ['MG-FILTER-022'],
    spoil: askedVersions((leaf) => {
      if (leaf.kind !== 'text' || leaf.field !== 'description' || !leaf.tests.some(isOther)) return leaf
      const none = { kind: 'not', filter: { ...leaf, tests: [] } } as const
      return { kind: 'or', filters: [leaf, none] }
    }),
  },
  {
    wrong: 'looks for parts of a source at its beginning only',
    fails: ['MG-FILTER-023'],
    spoil: testing('source', (test) =>
      test.operator === 'contains' ? { ...test, operator: 'startsWith' } : test,
    ),
  },
  {
    wrong: 'counts a version without the tag as tagged otherwise',
    fails: ['MG-FILTER-024'],
    spoil: askedVersions((leaf) => {
      if (leaf.kind !== 'tag' || !leaf.tests.some(isOther)) return leaf
      return { kind: 'or', filters: [leaf, { kind: 'not', filter: { ...leaf, tests: [] } }] }
    }),
  },
  {
    wrong: 'gives a version once for each alias that matches',
    fails: ['MG-FILTER-025', 'MG-FILTER-032'],
    spoil: withVersions(({ list }) => ({
      async list(query, call) {
        const page = await list(query, call)
        if (!JSON.stringify(query.filter).includes('"field":"alias","tests":[]')) return page
        const items = page.items.flatMap((row) => [row, ...(row.aliases ?? []).slice(1).map(() => row)])
        return { ...page, items }
      },
    })),
  },
  {
    wrong: 'finds stages without regard to case',
    fails: ['MG-FILTER-026'],
    spoil: testing('stage', (test) => ({ ...test, ignoreCase: true })),
  },
  {
    wrong: 'takes an empty list of statuses for no condition',
    fails: ['MG-FILTER-027'],
    spoil: askedVersions((leaf) => (leaf.kind === 'status' && leaf.in.length === 0 ? everything : leaf)),
  },
  {
    wrong: 'finds a version by its run only while the run is there',
    fails: ['MG-FILTER-028'],
    spoil: askedVersions((leaf) => {
      if (leaf.kind !== 'text' || leaf.field !== 'runId') return leaf
      const gone = {
        kind: 'text',
        field: 'runId',
        tests: [{ operator: 'eq', value: 'f'.repeat(32), ignoreCase: false }],
      } as const
      return { kind: 'and', filters: [leaf, { kind: 'not', filter: gone }] }
    }),
  },
  {
    wrong: 'counts what has no param as having another one',
    fails: ['MG-FILTER-030'],
    spoil: askedVersions((leaf) => {
      if (leaf.kind !== 'param' || !leaf.tests.some(isOther)) return leaf
      return { kind: 'or', filters: [leaf, { kind: 'not', filter: { ...leaf, tests: [] } }] }
    }),
  },
  {
    wrong: 'takes nothing to choose from for every version',
    fails: ['MG-FILTER-032'],
    spoil: askedVersions((filter) =>
      filter.kind === 'or' && filter.filters.length === 0 ? everything : filter,
    ),
  },
  {
    wrong: 'drops a filter by metrics where there are no runs',
    fails: ['MG-RUN-007', 'MG-FILTER-029', 'MG-FILTER-032'],
    spoil({ runs: _, ...adapter }) {
      const dropping = askedVersions((leaf) => (leaf.kind === 'metric' ? everything : leaf))
      return {
        ...dropping(adapter),
        async describe(call) {
          const description = await adapter.describe(call)
          return { ...description, levels: { ...description.levels, runs: 'NONE' } }
        },
      }
    },
  },
  {
    wrong: 'knows no case where a part of the model’s name is all that is asked for',
    fails: ['MG-FILTER-033'],
    spoil: withVersions(({ list }) => ({
      list: ({ filter, ...query }, call) => list({ ...query, filter: filter && withoutCase(filter) }, call),
    })),
  },
]

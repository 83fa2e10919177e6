import type { ModelFilter } from '../../../src/contract/index.ts'
import { askedModels, type WrongReader, withModels } from './wrong-reader.ts'

const everything: ModelFilter = { kind: 'and', filters: [] }

/** As of an index for full text, which is asked when it alone can answer. */
function withoutCase(filter: ModelFilter): ModelFilter {
  if (filter.kind !== 'text' || filter.field !== 'name') return filter
  return {
    ...filter,
    tests: filter.tests.map((test) => (test.operator === 'contains' ? { ...test, ignoreCase: true } : test)),
  }
}

export const wrongWithFiltersOfModels: readonly WrongReader[] = [
  {
    wrong: 'compares names by a collation that knows no case',
    fails: ['MG-FILTER-001', 'MG-FILTER-011'],
    spoil: askedModels((leaf) => {
      if (leaf.kind !== 'text' || leaf.field !== 'name') return leaf
      return {
        ...leaf,
        tests: leaf.tests.map((test) => (test.operator === 'eq' ? { ...test, ignoreCase: true } : test)),
      }
    }),
  },
  {
    wrong: 'takes an empty list of names for no condition',
    fails: ['MG-FILTER-002'],
    spoil: askedModels((leaf) => {
      if (leaf.kind !== 'text' || leaf.field !== 'name') return leaf
      return leaf.tests.some((test) => test.operator === 'in' && test.values.length === 0) ? everything : leaf
    }),
  },
  {
    wrong: 'overlooks that case does not matter',
    fails: ['MG-FILTER-004'],
    spoil: askedModels((leaf) => {
      if (leaf.kind !== 'text' || leaf.field !== 'name') return leaf
      return {
        ...leaf,
        tests: leaf.tests.map((test) => (test.operator === 'in' ? test : { ...test, ignoreCase: false })),
      }
    }),
  },
  {
    wrong: 'heeds the last of several tests only',
    fails: ['MG-FILTER-005'],
    spoil: askedModels((leaf) =>
      leaf.kind === 'text' && leaf.field === 'name' ? { ...leaf, tests: leaf.tests.slice(-1) } : leaf,
    ),
  },
  {
    wrong: 'doubles quotes in the values of tags',
    fails: ['MG-FILTER-007'],
    spoil: askedModels((leaf) => {
      if (leaf.kind !== 'tag') return leaf
      const quote = (text: string) => text.replaceAll(`'`, `''`)
      return {
        ...leaf,
        tests: leaf.tests.map((test) =>
          test.operator === 'in' ? test : { ...test, value: quote(test.value) },
        ),
      }
    }),
  },
  {
    wrong: 'decodes the keys of tags as parts of a URL',
    fails: ['MG-FILTER-008'],
    spoil: askedModels((leaf) =>
      leaf.kind === 'tag' ? { ...leaf, key: decodeURIComponent(leaf.key) } : leaf,
    ),
  },
  {
    wrong: 'gives a model once for each alias that matches',
    fails: ['MG-FILTER-009', 'MG-FILTER-011'],
    spoil: withModels(({ list }) => ({
      async list(query, call) {
        const page = await list(query, call)
        if (!JSON.stringify(query.filter).includes('"field":"alias","tests":[]')) return page
        return { ...page, items: page.items.flatMap((row) => [row, ...row.aliases.slice(1).map(() => row)]) }
      },
    })),
  },
  {
    wrong: 'takes nothing to choose from for everything',
    fails: ['MG-FILTER-011'],
    spoil: askedModels((filter) =>
      filter.kind === 'or' && filter.filters.length === 0 ? everything : filter,
    ),
  },
  {
    wrong: 'knows no case where a part of the name is all that is asked for',
    fails: ['MG-FILTER-012'],
    spoil: withModels(({ list }) => ({
      list: ({ filter, ...query }, call) => list({ ...query, filter: filter && withoutCase(filter) }, call),
    })),
  },
]

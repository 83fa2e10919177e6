import type { ModelPage, VersionPage } from '../../../src/contract/index.ts'
import { keptOrder, type WrongReader, withModels, withVersions } from './wrong-reader.ts'

export const wrongWithLists: readonly WrongReader[] = [
  {
    wrong: 'changes its mind about the residue',
    fails: ['MG-PAGE-005'],
    spoil: withModels(({ list }) => ({
      async list(query, call) {
        const page = await list(query, call)
        return query.continuation === null ? page : { ...page, residue: query.filter }
      },
    })),
  },
  {
    wrong: 'fails on a continuation that it does not know',
    fails: ['MG-PAGE-006'],
    spoil: withModels(({ list }) => ({
      list(query, call) {
        if (query.continuation?.startsWith('{')) throw new TypeError('offset is not a number')
        return list(query, call)
      },
    })),
  },
  {
    wrong: 'leaves the other rows out with the archived ones',
    fails: ['MG-PAGE-008'],
    spoil: withVersions(({ list }) => ({
      async list(query, call): Promise<VersionPage> {
        const page = await list(query, call)
        return query.includeArchived
          ? page
          : { ...page, items: page.items.filter(({ stage }) => stage !== 'Staging') }
      },
    })),
  },
  {
    wrong: 'keeps the place in a list between calls',
    fails: ['MG-PAGE-009'],
    spoil(adapter) {
      let running = 0
      return withModels(({ list }) => ({
        async list(query, call): Promise<ModelPage> {
          running++
          try {
            await new Promise((resolve) => setImmediate(resolve))
            const page = await list(query, call)
            return { ...page, items: running > 1 ? page.items.slice(1) : page.items }
          } finally {
            running--
          }
        },
      }))(adapter)
    },
  },
  {
    wrong: 'sorts by UTF-16 units and says that the order is kept',
    fails: ['MG-ORDER-001'],
    spoil: keptOrder((rows) => rows.toSorted((a, b) => (a.name < b.name ? -1 : 1))),
  },
  {
    wrong: 'sorts by a locale and says that the order is kept',
    fails: ['MG-ORDER-001', 'MG-ORDER-030'],
    spoil: keptOrder((rows) => rows.toSorted((a, b) => a.name.localeCompare(b.name, 'en'))),
  },
  {
    wrong: 'says of no order that it is kept',
    fails: ['MG-ORDER-003'],
    spoil: withModels(({ list }) => ({
      list: async (query, call) => ({ ...(await list(query, call)), ordered: false }),
    })),
  },
  {
    wrong: 'resumes behind all rows of the same values',
    fails: ['MG-ORDER-013'],
    spoil: withModels(({ list }) => ({
      list: (query, call) =>
        list(
          query.after?.name === null ? { ...query, after: { ...query.after, name: '\u{10ffff}' } } : query,
          call,
        ),
    })),
  },
  {
    wrong: 'looks for the row to resume at',
    fails: ['MG-ORDER-024'],
    spoil: withVersions(({ list }) => ({
      async list(query, call) {
        const page = await list(query, call)
        return query.after?.name?.endsWith('gone') ? { ...page, items: [], continuation: null } : page
      },
    })),
  },
  {
    wrong: 'sends patterns that it does not escape',
    fails: ['MG-FILTER-003'],
    spoil: withModels(({ list }) => ({
      list: (query, call) =>
        list(
          {
            ...query,
            filter: JSON.stringify(query.filter).includes('contains","value":"a_b"')
              ? { kind: 'and', filters: [] }
              : query.filter,
          },
          call,
        ),
    })),
  },
  {
    wrong: 'takes what is not there for another value',
    fails: ['MG-FILTER-006'],
    spoil: withModels(({ list }) => ({
      async list(query, call) {
        const page = await list(query, call)
        if (!JSON.stringify(query.filter).includes('"description","tests":[{"operator":"ne"')) return page
        const all = await list({ ...query, filter: null }, call)
        return {
          ...page,
          items: [...page.items, ...all.items.filter(({ description }) => description === null)],
        }
      },
    })),
  },
  {
    wrong: 'drops a metric that compares with infinity',
    fails: ['MG-FILTER-029'],
    spoil: withVersions(({ list }) => ({
      async list(query, call) {
        const page = await list(query, call)
        return /"metric".*"value":null/.test(JSON.stringify(query.filter))
          ? { ...page, items: page.items.slice(1) }
          : page
      },
    })),
  },
]

import { compareCodePoints, type ModelVersionRecord } from '../../../src/contract/index.ts'
import { type WrongReader, withModels, withVersions } from './wrong-reader.ts'

export const wrongWithPages: readonly WrongReader[] = [
  {
    wrong: 'begins each page of models one row too late',
    fails: ['MG-PAGE-001', 'MG-PAGE-009'],
    spoil: withModels(({ list }) => ({
      async list(query, call) {
        const page = await list(query, call)
        const isLater = query.continuation?.startsWith('row:') && query.limit > 1
        return isLater ? { ...page, items: page.items.slice(1) } : page
      },
    })),
  },
  {
    wrong: 'begins each page of versions one row too late',
    fails: ['MG-PAGE-002'],
    spoil: withVersions(({ list }) => ({
      async list(query, call) {
        const page = await list(query, call)
        const isLater = query.continuation?.startsWith('row:') && query.limit > 1
        return isLater ? { ...page, items: page.items.slice(1) } : page
      },
    })),
  },
  {
    wrong: 'keeps one row of a page back, to see whether there is another',
    fails: ['MG-PAGE-003'],
    spoil: withModels(({ list }) => ({
      async list(query, call) {
        const page = await list(query, call)
        return query.limit === 1 ? { ...page, items: [], continuation: null } : page
      },
    })),
  },
  {
    wrong: 'gives nothing to whoever wants everything',
    fails: ['MG-PAGE-004'],
    spoil: withModels(({ list }) => ({
      list: (query, call) => list({ ...query, filter: query.filter ?? { kind: 'or', filters: [] } }, call),
    })),
  },
  {
    wrong: 'never lists archived models',
    fails: [
      'MG-PAGE-007',
      'MG-FILTER-002',
      'MG-FILTER-004',
      'MG-FILTER-005',
      'MG-FILTER-010',
      'MG-FILTER-011',
      'MG-IDENT-003',
      'MG-PAGE-001',
      'MG-PAGE-004',
      'MG-PAGE-009',
      'MG-TIME-001',
      'MG-TIME-003',
    ],
    spoil: withModels(({ list }) => ({
      async list(query, call) {
        const page = await list(query, call)
        return { ...page, items: page.items.filter(({ archived }) => !archived) }
      },
    })),
  },
  {
    wrong: 'puts versions without a metric first and says that the order is kept',
    fails: ['MG-ORDER-002'],
    spoil: withVersions(({ list }) => ({
      async list(query, call) {
        const page = await list(query, call)
        if (query.order[0]?.field !== 'metric' || query.limit > 100) return page
        return { ...page, items: page.items.toReversed() }
      },
    })),
  },
  {
    wrong: 'lists versions in the order of their texts and says that the order is kept',
    fails: ['MG-VERSION-010', 'MG-ORDER-002'],
    spoil: withVersions(({ list }) => ({
      async list(query, call) {
        const page = await list({ ...query, limit: 10_000, continuation: null }, call)
        const [first, second] = query.order
        const isDefault =
          first?.field === 'model' && second?.field === 'version' && second.direction === 'asc'
        return isDefault && query.after === null ? { ...page, items: page.items.toSorted(byTexts) } : page
      },
    })),
  },
]

function byTexts(a: ModelVersionRecord, b: ModelVersionRecord): number {
  return compareCodePoints(a.modelName, b.modelName) || compareCodePoints(a.version, b.version)
}

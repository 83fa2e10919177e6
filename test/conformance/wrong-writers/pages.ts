import type { Adapter, Call, ListPage, ListQuery } from '../../../src/contract/index.ts'
import type { WrongWriter } from './wrong-writer.ts'

type Query = ListQuery<unknown, unknown>
type Page = ListPage<unknown, unknown>
type List = (query: Query, call: Call) => Promise<Page>

/** Gives each row its number as a hint, and resumes at that number whatever stands there by now. */
const byNumber =
  (list: List): List =>
  async (query, call) => {
    const start = query.after?.hint ? Number(query.after.hint) + 1 : 0
    const page = await list({ ...query, after: null, limit: 10_000, continuation: null }, call)
    const hints = page.items.map((_, index) => String(index))
    return { ...page, items: page.items.slice(start), hints: hints.slice(start) }
  }

export const wrongWithPagesUnderWrites: readonly WrongWriter[] = [
  {
    wrong: 'resumes a list of models at the number of a row',
    fails: ['MG-WPAGE-001'],
    spoil: (adapter) => ({
      ...adapter,
      models: { ...adapter.models, list: byNumber(adapter.models.list as List) as Adapter['models']['list'] },
    }),
  },
  {
    wrong: 'resumes a list of versions at the number of a row',
    fails: ['MG-WPAGE-002'],
    spoil: (adapter) => ({
      ...adapter,
      versions: {
        ...adapter.versions,
        list: byNumber(adapter.versions.list as List) as Adapter['versions']['list'],
      },
    }),
  },
]

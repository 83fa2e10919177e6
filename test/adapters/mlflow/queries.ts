import type {
  ListPage,
  ListQuery,
  ModelQuery,
  TextTest,
  VersionFilter,
  VersionQuery,
} from '../../../src/contract/index.ts'

const whole = { filter: null, includeArchived: true, limit: 50, after: null, continuation: null }

export function modelQuery(query: Partial<ModelQuery> = {}): ModelQuery {
  return { ...whole, order: [{ field: 'name', direction: 'asc' }], ...query }
}

export function versionQuery(query: Partial<VersionQuery> = {}): VersionQuery {
  return {
    ...whole,
    order: [
      { field: 'model', direction: 'asc' },
      { field: 'version', direction: 'asc' },
    ],
    ...query,
  }
}

export function textIs<F extends string>(field: F, value: string, operator: 'eq' | 'startsWith' = 'eq') {
  const tests: TextTest[] = [{ operator, value, ignoreCase: false }]
  return { kind: 'text' as const, field, tests }
}

export const championOnly: VersionFilter = textIs('alias', 'champion')

/** Every page of a list, each with the one before as its continuation. */
export async function readPages<Row, Filter, Order>(
  query: ListQuery<Filter, Order>,
  list: (query: ListQuery<Filter, Order>) => Promise<ListPage<Row, Filter>>,
): Promise<ListPage<Row, Filter>[]> {
  const pages: ListPage<Row, Filter>[] = []
  let continuation: string | null = null
  do {
    const page = await list({ ...query, continuation })
    pages.push(page)
    continuation = page.continuation
  } while (continuation !== null)
  return pages
}

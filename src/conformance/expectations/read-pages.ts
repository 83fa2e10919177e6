import assert from 'node:assert/strict'
import type {
  Adapter,
  Call,
  ListPage,
  ListQuery,
  ModelFilter,
  ModelOrder,
  ModelPage,
  ModelQuery,
  ModelRecord,
  ModelVersionRecord,
  VersionFilter,
  VersionOrder,
  VersionPage,
  VersionQuery,
} from '../../contract/index.ts'
import { modelsOf, versionsOf } from '../filters/filter-builders.ts'

/** All pages of one query. */
export interface Reading<Row, Filter> {
  readonly pages: readonly ListPage<Row, Filter>[]
  readonly rows: readonly Row[]
  /** One for each row. */
  readonly hints: readonly (string | null)[]
  /** The adapter said so on every page. */
  readonly ordered: boolean
}

const mostPages = 5_000

/** Follows the continuations to the end, and fails when there is none; or as many pages as are wanted at most. */
async function readPages<Row, Filter, Order>(
  list: (query: ListQuery<Filter, Order>) => Promise<ListPage<Row, Filter>>,
  query: ListQuery<Filter, Order>,
  atMost = Number.POSITIVE_INFINITY,
): Promise<Reading<Row, Filter>> {
  const pages: ListPage<Row, Filter>[] = []
  let continuation: string | null = query.continuation
  do {
    const page: ListPage<Row, Filter> = await list(
      pages.length === 0 ? query : { ...query, after: null, continuation },
    )
    assert.ok(
      page.hints === null || page.hints.length === page.items.length,
      'a page has as many hints as items, or null',
    )
    pages.push(page)
    assert.ok(pages.length < mostPages, `the list has no end: ${mostPages} pages were read`)
    continuation = page.continuation
  } while (continuation !== null && pages.length < atMost)
  return {
    pages,
    rows: pages.flatMap(({ items }) => items),
    hints: pages.flatMap(({ items, hints }) => hints ?? items.map(() => null)),
    ordered: pages.every(({ ordered }) => ordered),
  }
}

export const byName: readonly ModelOrder[] = [{ field: 'name', direction: 'asc' }]
export const byModel: readonly VersionOrder[] = [
  { field: 'model', direction: 'asc' },
  { field: 'version', direction: 'asc' },
]

/** What every read of the kit asks, unless it says otherwise. */
export function modelQuery(prefix: string, more: Partial<ModelQuery> = {}): ModelQuery {
  const filter: ModelFilter = modelsOf(prefix)
  return {
    filter,
    order: byName,
    includeArchived: true,
    limit: 500,
    after: null,
    continuation: null,
    ...more,
  }
}

export function versionQuery(prefix: string, more: Partial<VersionQuery> = {}): VersionQuery {
  const filter: VersionFilter = versionsOf(prefix)
  return {
    filter,
    order: byModel,
    includeArchived: true,
    limit: 500,
    after: null,
    continuation: null,
    ...more,
  }
}

export type ModelReading = Reading<ModelRecord, ModelFilter>
export type VersionReading = Reading<ModelVersionRecord, VersionFilter>

/** Rows of others on a shared server are left in: a residue need not have been applied. */
export function readModels(
  adapter: Adapter,
  query: ModelQuery,
  call: Call,
  atMost?: number,
): Promise<ModelReading> {
  const list = (next: ModelQuery): Promise<ModelPage> => adapter.models.list(next, call)
  return readPages(list, query, atMost)
}

export function readVersions(
  adapter: Adapter,
  query: VersionQuery,
  call: Call,
  atMost?: number,
): Promise<VersionReading> {
  const list = (next: VersionQuery): Promise<VersionPage> => adapter.versions.list(next, call)
  return readPages(list, query, atMost)
}

/** It was read to its end. */
export function isWhole({ pages }: Reading<unknown, unknown>): boolean {
  return pages.at(-1)?.continuation === null
}

/** The rows of the fixture among those read. */
export function ownModels(prefix: string, rows: readonly ModelRecord[]): ModelRecord[] {
  return rows.filter(({ name }) => name.startsWith(prefix))
}

export function ownVersions(prefix: string, rows: readonly ModelVersionRecord[]): ModelVersionRecord[] {
  return rows.filter(({ modelName }) => modelName.startsWith(prefix))
}

/** A text that is another for every other version. */
export function versionName(row: { readonly modelName: string; readonly version: string }): string {
  return JSON.stringify([row.modelName, row.version])
}

import { type Adapter, type ListPage, type Outcome, RegistryError } from '../../src/contract/index.ts'
import type { MemoryAdapter } from './memory-adapter.ts'

/** How rows that cannot be read are taken. */
export interface RowManners {
  readonly ofPage: <Row, Filter>(
    page: ListPage<Row, Filter>,
    rows: readonly Outcome<Row>[],
  ) => ListPage<Row, Filter>
  readonly ofBatch: <Row>(rows: readonly Outcome<Row>[]) => readonly Outcome<Row>[]
}

export const goodRowManners: RowManners = {
  ofPage(page, rows) {
    const items = rows.flatMap((row) => (row === null || RegistryError.is(row) ? [] : [row]))
    return { ...page, items, hints: null, flaw: rows.find((row) => RegistryError.is(row)) ?? null }
  },
  ofBatch: (rows) => rows,
}

/** Every row goes to a backend as JSON and comes back, and is checked then: what was sent is what it has to be. */
export function createEchoedAdapter(
  adapter: MemoryAdapter,
  url: string,
  manners: Partial<RowManners> = {},
): Adapter {
  const { ofPage, ofBatch } = { ...goodRowManners, ...manners }
  const echo = async <Row>(rows: readonly Outcome<Row>[]): Promise<readonly Outcome<Row>[]> => {
    const sent = JSON.stringify({ rows })
    const response = await fetch(url, { method: 'POST', body: sent })
    const given: { readonly rows: readonly unknown[] } = JSON.parse(await response.text())
    const expected: typeof given = JSON.parse(sent)
    return rows.map((row, index) =>
      JSON.stringify(given.rows[index]) === JSON.stringify(expected.rows[index]) ? row : unreadable(),
    )
  }
  const batch = async <Row>(rows: Promise<readonly Outcome<Row>[]>) => ofBatch(await echo(await rows))
  const list = async <Row, Filter>(read: Promise<ListPage<Row, Filter>>) => {
    const page = await read
    return ofPage(page, await echo(page.items))
  }
  const { models, versions, runs } = adapter
  return {
    ...adapter,
    models: {
      get: (names, call) => batch(models.get(names, call)),
      list: (query, call) => list(models.list(query, call)),
    },
    versions: {
      ...versions,
      get: (keys, call) => batch(versions.get(keys, call)),
      list: (query, call) => list(versions.list(query, call)),
    },
    runs: { get: (ids, call) => batch(runs.get(ids, call)) },
  }
}

function unreadable(): RegistryError {
  return new RegistryError('REGISTRY_ERROR', 'The registry sent a row that cannot be read.')
}

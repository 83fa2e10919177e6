import { CompiledQuery, type Kysely } from 'kysely'
import type { GatewayDatabase } from '../database.ts'

/** What a thread of SQLite keeps prepared is no longer than that, and PostgreSQL counts parameters. */
const longestText = 40_000
const mostRows = 5000

type Value = string | number | null

/**
 * Many rows at once, in statements of few texts, so that none of them is prepared for nothing. Answers with the columns
 * of `returning` of each, in no order.
 */
export async function insertRows<Row = never>(
  {
    kind,
    queries,
  }: Pick<GatewayDatabase, 'kind'> & { readonly queries: Pick<Kysely<unknown>, 'executeQuery'> },
  table: string,
  columns: readonly string[],
  rows: readonly (readonly Value[])[],
  returning: readonly (keyof Row & string)[] = [],
): Promise<Row[]> {
  const perRow = columns.length * (kind === 'sqlite' ? 2 : 7) + 4
  const most = Math.min(mostRows, Math.floor(longestText / perRow))
  const returned: Row[] = []
  for (let start = 0; start < rows.length; ) {
    const size = sizeOf(rows.length - start, most)
    const some = rows.slice(start, start + size)
    const text = textOf(kind, table, columns, size) + returningOf(returning)
    const { rows: inserted } = await queries.executeQuery(CompiledQuery.raw(text, some.flat()))
    if (returning.length > 0) returned.push(...(inserted as Row[]))
    start += size
  }
  return returned
}

/** The largest of few sizes that is not too many. */
function sizeOf(left: number, most: number): number {
  if (left >= most) return most
  return 2 ** Math.floor(Math.log2(left))
}

function textOf(
  kind: 'sqlite' | 'postgres',
  table: string,
  columns: readonly string[],
  rows: number,
): string {
  let parameter = 0
  const marks = () => (kind === 'sqlite' ? '?' : `$${++parameter}`)
  const row = () => `(${columns.map(marks).join(',')})`
  return `insert into "${table}" (${listOf(columns)}) values ${Array.from({ length: rows }, row).join(',')}`
}

function returningOf(columns: readonly string[]): string {
  return columns.length === 0 ? '' : ` returning ${listOf(columns)}`
}

function listOf(columns: readonly string[]): string {
  return columns.map((column) => `"${column}"`).join(',')
}

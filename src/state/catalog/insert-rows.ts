import { CompiledQuery, type Kysely } from 'kysely'
import type { GatewayDatabase } from '../database.ts'

/** What a thread of SQLite keeps prepared is no longer than that, and PostgreSQL counts parameters. */
const longestText = 9000
const mostRows = 500

type Value = string | number | null

/** Many rows at once, in statements of few texts, so that none of them is prepared for nothing. */
export async function insertRows(
  {
    kind,
    queries,
  }: Pick<GatewayDatabase, 'kind'> & { readonly queries: Pick<Kysely<unknown>, 'executeQuery'> },
  table: string,
  columns: readonly string[],
  rows: readonly (readonly Value[])[],
): Promise<void> {
  const perRow = columns.length * (kind === 'sqlite' ? 2 : 7) + 4
  const most = Math.min(mostRows, Math.floor(longestText / perRow))
  for (let start = 0; start < rows.length; ) {
    const size = sizeOf(rows.length - start, most)
    const some = rows.slice(start, start + size)
    await queries.executeQuery(CompiledQuery.raw(textOf(kind, table, columns, size), some.flat()))
    start += size
  }
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
  const names = columns.map((column) => `"${column}"`).join(',')
  return `insert into "${table}" (${names}) values ${Array.from({ length: rows }, row).join(',')}`
}

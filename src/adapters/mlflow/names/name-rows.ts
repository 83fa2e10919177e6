import { type Call, comparePositions, type ModelOrder } from '../../../contract/index.ts'
import { type Resume, readPage, type Window } from '../reads/read-page.ts'
import type { RowOrder } from '../reads/row-order.ts'
import type { Searches } from '../reads/searches.ts'
import { malformed, readText, readTime, type Wire } from '../wire/wire.ts'

/** A model as far as keeping its name takes. */
export interface NameRow {
  readonly name: string
  /** Epoch milliseconds, by the server's clock. */
  readonly updatedAt: number
}

/** The server's own bound. */
const maxRows = 1000
const byUpdate: readonly ModelOrder[] = [{ field: 'updatedAt', direction: 'asc' }]

/** Rows that are written meanwhile go to its end, so that no other row is missed. */
const longestUnwrittenFirst: RowOrder<NameRow> = {
  orderBy: ['last_updated_timestamp ASC', 'name ASC'],
  asked: true,
  exact: false,
  place: ({ name, updatedAt }) => ({ values: [updatedAt], name, version: null }),
  compare: (a, b) => comparePositions(byUpdate, a, b),
  mixed: (a, b) => a.values[0] === b.values[0],
}

export async function readSweepPage(searches: Searches, resume: Resume | null, call: Call) {
  const { rows, more } = await readPage({
    order: longestUnwrittenFirst,
    limit: maxRows,
    maxSize: maxRows,
    resume,
    load: (offset, size) =>
      readNameRows(searches, { orderBy: longestUnwrittenFirst.orderBy, offset, size }, call),
  })
  const last = rows.at(-1)
  const goesOn = last && { place: longestUnwrittenFirst.place(last.row), offset: last.offset }
  return { rows: rows.map(({ row }) => row), resume: goesOn ?? resume, more }
}

/** The rows written last, newest first, up to the first that is older than what `oldest` says once there is an answer. */
export async function readNewest(
  searches: Searches,
  firstSize: number,
  oldest: () => number,
  call: Call,
): Promise<NameRow[]> {
  const orderBy = ['last_updated_timestamp DESC', 'name ASC']
  const rows: NameRow[] = []
  let [offset, size] = [0, firstSize]
  for (;;) {
    const window = await readNameRows(searches, { orderBy, offset, size }, call)
    rows.push(...window.rows)
    const last = window.rows.at(-1)
    if (window.next === null || last === undefined || last.updatedAt < oldest()) return rows
    // One again, as others may have gone to the front or away.
    offset = Math.max(0, window.next - 1)
    size = maxRows
  }
}

/** How many rows there are from an offset on, up to `size`. */
export async function countFrom(
  searches: Searches,
  { offset, size }: { readonly offset: number; readonly size: number },
  call: Call,
): Promise<number> {
  const search = { filter: '', orderBy: longestUnwrittenFirst.orderBy, offset, size }
  const { rows } = await searches.modelsAs((wire) => wire, search, call)
  return rows.length
}

async function readNameRows(
  searches: Searches,
  window: { readonly orderBy: readonly string[]; readonly offset: number; readonly size: number },
  call: Call,
): Promise<Window<NameRow>> {
  const { rows, flaw, next } = await searches.modelsAs(toNameRow, { filter: '', ...window }, call)
  // A name that cannot be read may be any name.
  if (flaw !== null) throw new UnreadableName(flaw)
  return { rows, next }
}

export class UnreadableName extends Error {
  constructor(cause: unknown) {
    super('A row of the registry has no name that can be read, or no time.', { cause })
  }
}

function toNameRow(wire: Wire): NameRow {
  const updatedAt = readTime(wire, 'last_updated_timestamp')
  if (updatedAt === null) throw malformed('last_updated_timestamp')
  return { name: readText(wire, 'name'), updatedAt: updatedAt.getTime() }
}

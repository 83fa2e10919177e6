import { type Place, RegistryError } from '../../../contract/index.ts'
import type { RowOrder } from './row-order.ts'

/** MLflow's pages are windows by offset: rows that come or go before one shift it. */
export interface Window<Row> {
  readonly rows: readonly Row[]
  /** Of the first row after it; `null` at the end. */
  readonly next: number | null
}

export interface Resume {
  readonly place: Place
  /** Where a row at or before the place was. Only a hint. */
  readonly offset: number
}

export interface PageRequest<Row> {
  readonly order: RowOrder<Row>
  readonly limit: number
  /** The largest window MLflow gives, or should be asked for. */
  readonly maxSize: number
  readonly resume: Resume | null
  load(offset: number, size: number): Promise<Window<Row>>
}

export interface ReadRow<Row> {
  readonly row: Row
  /** Where to begin to find it again. */
  readonly offset: number
}

/**
 * The rows after a place, by offsets that cannot be trusted: the window begins one row early, and when that row is
 * not at or before the place, rows were deleted meanwhile, and it moves back until it is. Rows that a server with
 * another idea of names may have mixed are put in order here; for that the window takes in the whole of each such
 * group.
 */
export async function readPage<Row>(
  request: PageRequest<Row>,
): Promise<{ rows: ReadRow<Row>[]; more: boolean }> {
  const { order, limit, maxSize, resume } = request
  let offset = resume?.offset ?? 0
  let size = Math.min(limit + (resume === null ? Number(!order.exact) : 2), maxSize)
  let step = 1
  for (;;) {
    const window = await request.load(offset, size)
    if (offset > 0 && resume !== null && !beginsBefore(window, resume.place, order)) {
      offset = Math.max(0, offset - step)
      size = Math.min(size + step, maxSize)
      step *= 2
      continue
    }
    const settled = settle(window, offset, order)
    const rows = resume === null ? settled : settled.filter(({ row }) => isAfter(row, resume.place, order))
    if (rows.length > 0 || window.next === null) return { rows, more: window.next !== null }
    const next = settled.at(-1)?.offset ?? offset
    // A larger part of them is not to be had: it would come no further.
    if (next === offset && size === maxSize) throw tooManyAlike(window.rows.length)
    offset = next
    size = Math.min(size * 2, maxSize)
  }
}

function beginsBefore<Row>({ rows: [first] }: Window<Row>, place: Place, order: RowOrder<Row>): boolean {
  if (first === undefined) return false
  const found = order.place(first)
  return order.compare(found, place) <= 0 && !order.mixed(found, place)
}

function isAfter<Row>(row: Row, place: Place, order: RowOrder<Row>): boolean {
  return order.compare(order.place(row), place) > 0
}

/** Each row with where a later read may begin to find it. */
function settle<Row>(window: Window<Row>, offset: number, order: RowOrder<Row>): ReadRow<Row>[] {
  if (!order.exact) return settleGroups(window, offset, order)
  const rows = window.rows.map((row, index) => ({ row, offset: offset + index }))
  const last = rows.at(-1)
  // Rows that are hidden from this user are counted by the server all the same.
  if (last && window.next !== null) rows.splice(-1, 1, { row: last.row, offset: window.next - 1 })
  return rows
}

/** Without the last group where it may go on in the next window. */
function settleGroups<Row>(window: Window<Row>, offset: number, order: RowOrder<Row>): ReadRow<Row>[] {
  const groups: (ReadRow<Row> & { readonly place: Place })[][] = []
  for (const [index, row] of window.rows.entries()) {
    const place = order.place(row)
    const group = groups.at(-1)
    const first = group?.[0]
    if (group && first && order.mixed(first.place, place)) {
      group.push({ row, place, offset: first.offset })
    } else {
      groups.push([{ row, place, offset: Math.max(0, offset + index - 1) }])
    }
  }
  if (window.next !== null) groups.pop()
  return groups.flatMap((group) => group.toSorted((a, b) => order.compare(a.place, b.place)))
}

function tooManyAlike(count: number): RegistryError {
  return new RegistryError(
    'LIMIT_EXCEEDED',
    `The registry gives ${count} rows at once, and too many share one place in its order to go on by so few.`,
  )
}

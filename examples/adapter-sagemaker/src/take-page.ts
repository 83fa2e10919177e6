import {
  comparePositions,
  type ListQuery,
  type ModelOrder,
  type Position,
  RegistryError,
  type VersionOrder,
} from 'modelgate/adapter'

type Order = ModelOrder | VersionOrder
type Place = Pick<Position, 'values' | 'name' | 'version'>

interface SortableRow {
  readonly name: string
  readonly version: string | null
  readonly createdAt: Date | null
}

interface Taken<Row> {
  readonly rows: readonly Row[]
  readonly continuation: string | null
}

/**
 * The next rows of the query, of all that there are. SageMaker does not say how it sorts names, nor what comes first
 * of two that were created in the same moment; and a continuation that is a place in the order, and no token of
 * SageMaker's, holds when others write in between.
 */
export function takePage<Row>(
  rows: readonly Row[],
  { order, limit, after, continuation }: ListQuery<unknown, Order>,
  toSortable: (row: Row) => SortableRow,
): Taken<Row> {
  const begin = continuation === null ? after : readPlace(continuation)
  const following = rows
    .map((row) => ({ row, place: toPlace(order, toSortable(row)) }))
    .filter(({ place }) => begin === null || comparePositions(order, place, begin) > 0)
    .toSorted((a, b) => comparePositions(order, a.place, b.place))
  const taken = following.slice(0, limit)
  const last = taken.at(-1)
  return {
    rows: taken.map(({ row }) => row),
    continuation: last !== undefined && following.length > taken.length ? JSON.stringify(last.place) : null,
  }
}

/** Of times of change and of metrics the summaries say nothing; see {@link isKept}. */
function toPlace(order: readonly Order[], { name, version, createdAt }: SortableRow): Place {
  const values = order.map(({ field }) => {
    if (field === 'name' || field === 'model') return name
    if (field === 'version') return version
    return field === 'createdAt' ? (createdAt?.getTime() ?? null) : null
  })
  return { values, name, version }
}

/** Models have no time of change and versions no metrics here: all are equal by them, so they sort nothing. */
export function isKept(order: readonly VersionOrder[]): boolean {
  return order.every(({ field }) => field !== 'updatedAt')
}

function readPlace(continuation: string): Place {
  try {
    const { values, name, version } = JSON.parse(continuation)
    if (Array.isArray(values) && typeof name === 'string') return { values, name, version }
  } catch (error) {
    throw new RegistryError('BAD_USER_INPUT', 'This is no continuation of a list.', { cause: error })
  }
  throw new RegistryError('BAD_USER_INPUT', 'This is no continuation of a list.')
}

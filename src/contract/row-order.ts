import { compareCodePoints, compareVersions } from './code-point-order.ts'
import type { Direction, ModelOrder, Position, VersionOrder } from './order.ts'
import type { ModelRecord, ModelVersionRecord } from './records.ts'

type OrderValue = string | number | null

/** One entry of an order, as far as values are compared by it. */
interface OrderEntry {
  readonly field: string
  readonly direction: Direction
}

/** What a list of models can be ordered by. */
export type ModelOrderFields = Pick<ModelRecord, 'name' | 'createdAt' | 'updatedAt'>

/** What a list of versions can be ordered by, besides metrics. */
export type VersionOrderFields = Pick<ModelVersionRecord, 'modelName' | 'version' | 'createdAt' | 'updatedAt'>

/** The values of a row that an order asks for, as they stand in a {@link Position}. */
export function modelOrderValues(order: readonly ModelOrder[], row: ModelOrderFields): OrderValue[] {
  return order.map(({ field }) => (field === 'name' ? row.name : (row[field]?.getTime() ?? null)))
}

/** `metrics` gives the value of a metric of the row's run; leave it out when the order asks for none. */
export function versionOrderValues(
  order: readonly VersionOrder[],
  row: VersionOrderFields,
  metrics: (key: string) => number | null = () => null,
): OrderValue[] {
  return order.map((entry) => {
    switch (entry.field) {
      case 'model':
        return row.modelName
      case 'version':
        return row.version
      case 'metric':
        return metrics(entry.key)
      default:
        return row[entry.field]?.getTime() ?? null
    }
  })
}

/** Where a row stands in a list: a {@link Position} without a hint. */
export type Place = Pick<Position, 'values' | 'name' | 'version'>

export function modelPlace(order: readonly ModelOrder[], row: ModelOrderFields): Place {
  return { values: modelOrderValues(order, row), name: row.name, version: null }
}

/** `metrics`: see {@link versionOrderValues}. */
export function versionPlace(
  order: readonly VersionOrder[],
  row: VersionOrderFields,
  metrics?: (key: string) => number | null,
): Place {
  return { values: versionOrderValues(order, row, metrics), name: row.modelName, version: row.version }
}

/** The rows in the order of a list, with its ties: for a backend that is read whole. */
export function sortModels<Row extends ModelOrderFields>(
  order: readonly ModelOrder[],
  rows: readonly Row[],
): Row[] {
  return sortByPlace(order, rows, (row) => modelPlace(order, row))
}

/** As {@link sortModels}. The values of metrics are not in the rows, and count as none. */
export function sortVersions<Row extends VersionOrderFields>(
  order: readonly VersionOrder[],
  rows: readonly Row[],
): Row[] {
  return sortByPlace(order, rows, (row) => versionPlace(order, row))
}

function sortByPlace<Row>(
  order: readonly OrderEntry[],
  rows: readonly Row[],
  toPlace: (row: Row) => Place,
): Row[] {
  const placed = rows.map((row) => ({ row, place: toPlace(row) }))
  return placed.toSorted((a, b) => comparePositions(order, a.place, b.place)).map(({ row }) => row)
}

/**
 * Compares two places in a list by the order's values, then by name, then by version. A place without a name is
 * before every row of its values.
 */
export function comparePositions(order: readonly OrderEntry[], a: Place, b: Place): number {
  return (
    compareOrderValues(order, a.values, b.values) ||
    compareOptional(a.name, b.name, compareCodePoints) ||
    compareOptional(a.version, b.version, compareVersions)
  )
}

export function compareOrderValues(
  order: readonly OrderEntry[],
  a: readonly OrderValue[],
  b: readonly OrderValue[],
): number {
  for (let index = 0; index < order.length; index++) {
    const { field, direction } = order[index] as OrderEntry
    const result = compareValues(field, direction, a[index] ?? null, b[index] ?? null)
    if (result !== 0) return result
  }
  return 0
}

function compareValues(field: string, direction: Direction, a: OrderValue, b: OrderValue): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  const ascending =
    typeof a === 'number' && typeof b === 'number'
      ? compareNumbers(a, b)
      : field === 'version'
        ? compareVersions(String(a), String(b))
        : compareCodePoints(String(a), String(b))
  return direction === 'asc' ? ascending : -ascending
}

/** Not by subtraction: the difference of two infinities is not a number. */
function compareNumbers(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function compareOptional<T>(a: T | null, b: T | null, compare: (a: T, b: T) => number): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1
  return compare(a, b)
}

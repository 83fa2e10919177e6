import { compareCodePoints, compareVersions } from './code-point-order.ts'
import type { Direction, ModelOrder, Position, VersionOrder } from './order.ts'
import type { ModelRecord, ModelVersionRecord } from './records.ts'

type OrderValue = string | number | null

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

/**
 * Compares two places in a list by the order's values, then by name, then by version. A place without a name is
 * before every row of its values.
 */
export function comparePositions(
  order: readonly (ModelOrder | VersionOrder)[],
  a: Pick<Position, 'values' | 'name' | 'version'>,
  b: Pick<Position, 'values' | 'name' | 'version'>,
): number {
  return (
    compareOrderValues(order, a.values, b.values) ||
    compareOptional(a.name, b.name, compareCodePoints) ||
    compareOptional(a.version, b.version, compareVersions)
  )
}

export function compareOrderValues(
  order: readonly (ModelOrder | VersionOrder)[],
  a: readonly OrderValue[],
  b: readonly OrderValue[],
): number {
  for (const [index, entry] of order.entries()) {
    const result = compareValues(entry.field, entry.direction, a[index] ?? null, b[index] ?? null)
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

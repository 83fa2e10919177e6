import {
  compareOrderValues,
  comparePositions,
  type ModelOrder,
  type ModelRecord,
  type ModelVersionRecord,
  modelPlace,
  type Place,
  type VersionOrder,
  versionPlace,
} from '../../../contract/index.ts'

/** An order that MLflow can serve, and how far its word can be taken. */
export interface RowOrder<Row> {
  /** As MLflow's `order_by`. Never with a field twice, which is a server error. */
  readonly orderBy: readonly string[]
  /** Whether it is what was asked for. */
  readonly asked: boolean
  place(row: Row): Place
  compare(a: Place, b: Place): number
  /** Whether the server keeps it among rows of different names too. */
  readonly exact: boolean
  /** Whether the server may have put these two in another order than {@link compare}; each is mixed with itself then. */
  mixed(a: Place, b: Place): boolean
}

/** `nameSafe`: the server sorts names by code point, or the rows all have the same name. */
export function orderModels(asked: readonly ModelOrder[], nameSafe: boolean): RowOrder<ModelRecord> {
  const entries = cutAfter(asked, ['name'])
  const possible =
    entries.every(({ field }) => field !== 'createdAt') && (nameSafe || entries[0]?.field !== 'name')
  const order = possible ? entries : [nameSafe ? byName : byUpdate]
  return {
    ...rowOrder(order, nameSafe, 'name'),
    orderBy: withTies(order, ['name']).map(toOrderBy),
    asked: possible,
    place: (row) => modelPlace(order, row),
  }
}

export function orderVersions(
  asked: readonly VersionOrder[],
  nameSafe: boolean,
): RowOrder<ModelVersionRecord> {
  const entries = cutAfter(asked, ['model', 'version'])
  const possible =
    entries.every(({ field }) => field !== 'metric') && (nameSafe || entries[0]?.field !== 'model')
  const order: readonly VersionOrder[] = possible ? entries : nameSafe ? [byModel] : [byUpdate]
  return {
    ...rowOrder(order, nameSafe, 'model'),
    orderBy: withTies(order, ['model', 'version']).map(toOrderBy),
    asked: possible,
    place: (row) => versionPlace(order, row),
  }
}

const byName: ModelOrder = { field: 'name', direction: 'asc' }
const byModel: VersionOrder = { field: 'model', direction: 'asc' }
/** Rows that are written meanwhile go to its end, so that no other row is missed. */
const byUpdate = { field: 'updatedAt', direction: 'asc' } as const

type Entry = ModelOrder | VersionOrder

function rowOrder(order: readonly Entry[], nameSafe: boolean, nameField: string) {
  const index = order.findIndex(({ field }) => field === nameField)
  const leading = index === -1 ? order : order.slice(0, index)
  return {
    exact: nameSafe,
    compare: (a: Place, b: Place) => comparePositions(order, a, b),
    mixed: (a: Place, b: Place) => !nameSafe && compareOrderValues(leading, a.values, b.values) === 0,
  }
}

/** Drops what comes twice, and what comes when the row is already determined. */
function cutAfter<E extends Entry>(asked: readonly E[], key: readonly E['field'][]): readonly E[] {
  const kept: E[] = []
  for (const entry of asked) {
    if (key.every((field) => kept.some((other) => other.field === field))) break
    if (entry.field === 'metric' || kept.every((other) => other.field !== entry.field)) kept.push(entry)
  }
  return kept
}

function withTies(order: readonly Entry[], ties: readonly ('name' | 'model' | 'version')[]) {
  const missing = ties.filter((field) => order.every((entry) => entry.field !== field))
  return [...order, ...missing.map((field) => ({ field, direction: 'asc' as const }))]
}

function toOrderBy({ field, direction }: Pick<Entry, 'field' | 'direction'>): string {
  return `${orderKeys[field]} ${direction.toUpperCase()}`
}

/** For models `creation_timestamp` is refused, and what MLflow calls `timestamp` is the last update. */
const orderKeys: Readonly<Record<Entry['field'], string>> = {
  name: 'name',
  model: 'name',
  version: 'version_number',
  createdAt: 'creation_timestamp',
  updatedAt: 'last_updated_timestamp',
  metric: '',
}

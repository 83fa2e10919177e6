import type { ModelOrder, Position, VersionOrder } from '../../contract/index.ts'
import { modelPlace, versionPlace } from '../../contract/index.ts'
import type { CheckContext } from '../check.ts'
import {
  modelQuery,
  ownModels,
  ownVersions,
  readModels,
  readVersions,
  versionName,
  versionQuery,
} from '../expectations/read-pages.ts'
import { modelsOf, oneOf, text, versionsOf } from './filter-builders.ts'

export type Order = readonly (ModelOrder | VersionOrder)[]

/** A row of either list, with its place in the order. */
export interface Placed {
  readonly label: string
  readonly position: Position
}

export interface OrderedRead {
  readonly rows: readonly Placed[]
  readonly ordered: boolean
}

export type Read = (order: Order, after: Position | null, limit?: number) => Promise<OrderedRead>

export function modelRead({ adapter, truth, call }: CheckContext): Read {
  const filter = modelsOf(truth.prefix)
  return async (order, after, limit = 500) => {
    const own = order as readonly ModelOrder[]
    const reading = await readModels(
      adapter,
      modelQuery(truth.prefix, { filter, order: own, after, limit }),
      call(),
    )
    const hints = new Map(reading.rows.map((row, index) => [row, reading.hints[index] ?? null]))
    const rows = ownModels(truth.prefix, reading.rows).map((row) => ({
      label: row.name,
      position: { ...modelPlace(own, row), hint: hints.get(row) ?? null },
    }))
    return { rows, ordered: reading.ordered }
  }
}

export function versionRead({ adapter, truth, call, effort }: CheckContext): Read {
  const few = ['aliased', 'staged', 'measured', 'backdated', 'copied'].map((name) => truth.prefix + name)
  const filter =
    effort === 'full' ? versionsOf(truth.prefix) : versionsOf(truth.prefix, text('model', oneOf(few)))
  const facts = new Map(truth.versions.map((row) => [versionName(row.record), row]))
  return async (order, after, limit = 500) => {
    const own = order as readonly VersionOrder[]
    const reading = await readVersions(
      adapter,
      versionQuery(truth.prefix, { filter, order: own, after, limit }),
      call(),
    )
    const hints = new Map(reading.rows.map((row, index) => [row, reading.hints[index] ?? null]))
    const rows = ownVersions(truth.prefix, reading.rows).map((row) => {
      const metric = (key: string) =>
        finite(facts.get(versionName(row))?.run?.metrics.find((one) => one.key === key)?.value)
      const position = { ...versionPlace(own, row, metric), hint: hints.get(row) ?? null }
      return { label: versionName(row), position }
    })
    return { rows, ordered: reading.ordered }
  }
}

/** NaN counts as null in an order. */
function finite(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value
}

import type { ModelOrder, VersionOrder } from '../../contract/index.ts'
import type { KeptVersionOrder, KeptVersionQuery } from '../../stores/kept-records.ts'

/** Lists are in every order that what is kept can be in. */
export type FederatedVersionOrder = KeptVersionOrder

export type RowOrder = ModelOrder | FederatedVersionOrder

export type FederatedVersionQuery = KeptVersionQuery

export const byModelAndVersion: readonly VersionOrder[] = [
  { field: 'model', direction: 'asc' },
  { field: 'version', direction: 'asc' },
]

export function isOfRegistry(order: FederatedVersionOrder): order is VersionOrder {
  return order.field !== 'duration' && order.field !== 'size'
}

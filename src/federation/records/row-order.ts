import type { Direction, ListQuery, ModelOrder, VersionFilter, VersionOrder } from '../../contract/index.ts'

/** With what no registry is asked to order by: how long a version's run took, and how large the version is. */
export type FederatedVersionOrder =
  | VersionOrder
  | { readonly field: 'duration' | 'size'; readonly direction: Direction }

export type RowOrder = ModelOrder | FederatedVersionOrder

export type FederatedVersionQuery = ListQuery<VersionFilter, FederatedVersionOrder>

export const byModelAndVersion: readonly VersionOrder[] = [
  { field: 'model', direction: 'asc' },
  { field: 'version', direction: 'asc' },
]

export function isOfRegistry(order: FederatedVersionOrder): order is VersionOrder {
  return order.field !== 'duration' && order.field !== 'size'
}

import type { ModelFilter, ModelOrder } from '../../../src/contract/index.ts'
import type { ListArguments } from '../../../src/federation/list/over-registries.ts'

/** The arguments of a list as a client leaves them out. */
export const modelRequest: ListArguments<ModelFilter, ModelOrder> = {
  registries: null,
  environments: null,
  filter: null,
  order: null,
  includeArchived: false,
  first: 50,
  after: null,
}

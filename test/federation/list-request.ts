import type { ModelFilter, ModelOrder, VersionFilter, VersionOrder } from '../../src/contract/index.ts'
import type { ListArguments } from '../../src/federation/list/federated-models.ts'

const plain = {
  registries: null,
  environments: null,
  filter: null,
  order: null,
  includeArchived: false,
  first: 50,
  after: null,
}

/** The arguments of a list as a client leaves them out. */
export const modelRequest: ListArguments<ModelFilter, ModelOrder> = plain
export const versionRequest: ListArguments<VersionFilter, VersionOrder> = plain

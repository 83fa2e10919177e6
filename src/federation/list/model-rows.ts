import { type ModelLeaf, type ModelOrder, modelOrderValues } from '../../contract/index.ts'
import { modelMatches } from '../filter/matches.ts'
import { toBackendFilter } from '../filter/to-backend-filter.ts'
import type { FederatedModel } from '../records.ts'
import type { RowKind } from './row-kind.ts'

export const modelRows: RowKind<FederatedModel, ModelLeaf, ModelOrder> = {
  kind: 'models',
  named: (tests) => ({ kind: 'text', field: 'name', tests }),
  toBackendFilter,
  list: (registry, query) => registry.reads.listModels(query),
  nameOf: (model) => model.name,
  versionOf: () => null,
  isArchived: (model) => model.archived,
  examine: async (_registry, rows, residue, order) =>
    rows.map((row) => ({
      row,
      values: modelOrderValues(order, row),
      matches: residue === null || modelMatches(residue, row),
    })),
  know: (registry, model) => registry.know(model),
}

import { type ModelLeaf, type ModelOrder, modelOrderValues } from '../../contract/index.ts'
import { modelMatcher } from '../filter/matcher.ts'
import { toBackendFilter } from '../filter/to-backend-filter.ts'
import type { FederatedModel } from '../records/records.ts'
import { mapInTurns } from '../turns.ts'
import type { RowKind } from './row-kind.ts'

export const modelRows: RowKind<FederatedModel, ModelLeaf, ModelOrder> = {
  kind: 'models',
  named: (tests) => ({ kind: 'text', field: 'name', tests }),
  toBackendFilter: (filter, asked) => toBackendFilter(filter, asked),
  list: (registry, query) => registry.listModels(query),
  nameOf: (model) => model.name,
  isArchived: (model) => model.archived,
  tagsOfModel: async (_, { tags }) => tags,
  apart: () => null,
  examine: (registry, rows, { residue, order }) => {
    const matches = residue === null ? null : modelMatcher(residue)
    const toCandidate = (row: FederatedModel) => ({
      row,
      values: modelOrderValues(order, row),
      name: row.name,
      version: null,
      matches: matches === null || matches(row),
    })
    return mapInTurns(rows, toCandidate, registry)
  },
  know: (registry, model) => registry.know(model),
}

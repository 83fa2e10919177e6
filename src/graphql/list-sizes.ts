import { mostFindings } from '../federation/compare/drift.ts'
import { mostConflicts } from '../federation/logical/members.ts'
import { maxHops } from '../federation/resolve/lineage.ts'
import { maxReportSize } from './arguments/page-size.ts'

/** What lists hold at most that no argument bounds, but this gateway does: by `Type.field`. */
export function listSizes(registries: number, environments: number): ReadonlyMap<string, number> {
  return new Map([
    ['Query.registries', registries],
    ['Environment.registries', registries],
    ['ModelConnection.sources', registries],
    ['ModelVersionConnection.sources', registries],
    ['EventConnection.sources', registries],
    ['AliasReport.rows', maxReportSize * environments],
    ['AliasReport.sources', registries],
    ['ModelGroups.sources', registries],
    ['ModelGroup.registries', registries],
    ['SearchConnection.sources', registries],
    ['LogicalModelConnection.sources', registries],
    ['LogicalModel.members', registries],
    ['LogicalModel.conflicts', mostConflicts],
    ['Query.drift', mostFindings],
    ['AliasMatrix.cells', registries + environments],
    ['Query.environments', environments],
    ['ModelVersion.lineage', maxHops],
  ])
}

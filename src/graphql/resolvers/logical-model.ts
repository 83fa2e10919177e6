import { assignmentOf } from '../../federation/catalog/alias-assignments.ts'
import { aliasMatrix, isSameAsPrevious, metricsOfCell } from '../../federation/compare/alias-matrix.ts'
import { compareHolders } from '../../federation/compare/compare-holders.ts'
import { loadConflicts, loadMembers } from '../../federation/logical/members.ts'
import { someOf } from '../../federation/logical/some-of.ts'
import { toNodeId } from '../../federation/records/node-id.ts'
import type {
  AliasCellResolvers,
  AliasReportResolvers,
  AliasReportRowResolvers,
  LogicalConflictResolvers,
  LogicalMemberResolvers,
  LogicalModelResolvers,
} from '../generated/resolver-types.ts'
import { connection } from './connection.ts'

/** Of a conflict, in the words of one of its models. */
const othersNamed = 5

export const logicalModel: LogicalModelResolvers = {
  id: ({ name }) => toNodeId({ type: 'LogicalModel', name }),
  members: (logical, _, { session }) => loadMembers(session, logical),
  conflicts: (logical, _, { session }) => loadConflicts(session, logical),
  alias: (logical, { name, metrics }, { session }) => aliasMatrix(session, logical, name, metrics ?? []),
  compare: (logical, given, { session }) => compareHolders(session, logical, given),
}

export const logicalMember: LogicalMemberResolvers = {
  environment: ({ environment }, _, { session }) => session.requireEnvironment(environment),
  model: ({ record }) => record,
}

export const logicalConflict: LogicalConflictResolvers = {
  model: ({ record }) => record,
  message: ({ registry, environment, model, claimants }) => {
    const named = claimants.slice(0, othersNamed + 1).filter((name) => name !== model)
    const names = someOf(named.slice(0, othersNamed), claimants.length - 1)
    return `In "${registry}", ${names} ${claimants.length === 2 ? 'claims' : 'claim'} the same name in the environment "${environment}"; rename one, or change the rules.`
  },
}

export const aliasReport: AliasReportResolvers = {
  rows: ({ rows }) => [...rows],
  pageInfo: ({ page }) => connection.pageInfo(page),
}

export const aliasReportRow: AliasReportRowResolvers = {
  version: ({ holder }) => holder?.version ?? null,
  stage: ({ holder }) => holder?.stage ?? null,
  updatedAt: ({ holder }) => holder?.updatedAt ?? null,

  assignedAt: async ({ holder, alias: name }, _, { session }) => {
    if (holder === null) return null
    const { registry, mode, modelName: model, version } = holder
    const event = await assignmentOf(session, { registry, mode, model, name, version })
    return event && new Date(event.at)
  },
}

export const aliasCell: AliasCellResolvers = {
  metrics: (cell, _, { session }) => metricsOfCell(session, cell),
  sameArtifactAsPrevious: (cell, _, { session }) => isSameAsPrevious(session, cell),
}

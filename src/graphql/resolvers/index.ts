import { typeOfNode } from '../../federation/resolve/load-node.ts'
import type { Resolvers } from '../generated/resolver-types.ts'
import { dateTime } from '../scalars.ts'
import { connection, edge } from './connection.ts'
import { aliasMoment, event } from './event.ts'
import {
  aliasCell,
  aliasReport,
  aliasReportRow,
  logicalConflict,
  logicalMember,
  logicalModel,
} from './logical-model.ts'
import { alias, model } from './model.ts'
import { modelVersion } from './model-version.ts'
import { mutation } from './mutation.ts'
import {
  aliasPayload,
  copyModelVersionPayload,
  deleteAliasPayload,
  modelPayload,
  modelVersionPayload,
  permissionPayload,
  transitionPayload,
} from './payloads.ts'
import { query } from './query.ts'
import { environment, registry } from './registry.ts'
import { metric, run } from './run.ts'
import { searchConnection, searchEdge, searchResult } from './search.ts'
import { sourceStatus } from './source-status.ts'
import { subscription } from './subscription.ts'
import { versionDiff } from './version-diff.ts'

export const resolvers: Resolvers = {
  Query: query,
  Mutation: mutation,
  Subscription: subscription,
  DateTime: dateTime,
  Node: { __resolveType: typeOfNode },
  Registry: registry,
  Environment: environment,
  Model: model,
  Alias: alias,
  ModelVersion: modelVersion,
  Run: run,
  Event: event,
  AliasMoment: aliasMoment,
  EventConnection: connection,
  EventEdge: edge,
  Metric: metric,
  SearchConnection: searchConnection,
  SearchEdge: searchEdge,
  SearchResult: searchResult,
  SourceStatus: sourceStatus,
  VersionDiff: versionDiff,
  LogicalModel: logicalModel,
  LogicalMember: logicalMember,
  LogicalConflict: logicalConflict,
  LogicalModelConnection: connection,
  LogicalModelEdge: edge,
  AliasCell: aliasCell,
  AliasReport: aliasReport,
  AliasReportRow: aliasReportRow,
  ModelPayload: modelPayload,
  ModelVersionPayload: modelVersionPayload,
  AliasPayload: aliasPayload,
  DeleteAliasPayload: deleteAliasPayload,
  TransitionPayload: transitionPayload,
  CopyModelVersionPayload: copyModelVersionPayload,
  ModelConnection: connection,
  ModelEdge: edge,
  ModelVersionConnection: connection,
  ModelVersionEdge: edge,
  PermissionPayload: permissionPayload,
  PermissionGrantConnection: connection,
  PermissionGrantEdge: edge,
  ArtifactConnection: connection,
  ArtifactEdge: edge,
}

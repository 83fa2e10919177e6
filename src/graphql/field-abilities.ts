import { type GraphQLSchema, isIntrospectionType, isObjectType } from 'graphql'
import { type Ability, abilityOf } from '../federation/permissions/abilities.ts'

/**
 * What each field takes, by type: the names of its fields for each ability. Whoever may not see a model is given no
 * object that belongs to it, so that what stands in such an object is never asked for by itself.
 */
const fieldsOf: Readonly<Record<string, Partial<Readonly<Record<Ability, string>>>>> = {
  Query: {
    askWho: 'viewer',
    lookAround: 'registries registry environments',
    see: 'node nodes models modelVersions modelGroups model modelVersion resolveModelUri compareVersions changes search logicalModel logicalModels drift aliasReport',
    grant: 'permissions',
  },
  Subscription: { see: 'events' },
  Viewer: { askWho: 'principal groups' },
  Registry: {
    lookAround: 'id name adapter environment serverVersion capabilities health catalog',
    see: 'models',
  },
  RegistryCapabilities: {
    lookAround:
      'tags aliases stages copyModelVersion renameModel deleteModel deleteModelVersion writes runs artifacts compareAndSet naming pushedDownFilters pushedDownOrders',
  },
  NamingRules: { lookAround: 'modelName alias tagKey tagValueMaxLength' },
  CatalogStatus: { lookAround: 'state lastFullSync lagMs models versions' },
  RegistryHealth: { lookAround: 'state checkedAt latencyMs message' },
  Environment: { lookAround: 'name rank registries' },
  PageInfo: { lookAround: 'hasNextPage hasPreviousPage startCursor endCursor' },
  SourceStatus: { lookAround: 'registry state asOf latencyMs error' },
  SourceError: { lookAround: 'code message retryable retryAfterMs' },
  Model: {
    see: 'id registry name description tags tag aliases alias versions version latestVersion createdAt updatedAt environment logicalModel events aliasAt viewerPermission',
  },
  ModelConnection: { see: 'edges nodes pageInfo totalCount sources complete' },
  ModelGroup: { see: 'key models registries' },
  ModelGroups: { see: 'groups sources complete' },
  ModelEdge: { see: 'cursor node' },
  ModelVersion: {
    see: 'id registry model modelName version description tags tag aliases stage status statusMessage source artifactUri artifacts digest sizeBytes runId run metrics metric params param copiedFrom lineage copies events createdAt updatedAt createdBy',
  },
  ModelVersionConnection: { see: 'edges nodes pageInfo totalCount sources complete' },
  ModelVersionEdge: { see: 'cursor node' },
  Tag: { see: 'key value' },
  Alias: { see: 'name versionNumber version assignedAt assignedBy' },
  AliasMoment: { see: 'version versionNumber certainty notBefore notAfter' },
  Event: {
    see: 'id cursor kind at notBefore certainty actor registry model version key before after comment subject',
  },
  EventConnection: { see: 'edges nodes pageInfo sources complete' },
  EventEdge: { see: 'cursor node' },
  SearchConnection: { see: 'edges nodes pageInfo totalCount sources complete correction message' },
  SearchEdge: { see: 'cursor node score highlights' },
  Highlight: { see: 'field fragment' },
  Run: {
    see: 'id runId registry name status startedAt endedAt durationMs metrics params tags sourceCommit datasets url',
  },
  RunDataset: { see: 'name digest source' },
  Metric: { see: 'key value nonFinite step' },
  Param: { see: 'key value' },
  Artifact: { see: 'path isDirectory sizeBytes digest' },
  ArtifactEdge: { see: 'cursor node' },
  ArtifactConnection: { see: 'edges nodes pageInfo' },
  LineageHop: { see: 'uri registry version broken' },
  VersionDiff: { see: 'from to metrics params tags sameArtifact durationMs sizeBytes' },
  LogicalModel: { see: 'id name members conflicts alias compare' },
  LogicalMember: { see: 'environment model matchedBy' },
  LogicalConflict: { see: 'model rules message' },
  LogicalModelConnection: { see: 'edges nodes pageInfo totalCount sources complete' },
  LogicalModelEdge: { see: 'cursor node' },
  DriftFinding: { see: 'logicalModel kind from to detail' },
  AliasMatrix: { see: 'alias cells' },
  AliasReport: { see: 'rows pageInfo sources complete' },
  AliasReportRow: {
    see: 'logicalModel registry environment model version stage metric metricDelta assignedAt updatedAt',
  },
  AliasCell: { see: 'environment model version metrics sameArtifactAsPrevious state' },
  NumberDiff: { see: 'key change from to delta' },
  TextDiff: { see: 'key change from to' },
  PermissionGrant: { grant: 'registry model principal permission' },
  PermissionGrantEdge: { grant: 'cursor node' },
  PermissionGrantConnection: { grant: 'edges nodes pageInfo' },
  PermissionPayload: { grant: 'grant' },
  ModelPayload: { see: 'model' },
  ModelVersionPayload: { see: 'modelVersion' },
  AliasPayload: { see: 'alias previousVersion' },
  DeleteAliasPayload: { see: 'model previousVersion' },
  CopyModelVersionPayload: { see: 'modelVersion createdModel' },
  DeletePayload: { see: 'deletedId' },
  TransitionPayload: { see: 'modelVersion archived' },
}

/** By `Type.field`, mutations among them. */
export const fieldAbilities: ReadonlyMap<string, Ability> = new Map([
  ...Object.entries(abilityOf).map(([operation, ability]) => [`Mutation.${operation}`, ability] as const),
  ...Object.entries(fieldsOf).flatMap(([type, byAbility]) =>
    Object.entries(byAbility).flatMap(([ability, names]) =>
      names.split(' ').map((name) => [`${type}.${name}`, ability as Ability] as const),
    ),
  ),
])

/** Nothing is answered of which nobody has said who may have it. */
export function assertEveryFieldHasRule(schema: GraphQLSchema): void {
  const fields = Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type) && !isIntrospectionType(type)
      ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`)
      : [],
  )
  const missing = fields.filter((field) => !fieldAbilities.has(field)).toSorted()
  if (missing.length === 0) return
  throw new Error(`Say in graphql/field-abilities.ts what it takes to be given ${missing.join(', ')}.`)
}

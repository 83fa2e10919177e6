import type {
  AliasRecord,
  ArtifactRecord,
  MetricRecord,
  ModelRecord,
  ModelVersionRecord,
  ParamRecord,
  RunDatasetRecord,
  RunRecord,
  TagRecord,
} from './records.ts'
import {
  is,
  isAbsentOr,
  isAnyText,
  isBoolean,
  isCount,
  isInteger,
  isList,
  isNullOr,
  isNumber,
  isOneOf,
  isText,
  isTime,
  type ShapeOf,
} from './shape.ts'

const tagShape: ShapeOf<TagRecord> = { key: isText, value: isAnyText }
const isTags = isList(is(tagShape))

export const versionShape: ShapeOf<ModelVersionRecord> = {
  modelName: isText,
  version: isText,
  description: isNullOr(isText),
  tags: isTags,
  notes: isAbsentOr(isTags),
  aliases: isNullOr(isList(isText)),
  stage: isNullOr(isText),
  archived: isBoolean,
  status: isOneOf(['PENDING', 'READY', 'FAILED', 'UNKNOWN']),
  statusMessage: isNullOr(isText),
  source: isNullOr(isText),
  artifactUri: isNullOr(isText),
  runId: isNullOr(isText),
  digest: isNullOr(isText),
  sizeBytes: isNullOr(isCount),
  createdAt: isNullOr(isTime),
  updatedAt: isNullOr(isTime),
  createdBy: isNullOr(isText),
}

export const isVersions = isList(is(versionShape))

const aliasShape: ShapeOf<AliasRecord> = { name: isText, version: isText }

export const modelShape: ShapeOf<ModelRecord> = {
  name: isText,
  description: isNullOr(isText),
  tags: isTags,
  aliases: isList(is(aliasShape)),
  createdAt: isNullOr(isTime),
  updatedAt: isNullOr(isTime),
  archived: isBoolean,
  latestVersions: (value, exact, owner) =>
    value === null || (isVersions(value, exact) && areOf(value as ModelVersionRecord[], owner?.name)),
}

export function areOf(versions: readonly ModelVersionRecord[], model: unknown): boolean {
  return versions.every(({ modelName }) => modelName === model)
}

const metricShape: ShapeOf<MetricRecord> = { key: isText, value: isNumber, step: isNullOr(isInteger) }
const paramShape: ShapeOf<ParamRecord> = { key: isText, value: isAnyText }

const datasetShape: ShapeOf<RunDatasetRecord> = {
  name: isText,
  digest: isNullOr(isText),
  source: isNullOr(isAnyText),
}

export const runShape: ShapeOf<RunRecord> = {
  runId: isText,
  name: isNullOr(isText),
  status: isNullOr(isText),
  startedAt: isNullOr(isTime),
  endedAt: isNullOr(isTime),
  metrics: isList(is(metricShape)),
  params: isList(is(paramShape)),
  url: isNullOr(isText),
  tags: isAbsentOr(isNullOr(isTags)),
  sourceCommit: isAbsentOr(isNullOr(isText)),
  datasets: isAbsentOr(isNullOr(isList(is(datasetShape)))),
  filesOnly: isAbsentOr(isBoolean),
}

export const artifactShape: ShapeOf<ArtifactRecord> = {
  path: isText,
  isDirectory: isBoolean,
  sizeBytes: isNullOr(isCount),
  digest: isNullOr(isText),
}

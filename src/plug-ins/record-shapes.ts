import type { ModelVersionRecord } from '../contract/index.ts'
import {
  flawOf,
  is,
  isBoolean,
  isCountOrNull,
  isIntegerOrNull,
  isList,
  isNullOr,
  isNumber,
  isOneOf,
  isText,
  isTextOrNull,
  isTimeOrNull,
  type Shape,
} from './shape.ts'

const tags = isList(is({ key: isText, value: isText }))

export const versionShape: Shape = {
  modelName: isText,
  version: isText,
  description: isTextOrNull,
  tags,
  notes: (value) => value === undefined || tags(value),
  aliases: isNullOr(isList(isText)),
  stage: isTextOrNull,
  archived: isBoolean,
  status: isOneOf(['PENDING', 'READY', 'FAILED', 'UNKNOWN']),
  statusMessage: isTextOrNull,
  source: isTextOrNull,
  artifactUri: isTextOrNull,
  runId: isTextOrNull,
  digest: isTextOrNull,
  sizeBytes: isCountOrNull,
  createdAt: isTimeOrNull,
  updatedAt: isTimeOrNull,
  createdBy: isTextOrNull,
}

export const isVersions = isList(is(versionShape))

export const modelShape: Shape = {
  name: isText,
  description: isTextOrNull,
  tags,
  aliases: isList(is({ name: isText, version: isText })),
  createdAt: isTimeOrNull,
  updatedAt: isTimeOrNull,
  archived: isBoolean,
  latestVersions: (value, owner) =>
    value === null || isList((version) => isVersionOf(owner?.name, version))(value),
}

function isVersionOf(model: unknown, value: unknown): boolean {
  return flawOf(versionShape, value) === null && (value as ModelVersionRecord).modelName === model
}

export const runShape: Shape = {
  runId: isText,
  name: isTextOrNull,
  status: isTextOrNull,
  startedAt: isTimeOrNull,
  endedAt: isTimeOrNull,
  metrics: isList(is({ key: isText, value: isNumber, step: isIntegerOrNull })),
  params: isList(is({ key: isText, value: isText })),
  url: isTextOrNull,
  filesOnly: (value) => value === undefined || isBoolean(value),
}

const artifactShape: Shape = {
  path: isText,
  isDirectory: isBoolean,
  sizeBytes: isCountOrNull,
  digest: isTextOrNull,
}

export const isArtifactList = isList(is(artifactShape))

const level = isOneOf(['NATIVE', 'EMULATED', 'NONE'])
const ownLevel = isOneOf(['NATIVE', 'NONE'])
const rule = isNullOr(is({ pattern: isPattern, words: isText }))

export const descriptionShape: Shape = {
  serverVersion: isTextOrNull,
  levels: is({
    tags: (value) => value === undefined || level(value),
    aliases: level,
    stages: level,
    runs: level,
    artifacts: level,
    compareAndSet: ownLevel,
    idempotency: ownLevel,
  }),
  stages: isList(isText),
  integerVersions: isBoolean,
  naming: is({
    modelName: rule,
    alias: rule,
    tagKey: rule,
    tagValue: rule,
    tagValueMaxLength: isCountOrNull,
    tagValueUnit: (value) => value === undefined || isTextUnit(value),
    description: rule,
    source: (value) => value === undefined || rule(value),
  }),
  pushedDownFilters: isList(isText),
  pushedDownOrders: isList(isText),
  notices: isList(isText),
}

const isTextUnit = isOneOf(['utf16', 'codePoint', 'utf8'])

function isPattern(value: unknown): boolean {
  try {
    return typeof value === 'string' && new RegExp(value, 'u') instanceof RegExp
  } catch {
    return false
  }
}

import type {
  AliasKey,
  ModelRecord,
  ModelVersionRecord,
  RunRecord,
  VersionKey,
  VersionsOfModel,
} from '../contract/index.ts'
import { isVersions, modelShape, runShape, versionShape } from './record-shapes.ts'
import { flawOf, isBoolean, isText, type Shape } from './shape.ts'

/** What a batch gives for each of its keys. */
export interface BatchKind<Key, Value> {
  /** As {@link flawOf}. */
  readonly flawOf: (value: unknown) => string | null
  /** Outcomes in another order than the keys would pass for what was asked. */
  readonly isOf: (value: Value, key: Key) => boolean
}

export const models: BatchKind<string, ModelRecord> = {
  flawOf: (value) => flawOf(modelShape, value),
  isOf: ({ name }, asked) => name === asked,
}

export const versions: BatchKind<VersionKey, ModelVersionRecord> = {
  flawOf: (value) => flawOf(versionShape, value),
  isOf: ({ modelName, version }, asked) => modelName === asked.model && version === asked.version,
}

const versionsOfModelShape: Shape = { versions: isVersions, complete: isBoolean }

export const versionsOfModels: BatchKind<string, VersionsOfModel> = {
  flawOf: (value) => flawOf(versionsOfModelShape, value),
  isOf: (value, asked) => areOf(value.versions, asked),
}

export const latestVersions: BatchKind<string, readonly ModelVersionRecord[]> = {
  flawOf: (value) => (isVersions(value) ? null : ''),
  isOf: areOf,
}

export const holders: BatchKind<AliasKey, ModelVersionRecord> = {
  flawOf: (value) => flawOf(versionShape, value),
  isOf: ({ modelName }, asked) => modelName === asked.model,
}

export const runs: BatchKind<string, RunRecord> = {
  flawOf: (value) => flawOf(runShape, value),
  isOf: ({ runId }, asked) => runId === asked,
}

export const locations: BatchKind<VersionKey, string> = {
  flawOf: (value) => (isText(value) ? null : ''),
  isOf: () => true,
}

function areOf(records: readonly ModelVersionRecord[], model: string): boolean {
  return records.every(({ modelName }) => modelName === model)
}

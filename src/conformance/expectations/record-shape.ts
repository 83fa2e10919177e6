import assert from 'node:assert/strict'
import type { ModelRecord, ModelVersionRecord, RunRecord } from '../../contract/index.ts'
import { quote } from './expectations.ts'

type Shape = Readonly<Record<string, (value: unknown) => boolean>>

const isText = (value: unknown) => typeof value === 'string' && value !== ''
const isTextOrNull = (value: unknown) => value === null || isText(value)
const isString = (value: unknown) => typeof value === 'string'
const isTimeOrNull = (value: unknown) =>
  value === null || (value instanceof Date && !Number.isNaN(value.getTime()))
const isSizeOrNull = (value: unknown) => value === null || (Number.isSafeInteger(value) && Number(value) >= 0)
const isIntegerOrNull = (value: unknown) => value === null || Number.isSafeInteger(value)
const isBoolean = (value: unknown) => typeof value === 'boolean'
const isList = (holds: (value: unknown) => boolean) => (value: unknown) =>
  Array.isArray(value) && value.every(holds)
const isListOrNull = (holds: (value: unknown) => boolean) => (value: unknown) =>
  value === null || isList(holds)(value)
const isShape = (shape: Shape) => (value: unknown) => fieldsOff(shape, value).length === 0

const tagShape: Shape = { key: isText, value: isString }

const versionShape: Shape = {
  modelName: isText,
  version: isText,
  description: isTextOrNull,
  tags: isList(isShape(tagShape)),
  aliases: isListOrNull(isText),
  stage: isTextOrNull,
  archived: isBoolean,
  status: (value) => ['PENDING', 'READY', 'FAILED', 'UNKNOWN'].includes(String(value)),
  statusMessage: isTextOrNull,
  source: isTextOrNull,
  artifactUri: isTextOrNull,
  runId: isTextOrNull,
  digest: isTextOrNull,
  sizeBytes: isSizeOrNull,
  createdAt: isTimeOrNull,
  updatedAt: isTimeOrNull,
  createdBy: isTextOrNull,
}

const modelShape: Shape = {
  name: isText,
  description: isTextOrNull,
  tags: isList(isShape(tagShape)),
  aliases: isList(isShape({ name: isText, version: isText })),
  createdAt: isTimeOrNull,
  updatedAt: isTimeOrNull,
  archived: isBoolean,
  latestVersions: isListOrNull(isShape(versionShape)),
}

const runShape: Shape = {
  runId: isText,
  name: isTextOrNull,
  status: isTextOrNull,
  startedAt: isTimeOrNull,
  endedAt: isTimeOrNull,
  metrics: isList(
    isShape({ key: isText, value: (value) => typeof value === 'number', step: isIntegerOrNull }),
  ),
  params: isList(isShape({ key: isText, value: isString })),
  url: isTextOrNull,
}

/** Names the fields that are missing or hold something else than the contract says, or that it does not know. */
function fieldsOff(shape: Shape, value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return ['not an object']
  const fields = new Map(Object.entries(value))
  const missing = Object.entries(shape).filter(([name, holds]) => !holds(fields.get(name)))
  const foreign = [...fields.keys()].filter((name) => !(name in shape))
  return [...missing.map(([name]) => name), ...foreign]
}

function assertShape(shape: Shape, row: object, what: string): void {
  assert.deepEqual(fieldsOff(shape, row), [], `${what} has fields that are not as in the contract`)
  assert.deepEqual(structuredClone(row), row, `${what} is not plain data`)
}

export function assertModelRecord(row: ModelRecord): void {
  assertShape(modelShape, row, `the model ${quote(row.name)}`)
}

export function assertVersionRecord(row: ModelVersionRecord): void {
  assertShape(versionShape, row, `the version ${quote([row.modelName, row.version])}`)
}

export function assertRunRecord(row: RunRecord): void {
  assertShape(runShape, row, `the run ${quote(row.runId)}`)
}

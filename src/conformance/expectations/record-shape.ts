import assert from 'node:assert/strict'
import type { ModelRecord, ModelVersionRecord, RunRecord } from '../../contract/index.ts'
import { modelShape, runShape, versionShape } from '../../contract/record-shapes.ts'
import { flawsOf, type Shape } from '../../contract/shape.ts'
import { quote } from './expectations.ts'

function assertShape(shape: Shape, row: object, what: string): void {
  assert.deepEqual(flawsOf(shape, row), [], `${what} has fields that are not as in the contract`)
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

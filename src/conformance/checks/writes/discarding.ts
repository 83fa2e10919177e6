import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import {
  assertOwnFiles,
  assertVersions,
  beginPending,
  finalised,
  ifGiven,
  pendingFiles,
} from '../../bench/pending-bench.ts'
import { putFiles } from '../../bench/transfer-bench.ts'
import { writeCheck } from '../../bench/write-bench.ts'
import type { Check } from '../../check.ts'
import { failure } from '../../expectations/expectations.ts'
import { assertNoModel, stateOf } from '../../expectations/written-rows.ts'

const source = 'modelgate/adapter: ArtifactUpload.discard'
const needs = ['imports'] as const

export const discardingChecks: readonly Check[] = [
  writeCheck({
    id: 'MG-FINAL-006',
    level: 'MUST',
    title: 'A transfer that was discarded leaves no version',
    needs,
    source,
    why: 'It would be pending for ever.',
    async run(bench) {
      const model = await bench.createModel()
      const upload = await beginPending(bench, model)
      await putFiles(upload, pendingFiles, bench)
      await upload.discard(bench.call())
      await assertVersions(bench, model, [])
    },
  }),
  writeCheck({
    id: 'MG-FINAL-007',
    level: 'MUST',
    title: 'To discard what was finalised is ALREADY_EXISTS, and leaves the version with its files',
    needs,
    source,
    why: 'It is somebody’s model by then.',
    async run(bench) {
      const { model, upload, version } = await finalised(bench)
      const before = await stateOf(bench, model)
      await failure(upload.discard(bench.call()), 'discard', ['ALREADY_EXISTS'])
      assert.deepEqual(await stateOf(bench, model), before)
      await assertOwnFiles(bench, { model, version })
    },
  }),
  writeCheck({
    id: 'MG-FINAL-008',
    level: 'MUST',
    title: 'A model whose only version was discarded is taken back',
    needs: ['imports', 'take back'],
    source: 'modelgate/adapter: ModelWrites.takeBack',
    why: 'A copy that failed leaves nothing, also no empty model.',
    async run(bench) {
      const idempotencyKey = randomUUID()
      const model = await bench.createModel({ idempotencyKey })
      const upload = await beginPending(bench, model)
      await upload.discard(bench.call())
      const isGone = await bench.writes.models.takeBack?.(model, idempotencyKey, bench.call())
      assert.equal(isGone, true, 'what takeBack answers')
      await assertNoModel(bench, model)
    },
  }),
  writeCheck({
    id: 'MG-FINAL-009',
    level: 'MUST',
    title: 'A transfer into a model that is not there is NOT_FOUND, and makes none',
    needs,
    source: 'modelgate/adapter: ArtifactImports.begin',
    why: 'What a copy that failed has left is looked for again when its model is long gone.',
    async run(bench) {
      const model = bench.name()
      const begun = beginPending(bench, model)
      if (await ifGiven(begun)) assert.fail('imports.begin took files in for a model that is not there')
      await failure(begun, 'imports.begin', ['NOT_FOUND'])
      await assertNoModel(bench, model)
    },
  }),
]

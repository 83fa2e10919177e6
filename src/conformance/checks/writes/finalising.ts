import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import {
  assertNoneReady,
  assertOwnFiles,
  assertVersions,
  beginPending,
  finalised,
  ifTaken,
  pendingFiles,
} from '../../bench/pending-bench.ts'
import { beginUpload, createOf, finishUpload, putFiles } from '../../bench/transfer-bench.ts'
import { writeCheck } from '../../bench/write-bench.ts'
import { type Check, need } from '../../check.ts'
import { assertTimeout, found } from '../../expectations/expectations.ts'
import { sortedTags, stateOf, versionByEveryWay } from '../../expectations/written-rows.ts'
import { acceptedDescription, acceptedTags, sample } from '../../fixture/accepted-texts.ts'

const source = 'modelgate/adapter: ArtifactUpload.finalise'
const needs = ['imports'] as const

export const finalisingChecks: readonly Check[] = [
  writeCheck({
    id: 'MG-FINAL-001',
    level: 'MUST',
    title: 'Until it is finalised no read shows the version as READY',
    needs,
    source,
    why: 'A model that is half there would be deployed.',
    async run(bench) {
      const model = await bench.createModel()
      const upload = await beginPending(bench, model)
      await assertNoneReady(bench, model, 'begin')
      await putFiles(upload, pendingFiles, bench)
      await assertNoneReady(bench, model, 'put')
      await finishUpload(upload, pendingFiles, bench)
      await assertNoneReady(bench, model, 'finish')
    },
  }),
  writeCheck({
    id: 'MG-FINAL-002',
    level: 'MUST',
    title: 'A version that was finalised is READY by every way, as it was given and with its files',
    needs,
    source,
    why: 'The mutation answers with what is read back.',
    async run(bench) {
      const model = await bench.createModel()
      const upload = await beginPending(bench, model)
      await putFiles(upload, pendingFiles, bench)
      const description = acceptedDescription(bench)
      const tags = sample(bench, acceptedTags(bench), 8)
      const key = await createOf(upload, pendingFiles, bench, model, { description, tags })
      for (const [way, row] of Object.entries(await versionByEveryWay(bench, key))) {
        const version = found(row, `the version by ${way}`)
        assert.equal(version.status, 'READY', `the status by ${way}`)
        assert.equal(version.description, description, `the description by ${way}`)
        assert.deepEqual(sortedTags(version.tags), sortedTags(tags), `the tags by ${way}`)
      }
      await assertOwnFiles(bench, key)
    },
  }),
  writeCheck({
    id: 'MG-FINAL-003',
    level: 'MUST',
    title: 'A transfer that is tried again before it was finalised has one version',
    needs,
    source,
    why: 'Every try would leave a version that is pending for ever.',
    async run(bench) {
      const model = await bench.createModel()
      const id = randomUUID()
      await putFiles(await beginPending(bench, model, id), pendingFiles, bench)
      const again = await beginPending(bench, model, id)
      await putFiles(again, pendingFiles, bench)
      const { version } = await createOf(again, pendingFiles, bench, model)
      await assertVersions(bench, model, [version])
    },
  }),
  writeCheck({
    id: 'MG-FINAL-004',
    level: 'MUST',
    title: 'To finalise again answers the same or ALREADY_EXISTS, and changes nothing',
    needs,
    source,
    why: 'The answer to the first time may have been lost on its way.',
    async run(bench) {
      const { model, upload, id, version } = await finalised(bench)
      const before = await stateOf(bench, model)
      const again = await ifTaken(createOf(upload, pendingFiles, bench, model))
      if (again) assert.equal(again.version, version, 'the version that finalise answers again')
      const other = await ifTaken(beginUpload(bench, model, { id }))
      const third = other && (await ifTaken(createOf(other, pendingFiles, bench, model)))
      if (third) assert.equal(third.version, version, 'the version of another try')
      assert.deepEqual(await stateOf(bench, model), before)
    },
  }),
  writeCheck({
    id: 'MG-FINAL-005',
    level: 'MUST',
    title: 'A finalise whose signal has fired is REGISTRY_TIMEOUT, and leaves the version pending',
    needs,
    source: 'modelgate/adapter: Call.signal',
    why: 'Somebody else may be at the same copy by then.',
    async run(bench) {
      const model = await bench.createModel()
      const upload = await beginPending(bench, model)
      await putFiles(upload, pendingFiles, bench)
      const imported = await finishUpload(upload, pendingFiles, bench)
      const version = { model, ...imported, description: null, tags: [], idempotencyKey: null }
      const late = bench.call({ signal: AbortSignal.abort() })
      const answer = need(upload.finalise, 'way to finalise').call(upload, version, late)
      await assertTimeout(answer, 'finalise')
      await assertNoneReady(bench, model, 'a finalise whose signal had fired')
    },
  }),
]

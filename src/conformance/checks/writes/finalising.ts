import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type ArtifactUpload, RegistryError } from '../../../contract/index.ts'
import { fileOf } from '../../bench/sample-files.ts'
import { assertFiles, beginUpload, createOf, finishUpload, putFiles } from '../../bench/transfer-bench.ts'
import { type WriteBench, writeCheck } from '../../bench/write-bench.ts'
import { type Check, NotApplicable, need } from '../../check.ts'
import { assertTimeout, failure, found, quote } from '../../expectations/expectations.ts'
import {
  assertNoModel,
  listedVersions,
  sortedTags,
  stateOf,
  versionByEveryWay,
} from '../../expectations/written-rows.ts'
import { acceptedDescription, acceptedTags, sample } from '../../fixture/accepted-texts.ts'

const source = 'modelgate/adapter: ArtifactUpload.finalise'
const needs = ['imports'] as const
const files = [fileOf('model.txt', 'Model.'), fileOf('data/other.txt', 'Other.')]

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
      await putFiles(upload, files, bench)
      await assertNoneReady(bench, model, 'put')
      await finishUpload(upload, files, bench)
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
      await putFiles(upload, files, bench)
      const description = acceptedDescription(bench)
      const tags = sample(bench, acceptedTags(bench), 8)
      const key = await createOf(upload, files, bench, model, { description, tags })
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
      await putFiles(await beginPending(bench, model, id), files, bench)
      const again = await beginPending(bench, model, id)
      await putFiles(again, files, bench)
      const { version } = await createOf(again, files, bench, model)
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
      const again = await ifTaken(createOf(upload, files, bench, model))
      if (again) assert.equal(again.version, version, 'the version that finalise answers again')
      const other = await ifTaken(beginUpload(bench, model, { id }))
      const third = other && (await ifTaken(createOf(other, files, bench, model)))
      if (third) assert.equal(third.version, version, 'the version of another try')
      assert.deepEqual(await stateOf(bench, model), before)
    },
  }),
  writeCheck({
    id: 'MG-FINAL-005',
    level: 'MUST',
    title: 'A transfer that was discarded leaves no version',
    needs,
    source: 'modelgate/adapter: ArtifactUpload.discard',
    why: 'It would be pending for ever.',
    async run(bench) {
      const model = await bench.createModel()
      const upload = await beginPending(bench, model)
      await putFiles(upload, files, bench)
      await upload.discard(bench.call())
      await assertVersions(bench, model, [])
    },
  }),
  writeCheck({
    id: 'MG-FINAL-006',
    level: 'MUST',
    title: 'To discard what was finalised is ALREADY_EXISTS, and leaves the version with its files',
    needs,
    source: 'modelgate/adapter: ArtifactUpload.discard',
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
    id: 'MG-FINAL-007',
    level: 'MUST',
    title: 'A finalise whose signal has fired is REGISTRY_TIMEOUT, and leaves the version pending',
    needs,
    source: 'modelgate/adapter: Call.signal',
    why: 'Somebody else may be at the same copy by then.',
    async run(bench) {
      const model = await bench.createModel()
      const upload = await beginPending(bench, model)
      await putFiles(upload, files, bench)
      const imported = await finishUpload(upload, files, bench)
      const version = { model, ...imported, description: null, tags: [], idempotencyKey: null }
      const late = bench.call({ signal: AbortSignal.abort() })
      const answer = need(upload.finalise, 'way to finalise').call(upload, version, late)
      await assertTimeout(answer, 'finalise')
      await assertNoneReady(bench, model, 'a finalise whose signal had fired')
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

/** The check ends where versions are made of files that are there. */
async function beginPending(
  bench: WriteBench,
  model: string,
  id: string = randomUUID(),
): Promise<ArtifactUpload> {
  const upload = await beginUpload(bench, model, { id })
  if (upload.finalise) return upload
  await upload.discard(bench.call())
  throw new NotApplicable('the registry makes versions of files that are there')
}

async function finalised(bench: WriteBench) {
  const model = await bench.createModel()
  const id = randomUUID()
  const upload = await beginPending(bench, model, id)
  await putFiles(upload, files, bench)
  const { version } = await createOf(upload, files, bench, model)
  return { model, id, upload, version }
}

async function assertNoneReady(bench: WriteBench, model: string, what: string): Promise<void> {
  const { adapter, call } = bench
  const [all] = await adapter.versions.ofModels([model], 10, call())
  const [latest] = await adapter.versions.latest([model], call())
  const rows = [
    ...found(all, 'versions.ofModels').versions,
    ...found(latest, 'versions.latest'),
    ...(await listedVersions(bench, model)),
    ...((await bench.getModel(model)).latestVersions ?? []),
  ]
  const ready = rows.find(({ status }) => status === 'READY')
  assert.equal(ready, undefined, `after ${what} the version is READY: ${quote(ready)}`)
}

async function assertVersions(bench: WriteBench, model: string, expected: readonly string[]): Promise<void> {
  const [all] = await bench.adapter.versions.ofModels([model], 10, bench.call())
  const rows = found(all, 'versions.ofModels').versions
  assert.deepEqual(
    rows.map(({ version }) => version),
    expected,
    'the versions of the model',
  )
  assert.equal((await listedVersions(bench, model)).length, expected.length, 'the versions in a list')
}

async function assertOwnFiles(bench: WriteBench, key: { model: string; version: string }): Promise<void> {
  if (bench.adapter.exports) await assertFiles(bench, key, files)
}

async function ifGiven<T>(work: Promise<T>): Promise<T | null> {
  return work.catch((error: unknown) => {
    if (RegistryError.is(error)) return null
    throw error
  })
}

/** `null` where it says that a version has the files. */
async function ifTaken<T>(work: Promise<T>): Promise<T | null> {
  return work.catch((error: unknown) => {
    if (RegistryError.is(error) && error.code === 'ALREADY_EXISTS') return null
    throw error
  })
}

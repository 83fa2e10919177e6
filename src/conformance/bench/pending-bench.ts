import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type ArtifactUpload, RegistryError, type VersionKey } from '../../contract/index.ts'
import { NotApplicable } from '../check.ts'
import { found, quote } from '../expectations/expectations.ts'
import { listedVersions } from '../expectations/written-rows.ts'
import { fileOf } from './sample-files.ts'
import { assertFiles, beginUpload, createOf, putFiles } from './transfer-bench.ts'
import type { WriteBench } from './write-bench.ts'

/** What each of these versions is made of. */
export const pendingFiles = [fileOf('model.txt', 'Model.'), fileOf('data/other.txt', 'Other.')]

/** The check ends where versions are made of files that are there. */
export async function beginPending(
  bench: WriteBench,
  model: string,
  id: string = randomUUID(),
): Promise<ArtifactUpload> {
  const upload = await beginUpload(bench, model, { id })
  if (upload.finalise) return upload
  await upload.discard(bench.call())
  throw new NotApplicable('the registry makes versions of files that are there')
}

export async function finalised(bench: WriteBench) {
  const model = await bench.createModel()
  const id = randomUUID()
  const upload = await beginPending(bench, model, id)
  await putFiles(upload, pendingFiles, bench)
  const { version } = await createOf(upload, pendingFiles, bench, model)
  return { model, id, upload, version }
}

export async function assertNoneReady(bench: WriteBench, model: string, what: string): Promise<void> {
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

export async function assertVersions(
  bench: WriteBench,
  model: string,
  expected: readonly string[],
): Promise<void> {
  const [all] = await bench.adapter.versions.ofModels([model], 10, bench.call())
  const rows = found(all, 'versions.ofModels').versions
  assert.deepEqual(
    rows.map(({ version }) => version),
    expected,
    'the versions of the model',
  )
  assert.equal((await listedVersions(bench, model)).length, expected.length, 'the versions in a list')
}

export async function assertOwnFiles(bench: WriteBench, key: VersionKey): Promise<void> {
  if (bench.adapter.exports) await assertFiles(bench, key, pendingFiles)
}

export async function ifGiven<T>(work: Promise<T>): Promise<T | null> {
  return work.catch((error: unknown) => {
    if (RegistryError.is(error)) return null
    throw error
  })
}

/** `null` where it says that a version has the files. */
export async function ifTaken<T>(work: Promise<T>): Promise<T | null> {
  return work.catch((error: unknown) => {
    if (RegistryError.is(error) && error.code === 'ALREADY_EXISTS') return null
    throw error
  })
}

import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import {
  type ArtifactUpload,
  type NewTransfer,
  type NewVersion,
  RegistryError,
  type VersionKey,
} from '../../contract/index.ts'
import { NotApplicable, need } from '../check.ts'
import { sortedBy } from '../expectations/expectations.ts'
import { chunksOf, digestOf, type SampleFile } from './sample-files.ts'
import type { WriteBench } from './write-bench.ts'

/** A place for files; the check ends where this registry has none. */
export async function beginUpload(
  { adapter, call, truth }: WriteBench,
  model: string,
  more: Partial<NewTransfer> = {},
): Promise<ArtifactUpload> {
  const origin = `models://conformance/${truth.prefix}origin/1`
  try {
    return await need(adapter.imports, 'imports').begin({ id: randomUUID(), model, origin, ...more }, call())
  } catch (error) {
    if (!RegistryError.is(error) || error.code !== 'UNSUPPORTED') throw error
    throw new NotApplicable(`the registry takes no files in: ${error.message}`)
  }
}

export async function putFiles(
  upload: ArtifactUpload,
  files: readonly SampleFile[],
  { call }: WriteBench,
): Promise<void> {
  for (const { bytes, ...file } of files) await upload.put(file, chunksOf(bytes), call())
}

export function finishUpload(upload: ArtifactUpload, files: readonly SampleFile[], { call }: WriteBench) {
  const listed = files.map(({ path, sizeBytes }) => ({ path, sizeBytes }))
  return upload.finish(listed, call())
}

/** Makes the version of the files that were put, as the gateway does. */
export async function createOf(
  upload: ArtifactUpload,
  files: readonly SampleFile[],
  bench: WriteBench,
  model: string,
  more: Partial<NewVersion> = {},
): Promise<VersionKey> {
  const imported = await finishUpload(upload, files, bench)
  if (upload.finalise === undefined) return bench.createVersion(model, { ...imported, ...more })
  const version = { model, ...imported, description: null, tags: [], idempotencyKey: null, ...more }
  return { model, version: await upload.finalise(version, bench.call()) }
}

/** What the version has is these files, to the byte. */
export async function assertFiles(
  { adapter, call }: WriteBench,
  key: VersionKey,
  files: readonly SampleFile[],
): Promise<void> {
  const exports = need(adapter.exports, 'exports')
  const given = await exports.files(key, call())
  const expected = sortedBy(files, ({ path }) => path)
  assert.deepEqual(
    given?.map(({ path }) => path),
    expected.map(({ path }) => path),
    'the paths, sorted',
  )
  for (const [index, { path, sizeBytes, bytes }] of expected.entries()) {
    const size: number | null = given?.[index]?.sizeBytes ?? null
    if (size !== null) assert.equal(size, sizeBytes, `the size of ${path}`)
    const digest = await digestOf(await exports.read(key, path, call()))
    assert.equal(digest, await digestOf(chunksOf(bytes)), `the bytes of ${path}`)
  }
}

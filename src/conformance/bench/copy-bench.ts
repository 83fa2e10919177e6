import assert from 'node:assert/strict'
import type { NewCopy, VersionKey } from '../../contract/index.ts'
import { need } from '../check.ts'
import { found } from '../expectations/expectations.ts'
import { listedVersions, sortedTags } from '../expectations/written-rows.ts'
import { legalTags } from '../fixture/accepted-texts.ts'
import type { WriteBench } from './write-bench.ts'

export const toUri = ({ model, version }: VersionKey) => `models:/${model}/${version}`

/** The way of the gateway where the registry has none of its own. */
export async function copyByUri(bench: WriteBench, original: VersionKey, part: string): Promise<VersionKey> {
  const model = await bench.createModel({ name: bench.name(part) })
  return bench.createVersion(model, { source: toUri(original) })
}

export async function copyByRegistry(
  { adapter, call }: WriteBench,
  source: VersionKey,
  model: string,
  more: Partial<NewCopy> = {},
): Promise<VersionKey> {
  const copy = { source, model, description: null, tags: [], idempotencyKey: null, ...more }
  return { model, version: await need(adapter.copies?.copy(copy, call()), 'own copy') }
}

export async function createOriginal(bench: WriteBench): Promise<VersionKey> {
  const [runId = null] = bench.adapter.runs === undefined ? [] : [...bench.truth.runs.keys()]
  const tags = legalTags(bench, [{ key: 'of', value: 'the original' }])
  const words = { description: 'The original.', tags }
  const original = await bench.createVersion(await bench.createModel(), { ...words, runId })
  if (bench.writes.aliases) await bench.setAlias(original, 'original')
  return original
}

/** The run is that of the first of all. */
export async function assertSource(
  bench: WriteBench,
  copy: VersionKey,
  original: VersionKey,
  first = original,
): Promise<void> {
  const { runId } = await bench.getVersion(first)
  for (const row of [await bench.getVersion(copy), ...(await listedVersions(bench, copy.model))]) {
    if (row.version !== copy.version) continue
    assert.equal(row.source, toUri(original), 'the source of the copy')
    assert.equal(row.runId, runId, 'the run of the copy')
  }
}

export async function assertSamePlace(
  { adapter, call }: WriteBench,
  keys: readonly VersionKey[],
): Promise<void> {
  const places = (await adapter.artifacts?.locate(keys, call())) ?? []
  const [first, ...others] = places.map((place) => found(place, 'the place of the files'))
  for (const place of others) assert.equal(place, first, 'the place of the copy’s files')
}

/** Where the record says it, whichever read gave it. */
export async function placesOnRecords(bench: WriteBench, key: VersionKey): Promise<string[]> {
  const rows = [await bench.getVersion(key), ...(await listedVersions(bench, key.model))]
  return rows.flatMap(({ version, artifactUri }) =>
    version === key.version && artifactUri !== null ? [artifactUri] : [],
  )
}

/** Nothing of the copy comes from the original but its files and its run. */
export async function assertOwnWords(
  bench: WriteBench,
  copy: VersionKey,
  { description, tags }: Pick<NewCopy, 'description' | 'tags'>,
): Promise<void> {
  const row = await bench.getVersion(copy)
  assert.deepEqual([row.description, sortedTags(row.tags)], [description, sortedTags(tags)])
  assert.deepEqual((await bench.getModel(copy.model)).aliases, [], 'the aliases of its model')
}

export function wordsOfCopies(bench: WriteBench): readonly Pick<NewCopy, 'description' | 'tags'>[] {
  return [
    { description: 'The copy.', tags: legalTags(bench, [{ key: 'copied', value: 'yes' }]) },
    { description: null, tags: [] },
  ]
}

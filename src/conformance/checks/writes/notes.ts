import assert from 'node:assert/strict'
import type { ModelVersionRecord, NewVersion, TagRecord, VersionKey } from '../../../contract/index.ts'
import { copyByRegistry } from '../../bench/copy-bench.ts'
import { type WriteBench, writeCheck } from '../../bench/write-bench.ts'
import type { Check } from '../../check.ts'
import { found } from '../../expectations/expectations.ts'
import { sortedTags, versionByEveryWay } from '../../expectations/written-rows.ts'

const source = 'modelgate/adapter: NewVersion.notes'
const needs = ['place for notes'] as const

const notes = [
  { key: 'modelgate.copied_from', value: 'models://other/a model/ä 1' },
  {
    key: 'modelgate.lineage',
    value: JSON.stringify(Array.from({ length: 31 }, (_, index) => `models://other/m/${index}`)),
  },
  { key: 'modelgate.size_bytes', value: '123' },
]

async function assertNotes(
  bench: WriteBench,
  key: VersionKey,
  expected: readonly TagRecord[],
): Promise<void> {
  if (bench.writes.aliases) await bench.setAlias(key, 'noted')
  const [held = null] =
    (await bench.adapter.aliases?.resolve([{ model: key.model, alias: 'noted' }], bench.call())) ?? []
  const ways = { ...(await versionByEveryWay(bench, key)), ...(held !== null && { resolve: held }) }
  for (const [way, outcome] of Object.entries(ways)) {
    const row: ModelVersionRecord = found(outcome, `the version by ${way}`)
    assert.deepEqual(sortedTags(row.notes ?? []), sortedTags(expected), `the notes by ${way}`)
    assert.deepEqual([row.tags, row.description], [[], 'Noted.'], `tags and description by ${way}`)
  }
}

async function createNoted(bench: WriteBench): Promise<VersionKey> {
  const more: Partial<NewVersion> = { description: 'Noted.', notes }
  return bench.createVersion(await bench.createModel(), more)
}

export const noteChecks: readonly Check[] = [
  writeCheck({
    id: 'MG-WNOTE-001',
    level: 'MUST',
    title: 'Notes of a version come back by every way, and are neither tags nor description',
    needs,
    source,
    why: 'They say where a copy is from; a way that leaves them out shows no origin.',
    async run(bench) {
      const key = await createNoted(bench)
      await assertNotes(bench, key, notes)
      if (!bench.adapter.copies) return
      const copy = await copyByRegistry(bench, key, key.model, {
        description: 'Noted.',
        notes: notes.slice(2),
      })
      await assertNotes(bench, copy, notes.slice(2))
    },
  }),
  writeCheck({
    id: 'MG-WNOTE-002',
    level: 'MUST',
    title: 'Notes stay when the description changes, and other versions have none',
    needs,
    source,
    why: 'An origin that goes with a new description, or comes with a copy, is a wrong one.',
    async run(bench) {
      const key = await createNoted(bench)
      if (bench.writes.versions.describe) {
        await bench.describeVersion(key, null)
        await bench.describeVersion(key, 'Noted.')
      }
      await assertNotes(bench, key, notes)
      const copyOf = `models:/${key.model}/${key.version}`
      await assertNotes(
        bench,
        await bench.createVersion(key.model, { description: 'Noted.', source: copyOf }),
        [],
      )
    },
  }),
]

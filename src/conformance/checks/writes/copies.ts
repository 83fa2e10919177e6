import assert from 'node:assert/strict'
import {
  assertOwnWords,
  assertSamePlace,
  assertSource,
  copyByRegistry,
  copyByUri,
  createOriginal,
  placesOnRecords,
  toUri,
  wordsOfCopies,
} from '../../bench/copy-bench.ts'
import { writeCheck } from '../../bench/write-bench.ts'
import { type Check, need } from '../../check.ts'
import { failure } from '../../expectations/expectations.ts'
import { listedVersions } from '../../expectations/written-rows.ts'
import { removeVersion } from '../../fixture/version-makers.ts'

const byVersion = 'modelgate/adapter: NewVersion.source'
const ownCopy = 'modelgate/adapter: CopyWrites'

export const copyChecks: readonly Check[] = [
  writeCheck({
    id: 'MG-WCOPY-001',
    level: 'MUST',
    title: 'A version made of another one’s URI has that URI for its source, and its run',
    source: byVersion,
    why: 'It is how the gateway copies where the registry has no way of its own; lineage goes by it.',
    async run(bench) {
      const original = await createOriginal(bench)
      await assertSource(bench, await copyByUri(bench, original, '-copy'), original)
    },
  }),
  writeCheck({
    id: 'MG-WCOPY-002',
    level: 'MUST',
    title: 'A copy of a copy has the copy for its source, and the first one’s run',
    source: byVersion,
    why: 'A lineage that leaves a step out hides who promoted what.',
    async run(bench) {
      const original = await createOriginal(bench)
      const copy = await copyByUri(bench, original, '-copy')
      await assertSource(bench, await copyByUri(bench, copy, '-again'), copy, original)
    },
  }),
  writeCheck({
    id: 'MG-WCOPY-003',
    level: 'MUST',
    title: 'The files of a copy, and of its copy, are where the original’s are',
    needs: ['artifacts'],
    source: 'modelgate/adapter: ArtifactReads.locate',
    why: 'models:/ is a name and holds no files.',
    async run(bench) {
      const original = await createOriginal(bench)
      const copy = await copyByUri(bench, original, '-copy')
      await assertSamePlace(bench, [original, copy, await copyByUri(bench, copy, '-again')])
    },
  }),
  writeCheck({
    id: 'MG-WCOPY-004',
    level: 'MUST',
    title: 'A copy keeps its source and its run when the original is deleted',
    needs: ['delete version'],
    source: byVersion,
    why: 'Where it came from stays true.',
    async run(bench) {
      const original = await createOriginal(bench)
      const copy = await copyByUri(bench, original, '-copy')
      const before = await bench.getVersion(copy)
      await removeVersion(bench, original)
      const after = await bench.getVersion(copy)
      assert.deepEqual([after.source, after.runId], [toUri(original), before.runId])
    },
  }),
  writeCheck({
    id: 'MG-WCOPY-005',
    level: 'MUST',
    title: 'The registry’s own copy has the original’s URI for its source, and its run',
    needs: ['own copy'],
    source: ownCopy,
    why: 'Lineage goes by it, whichever way the copy was made.',
    async run(bench) {
      const original = await createOriginal(bench)
      const model = await bench.createModel({ name: bench.name('-copy') })
      const copy = await copyByRegistry(bench, original, model)
      await assertSource(bench, copy, original)
      await assertSource(bench, await copyByRegistry(bench, copy, original.model), copy, original)
    },
  }),
  writeCheck({
    id: 'MG-WCOPY-006',
    level: 'MUST',
    title: 'The registry’s own copy has the description and the tags that were given, and no others',
    needs: ['own copy'],
    source: 'modelgate/adapter: NewCopy',
    why: 'The gateway says all that the copy has to have.',
    async run(bench) {
      const original = await createOriginal(bench)
      const model = await bench.createModel({ name: bench.name('-copy') })
      for (const words of wordsOfCopies(bench))
        await assertOwnWords(bench, await copyByRegistry(bench, original, model, words), words)
    },
  }),
  writeCheck({
    id: 'MG-WCOPY-007',
    level: 'MUST',
    title: 'The files of the registry’s own copy are where the original’s are',
    needs: ['own copy', 'artifacts'],
    source: 'modelgate/adapter: ArtifactReads.locate',
    why: 'models:/ is a name and holds no files.',
    async run(bench) {
      const original = await createOriginal(bench)
      const copy = await copyByRegistry(bench, original, original.model)
      await assertSamePlace(bench, [original, copy, await copyByRegistry(bench, copy, original.model)])
    },
  }),
  writeCheck({
    id: 'MG-WCOPY-008',
    level: 'MUST',
    title: 'The registry’s own copy of, or into, what is not there is NOT_FOUND, and makes nothing',
    needs: ['own copy'],
    source: ownCopy,
    why: 'A copy of nothing would be deployed as something.',
    async run(bench) {
      const original = await createOriginal(bench)
      const missing = { ...original, version: '99' }
      await failure(copyByRegistry(bench, missing, original.model), 'copies.copy', ['NOT_FOUND'])
      await failure(copyByRegistry(bench, original, bench.name('-none')), 'copies.copy', ['NOT_FOUND'])
      assert.equal((await listedVersions(bench, original.model)).length, 1, 'the versions')
    },
  }),
  writeCheck({
    id: 'MG-WCOPY-009',
    level: 'MUST',
    title: 'The place that comes with a copy, and with its copy, is that of the original',
    source: 'modelgate/adapter: ModelVersionRecord.artifactUri',
    why: 'The gateway takes it instead of asking; models:/ is a name and holds no files.',
    async run(bench) {
      const original = await createOriginal(bench)
      const copy = await copyByUri(bench, original, '-copy')
      const copies = [copy, await copyByUri(bench, copy, '-again')]
      if (bench.adapter.copies) copies.push(await copyByRegistry(bench, copy, original.model))
      const place = need((await placesOnRecords(bench, original))[0], 'version that brings its place')
      for (const key of copies)
        for (const own of await placesOnRecords(bench, key))
          assert.equal(own, place, `the place of the files of ${toUri(key)}`)
    },
  }),
  writeCheck({
    id: 'MG-WCOPY-010',
    level: 'MUST',
    title:
      'A version made of another one’s URI has the description and the tags that were given, and no others',
    source: byVersion,
    why: 'A copy that brings the tags and aliases of the original along is taken for approved, and for deployed.',
    async run(bench) {
      const original = await createOriginal(bench)
      const model = await bench.createModel({ name: bench.name('-copy') })
      for (const words of wordsOfCopies(bench))
        await assertOwnWords(
          bench,
          await bench.createVersion(model, { source: toUri(original), ...words }),
          words,
        )
    },
  }),
]

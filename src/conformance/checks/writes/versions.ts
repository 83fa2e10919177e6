import assert from 'node:assert/strict'
import { writeCheck } from '../../bench/write-bench.ts'
import { type Check, need } from '../../check.ts'
import { failure, found, refusedOrAnswered } from '../../expectations/expectations.ts'
import {
  assertNoModel,
  listedVersions,
  sortedTags,
  versionByEveryWay,
} from '../../expectations/written-rows.ts'
import { acceptedDescription, acceptedTags, legalTags, sample } from '../../fixture/accepted-texts.ts'
import { firstRun } from '../../fixture/version-makers.ts'

const source = 'modelgate/adapter: VersionWrites'

export const versionWriteChecks: readonly Check[] = [
  writeCheck({
    id: 'MG-WVERSION-001',
    level: 'MUST',
    title: 'A version that was created is there at once, by every way',
    source,
    why: 'The pipeline that registered it deploys it next.',
    async run(bench) {
      const name = await bench.createModel()
      await bench.createVersion(name)
      const key = await bench.createVersion(name)
      assert.equal(typeof key.version, 'string', 'a version is a text')
      for (const [way, row] of Object.entries(await versionByEveryWay(bench, key))) {
        const { modelName, version } = found(row, `the version by ${way}`)
        assert.deepEqual([modelName, version], [name, key.version], `the version by ${way}`)
      }
    },
  }),
  writeCheck({
    id: 'MG-WVERSION-002',
    level: 'MUST',
    title: 'Source, description and tags of a version read back as they were given',
    source,
    why: 'They say what the version is, and where it comes from.',
    async run(bench) {
      const tags = sample(bench, acceptedTags(bench), 8)
      const name = await bench.createModel()
      const odd = acceptedDescription(bench)
      const key = await bench.createVersion(name, { description: odd, tags })
      for (const row of [await bench.getVersion(key), ...(await listedVersions(bench, name))]) {
        assert.equal(row.source, bench.source, 'the source')
        assert.equal(row.description, odd, 'the description')
        assert.deepEqual(sortedTags(row.tags), sortedTags(tags), 'the tags')
      }
    },
  }),
  writeCheck({
    id: 'MG-WVERSION-003',
    level: 'MUST',
    title: 'What was not given of a version is null',
    source: 'modelgate/adapter: records',
    why: 'An empty text is no description, and matches no filter.',
    async run(bench) {
      const key = await bench.createVersion(await bench.createModel())
      const { description, runId, tags, aliases } = await bench.getVersion(key)
      assert.deepEqual([description, runId, tags, aliases ?? []], [null, null, [], []])
    },
  }),
  writeCheck({
    id: 'MG-WVERSION-004',
    level: 'MUST',
    title: 'A version keeps its run, and a source below the run as it was given',
    needs: ['runs'],
    source,
    why: 'The run is where metrics and lineage come from.',
    async run(bench) {
      const runId = firstRun(bench)
      const name = await bench.createModel()
      const plain = await bench.createVersion(name, { runId })
      assert.equal((await bench.getVersion(plain)).runId, runId, 'the run')
      const logged = await bench.createVersion(name, { runId, source: `runs:/${runId}/model` })
      const row = await bench.getVersion(logged)
      assert.deepEqual([row.runId, row.source], [runId, `runs:/${runId}/model`], 'the run and the source')
    },
  }),
  writeCheck({
    id: 'MG-WVERSION-005',
    level: 'MUST',
    title: 'A version of a model that is not there is NOT_FOUND, and makes none',
    source,
    why: 'A mistyped name must not start a model.',
    async run(bench) {
      const name = bench.name()
      await failure(bench.createVersion(name), 'versions.create', ['NOT_FOUND'])
      await assertNoModel(bench, name)
    },
  }),
  writeCheck({
    id: 'MG-WVERSION-006',
    level: 'MUST',
    title: 'Each call makes a version of its own, also of the same source',
    source,
    why: 'Without an idempotency key nobody can tell a repetition from a second wish.',
    async run(bench) {
      const name = await bench.createModel()
      const made = [await bench.createVersion(name), await bench.createVersion(name)]
      const versions = made.map(({ version }) => version)
      const listed = (await listedVersions(bench, name)).map(({ version }) => version)
      assert.equal(new Set(versions).size, 2, 'the answers')
      assert.deepEqual(listed.toSorted(), versions.toSorted(), 'the versions in a list')
    },
  }),
  writeCheck({
    id: 'MG-WVERSION-007',
    level: 'MUST',
    title: 'describe replaces the description, null removes it, and nothing else changes',
    needs: ['describe version'],
    source,
    why: 'It is one field of many.',
    async run(bench) {
      const tags = legalTags(bench, [{ key: 'a', value: '1' }])
      const key = await bench.createVersion(await bench.createModel(), { description: 'Old.', tags })
      const other = await bench.createVersion(key.model, { description: 'Other.' })
      for (const description of [acceptedDescription(bench), null]) {
        await bench.describeVersion(key, description)
        const row = await bench.getVersion(key)
        assert.deepEqual([row.description, row.tags, row.source], [description, tags, bench.source])
      }
      assert.equal((await bench.getVersion(other)).description, 'Other.', 'that of another version')
    },
  }),
  writeCheck({
    id: 'MG-WVERSION-008',
    level: 'MUST',
    title: 'Describing a version that is not there is NOT_FOUND',
    needs: ['describe version'],
    source,
    why: 'An update of nothing that succeeds has lost a text.',
    async run(bench) {
      const model = await bench.createModel()
      for (const key of [
        { model, version: '99' },
        { model: bench.name('-none'), version: '1' },
      ])
        await failure(bench.describeVersion(key, 'New.'), 'versions.describe', ['NOT_FOUND'])
    },
  }),
  writeCheck({
    id: 'MG-WVERSION-013',
    level: 'MUST',
    title: 'A source reads back character for character, with the slash that it ends in',
    source: 'modelgate/adapter: NewVersion.source',
    why: 'Whoever looks a version up by the source it was registered with finds none.',
    async run(bench) {
      const name = await bench.createModel()
      const taken: string[] = []
      for (const end of ['/', '/a%20b', '/?v=1#a']) {
        const given = bench.source + end
        const key = await refusedOrAnswered(bench.createVersion(name, { source: given }))
        if (key === null) continue
        taken.push(given)
        assert.equal((await bench.getVersion(key)).source, given, 'the source')
      }
      need(taken[0], 'source that may end otherwise')
    },
  }),
]

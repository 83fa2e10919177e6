import assert from 'node:assert/strict'
import { RegistryError } from '../../../contract/index.ts'
import { type WriteBench, writeCheck } from '../../bench/write-bench.ts'
import type { Check } from '../../check.ts'
import { assertHolders, listedVersions, sortedTags } from '../../expectations/written-rows.ts'
import { needTags } from '../../fixture/accepted-texts.ts'
import { createPair, createVersions } from '../../fixture/version-makers.ts'
import { servingStages } from './stages.ts'

const source = 'modelgate/adapter: RegistryWrites'

function atOnce<T>(count: number, work: (index: number) => Promise<T>): Promise<T>[] {
  return Array.from({ length: count }, (_, index) => work(index))
}

/** One of the writes is done, and each of the others is told what that one left. */
async function assertOneWins(writes: readonly Promise<unknown>[], current: () => Promise<string | null>) {
  const outcomes = await Promise.allSettled(writes)
  const lost = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
  const told = lost.map((error) =>
    RegistryError.is(error) ? `${error.code} ${error.current}` : String(error),
  )
  assert.deepEqual(told, new Array(writes.length - 1).fill(`CONFLICT ${await current()}`), 'those that lost')
}

async function holderOf({ adapter, call }: WriteBench, model: string, alias: string): Promise<string | null> {
  const [row] = (await adapter.aliases?.resolve([{ model, alias }], call())) ?? []
  return row && 'version' in row ? row.version : null
}

export const racingWriteChecks: readonly Check[] = [
  writeCheck({
    id: 'MG-WRACE-001',
    level: 'MUST',
    title: 'Versions that are created at once are different ones',
    source: 'modelgate/adapter: VersionWrites.create',
    why: 'Pipelines register in parallel.',
    async run(bench) {
      const name = await bench.createModel()
      const keys = await Promise.all(
        atOnce(8, (index) => bench.createVersion(name, { description: `${index}` })),
      )
      const versions = keys.map(({ version }) => version)
      assert.equal(new Set(versions).size, 8, `the answers: ${versions}`)
      const rows = await listedVersions(bench, name)
      const described = rows.map(({ version, description }) => `${version} ${description}`)
      assert.deepEqual(
        described.toSorted(),
        versions.map((version, index) => `${version} ${index}`).toSorted(),
      )
    },
  }),
  writeCheck({
    id: 'MG-WRACE-002',
    level: 'MUST',
    title: 'Of models that are created at once under one name, one is',
    source: 'modelgate/adapter: ModelWrites.create',
    why: 'Each of two owners would think the model to be its own.',
    async run(bench) {
      const outcomes = await Promise.allSettled(
        atOnce(6, (index) => bench.createModel({ description: `Model ${index}.` })),
      )
      const made = outcomes.findIndex(({ status }) => status === 'fulfilled')
      const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
      const codes = refused.map((error) => (RegistryError.is(error) ? error.code : String(error)))
      assert.deepEqual(codes, new Array(5).fill('ALREADY_EXISTS'), 'those that came too late')
      assert.equal((await bench.getModel(bench.name())).description, `Model ${made}.`)
    },
  }),
  writeCheck({
    id: 'MG-WRACE-003',
    level: 'MUST',
    title: 'A new alias that is set at once by several is set by each, and held by one version',
    needs: ['alias writes'],
    source: 'modelgate/adapter: AliasWrites.set',
    why: 'Setting what is there already is no error, however close the other came.',
    async run(bench) {
      const pair = await createPair(bench)
      const versions = pair.map(({ version }) => version)
      await Promise.all(atOnce(8, (index) => bench.setAlias(pair[index % 2] ?? pair[0], 'champion')))
      const holder = await holderOf(bench, pair[0].model, 'champion')
      assert.ok(holder !== null && versions.includes(holder), `the holder is ${holder}`)
      await assertHolders(bench, pair[0].model, { champion: holder })
    },
  }),
  writeCheck({
    id: 'MG-WRACE-004',
    level: 'MUST',
    title: 'A new tag that is set at once by several is set by each, and there once',
    needs: ['model tag writes', 'version tag writes'],
    source: 'modelgate/adapter: ModelWrites.setTags',
    why: 'Setting what is there already is no error, however close the other came.',
    async run(bench) {
      const { models, versions } = bench.writes
      const key = await bench.createVersion(await bench.createModel())
      const tags = (index: number) => needTags(bench, [{ key: 'team', value: `${index}` }])
      await Promise.all(atOnce(8, async (index) => models.setTags?.(key.model, tags(index), bench.call())))
      await Promise.all(atOnce(8, async (index) => versions.setTags?.(key, tags(index), bench.call())))
      for (const row of [await bench.getModel(key.model), await bench.getVersion(key)]) {
        assert.deepEqual(
          row.tags.map((tag) => tag.key),
          ['team'],
        )
        assert.match(row.tags[0]?.value ?? '', /^[0-7]$/)
      }
    },
  }),
  writeCheck({
    id: 'MG-WRACE-005',
    level: 'MUST',
    title: 'Different tags that are set at once are all there',
    needs: ['model tag writes', 'version tag writes'],
    source: 'modelgate/adapter: VersionWrites.setTags',
    why: 'An adapter that reads, changes and writes all tags loses those of others.',
    async run(bench) {
      const key = await bench.createVersion(await bench.createModel())
      const six = Array.from({ length: 6 }, (_, index) => ({ key: `key-${index}`, value: `${index}` }))
      const all = needTags(bench, six)
      const { models, versions } = bench.writes
      await Promise.all(all.map(async (tag) => versions.setTags?.(key, [tag], bench.call())))
      await Promise.all(all.map(async (tag) => models.setTags?.(key.model, [tag], bench.call())))
      assert.deepEqual(sortedTags((await bench.getVersion(key)).tags), all)
      assert.deepEqual(sortedTags((await bench.getModel(key.model)).tags), all)
    },
  }),
  writeCheck({
    id: 'MG-WRACE-006',
    level: 'MUST',
    title: 'Of moves at once from one expected holder, one is made and the others are CONFLICT',
    needs: ['alias writes', 'native compare-and-set'],
    source: 'modelgate/adapter: Expected',
    why: 'It is what compare-and-set is for.',
    async run(bench) {
      const [first, ...others] = await createVersions(bench, 11)
      await bench.setAlias(first, 'champion')
      const moves = others.map((key) => bench.setAlias(key, 'champion', first.version))
      await assertOneWins(moves, () => holderOf(bench, first.model, 'champion'))
    },
  }),
  writeCheck({
    id: 'MG-WRACE-007',
    level: 'MUST',
    title: 'Of those who set a free alias at once when nobody may hold it, one does',
    needs: ['alias writes', 'native compare-and-set'],
    source: 'modelgate/adapter: Expected',
    why: 'It is how one of many workers becomes the first.',
    async run(bench) {
      const keys = await createVersions(bench, 10)
      const moves = keys.map((key) => bench.setAlias(key, 'champion', null))
      await assertOneWins(moves, () => holderOf(bench, keys[0].model, 'champion'))
    },
  }),
  writeCheck({
    id: 'MG-WRACE-008',
    level: 'MUST',
    title: 'Of transitions at once from one expected stage, one is made and the others are CONFLICT',
    needs: ['stage writes', 'native compare-and-set'],
    source: 'modelgate/adapter: Expected',
    why: 'Two approvers must not overtake each other.',
    async run(bench) {
      const [key] = await createVersions(bench, 1)
      const [one, two] = servingStages(bench)
      await bench.transition(key, one)
      const moves = atOnce(10, () => bench.transition(key, two, { expected: one }))
      await assertOneWins(moves, async () => (await bench.getVersion(key)).stage)
    },
  }),
  writeCheck({
    id: 'MG-WRACE-009',
    level: 'SHOULD',
    title: 'Transitions at once that archive the others leave one version in the stage',
    needs: ['stage writes', 'archived stage', 'native compare-and-set'],
    source,
    why: 'Each of them was told that it is alone there.',
    async run(bench) {
      const keys = await createVersions(bench, 6)
      const [one] = servingStages(bench)
      await Promise.all(keys.map((key) => bench.transition(key, one, { archiveExisting: true })))
      const rows = await listedVersions(bench, keys[0].model)
      assert.equal(rows.filter(({ stage }) => stage === one).length, 1, `the versions in ${one}`)
    },
  }),
]

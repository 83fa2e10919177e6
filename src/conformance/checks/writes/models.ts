import assert from 'node:assert/strict'
import { type WriteBench, writeCheck } from '../../bench/write-bench.ts'
import type { Check } from '../../check.ts'
import { failure, found, quote } from '../../expectations/expectations.ts'
import { assertNoModel, listedModel, sortedTags, stateOf } from '../../expectations/written-rows.ts'
import {
  acceptedDescription,
  acceptedNames,
  acceptedTags,
  legalTags,
  sample,
} from '../../fixture/accepted-texts.ts'

const source = 'modelgate/adapter: ModelWrites'

async function assertDescription(bench: WriteBench, name: string, description: string | null): Promise<void> {
  assert.equal((await bench.getModel(name)).description, description, 'the description by get')
  assert.equal((await listedModel(bench, name))?.description, description, 'the description in a list')
}

export const modelWriteChecks: readonly Check[] = [
  writeCheck({
    id: 'MG-WMODEL-001',
    level: 'MUST',
    title: 'A model that was created is there at once, as it was given',
    source,
    why: 'The mutation answers with what is read back.',
    async run(bench) {
      const tags = sample(bench, acceptedTags(bench), 8)
      const odd = acceptedDescription(bench)
      const name = await bench.createModel({ description: odd, tags })
      for (const row of [await bench.getModel(name), await listedModel(bench, name)]) {
        const { description, tags: own, aliases } = found(row, `the model ${quote(name)}`)
        assert.equal(description, odd)
        assert.deepEqual(sortedTags(own), sortedTags(tags), 'the tags')
        assert.deepEqual(aliases, [], 'the aliases')
      }
      const [versions] = await bench.adapter.versions.latest([name], bench.call())
      assert.deepEqual(found(versions, `the latest versions of ${quote(name)}`), [])
    },
  }),
  writeCheck({
    id: 'MG-WMODEL-002',
    level: 'MUST',
    title: 'A model of any name that the registry takes keeps that name',
    source,
    why: 'A name that is trimmed or encoded on its way makes another model.',
    async run(bench) {
      const names = sample(bench, acceptedNames(bench), 6).map((name) => bench.name(`-${name}`))
      for (const name of names) await bench.createModel({ name })
      const rows = await bench.adapter.models.get(names, bench.call())
      for (const [index, name] of names.entries()) assert.equal(found(rows[index], quote(name)).name, name)
    },
  }),
  writeCheck({
    id: 'MG-WMODEL-003',
    level: 'MUST',
    title: 'A model without a description has null for it',
    source: 'modelgate/adapter: records',
    why: 'An empty text is no description, and matches no filter.',
    async run(bench) {
      await assertDescription(bench, await bench.createModel(), null)
      await assertDescription(
        bench,
        await bench.createModel({ name: bench.name('-b'), description: '' }),
        null,
      )
    },
  }),
  writeCheck({
    id: 'MG-WMODEL-004',
    level: 'MUST',
    title: 'A name that is taken is ALREADY_EXISTS, and its model is as before',
    source,
    why: 'A second owner must not take over the first one’s model.',
    async run(bench) {
      const tags = legalTags(bench, [{ key: 'owner', value: 'first' }])
      const name = await bench.createModel({ description: 'The first.', tags })
      await bench.createVersion(name)
      const before = await stateOf(bench, name)
      const again = bench.createModel({
        description: 'The second.',
        tags: legalTags(bench, [{ key: 'owner', value: 'second' }]),
      })
      await failure(again, 'creating it again', ['ALREADY_EXISTS'])
      assert.deepEqual(await stateOf(bench, name), before)
    },
  }),
  writeCheck({
    id: 'MG-WMODEL-005',
    level: 'MUST',
    title: 'describe replaces the description, null removes it, and nothing else changes',
    needs: ['describe model'],
    source,
    why: 'It is one field of many.',
    async run(bench) {
      const tags = legalTags(bench, [{ key: 'a', value: '1' }])
      const name = await bench.createModel({ description: 'Old.', tags })
      const odd = acceptedDescription(bench)
      await bench.describeModel(name, odd)
      await assertDescription(bench, name, odd)
      await bench.describeModel(name, null)
      await assertDescription(bench, name, null)
      assert.deepEqual((await bench.getModel(name)).tags, tags, 'the tags')
    },
  }),
  writeCheck({
    id: 'MG-WMODEL-006',
    level: 'MUST',
    title: 'Describing a model that is not there is NOT_FOUND, and makes none',
    needs: ['describe model'],
    source,
    why: 'An update of nothing that succeeds has lost a text.',
    async run(bench) {
      const name = bench.name()
      await failure(bench.describeModel(name, 'New.'), 'models.describe', ['NOT_FOUND'])
      await assertNoModel(bench, name)
    },
  }),
]

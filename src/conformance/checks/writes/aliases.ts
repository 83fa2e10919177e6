import assert from 'node:assert/strict'
import { writeCheck } from '../../bench/write-bench.ts'
import { type Check, NotApplicable } from '../../check.ts'
import { failure } from '../../expectations/expectations.ts'
import { assertHolders, assertNoModel } from '../../expectations/written-rows.ts'
import { acceptedAliases, sample } from '../../fixture/accepted-texts.ts'
import { createPair } from '../../fixture/version-makers.ts'

const source = 'modelgate/adapter: AliasWrites'
const needs = ['alias writes'] as const

export const aliasWriteChecks: readonly Check[] = [
  writeCheck({
    id: 'MG-WALIAS-001',
    level: 'MUST',
    title: 'A new alias had no holder, and is found by every way',
    needs,
    source,
    why: 'The deployment that follows reads by it.',
    async run(bench) {
      const [first] = await createPair(bench)
      assert.deepEqual(await bench.setAlias(first, 'champion'), { previous: null })
      await assertHolders(bench, first.model, { champion: first.version })
    },
  }),
  writeCheck({
    id: 'MG-WALIAS-002',
    level: 'MUST',
    title: 'A moved alias leaves its old holder, and the answer says who that was',
    needs,
    source,
    why: 'Two champions are none; and a rollback needs to know the old one.',
    async run(bench) {
      const [first, second] = await createPair(bench)
      await bench.setAlias(first, 'champion')
      assert.deepEqual(await bench.setAlias(second, 'champion'), { previous: first.version })
      await assertHolders(bench, first.model, { champion: second.version })
      assert.deepEqual(
        await bench.setAlias(second, 'champion'),
        { previous: second.version },
        'set where it is',
      )
      await assertHolders(bench, first.model, { champion: second.version })
    },
  }),
  writeCheck({
    id: 'MG-WALIAS-003',
    level: 'MUST',
    title: 'A version may hold several aliases, and moving one leaves the others',
    needs,
    source,
    why: 'One version is champion here and shadow there.',
    async run(bench) {
      const [first, second] = await createPair(bench)
      for (const alias of ['champion', 'shadow', 'eu']) await bench.setAlias(first, alias)
      await bench.setAlias(second, 'shadow')
      const holders = { champion: first.version, shadow: second.version, eu: first.version }
      await assertHolders(bench, first.model, holders)
    },
  }),
  writeCheck({
    id: 'MG-WALIAS-004',
    level: 'MUST',
    title: 'Aliases that differ in case are two',
    needs,
    source,
    why: 'champion and Champion may be held by two versions.',
    async run(bench) {
      const twins = ['champion', 'Champion']
      if (!twins.every((name) => new RegExp(bench.description.naming.alias?.pattern ?? '', 'u').test(name)))
        throw new NotApplicable('the registry takes no aliases with capitals')
      const [first, second] = await createPair(bench)
      await bench.setAlias(first, 'champion')
      assert.deepEqual(await bench.setAlias(second, 'Champion'), { previous: null })
      await assertHolders(bench, first.model, { champion: first.version, Champion: second.version })
      await bench.deleteAlias(first.model, 'Champion')
      await assertHolders(bench, first.model, { champion: first.version, Champion: null })
    },
  }),
  writeCheck({
    id: 'MG-WALIAS-005',
    level: 'MUST',
    title: 'Every alias that the registry takes is kept to the character',
    needs,
    source,
    why: 'An alias that is folded or encoded on its way is not found again.',
    async run(bench) {
      const [first] = await createPair(bench)
      const aliases = sample(bench, acceptedAliases(bench), 5)
      for (const alias of aliases) await bench.setAlias(first, alias)
      const holders = aliases.map((alias) => [alias, first.version])
      await assertHolders(bench, first.model, Object.fromEntries(holders))
    },
  }),
  writeCheck({
    id: 'MG-WALIAS-006',
    level: 'MUST',
    title: 'A deleted alias is gone by every way, and the answer says who held it',
    needs,
    source,
    why: 'A rollback sets it there again.',
    async run(bench) {
      const [first, second] = await createPair(bench)
      await bench.setAlias(first, 'champion')
      await bench.setAlias(second, 'shadow')
      assert.deepEqual(await bench.deleteAlias(first.model, 'champion'), { previous: first.version })
      await assertHolders(bench, first.model, { champion: null, shadow: second.version })
    },
  }),
  writeCheck({
    id: 'MG-WALIAS-007',
    level: 'MUST',
    title: 'Deleting an alias that is not there is no error',
    needs,
    source,
    why: 'It is what was wanted.',
    async run(bench) {
      const [first] = await createPair(bench)
      await bench.setAlias(first, 'shadow')
      assert.deepEqual(await bench.deleteAlias(first.model, 'champion'), { previous: null })
      await assertHolders(bench, first.model, { champion: null, shadow: first.version })
    },
  }),
  writeCheck({
    id: 'MG-WALIAS-008',
    level: 'MUST',
    title: 'Setting an alias to a version that is not there is NOT_FOUND, and moves nothing',
    needs,
    source,
    why: 'A typing error must not take the champion away.',
    async run(bench) {
      const [first, second] = await createPair(bench)
      await bench.setAlias(first, 'champion')
      const missing = { ...second, version: '99' }
      await failure(bench.setAlias(missing, 'champion'), 'moving it', ['NOT_FOUND'])
      await failure(bench.setAlias(missing, 'shadow'), 'making it', ['NOT_FOUND'])
      await assertHolders(bench, first.model, { champion: first.version, shadow: null })
    },
  }),
  writeCheck({
    id: 'MG-WALIAS-009',
    level: 'MUST',
    title: 'An alias of a model that is not there is NOT_FOUND, and makes none',
    needs,
    source,
    why: 'The client has to hear that the name is wrong.',
    async run(bench) {
      const model = bench.name()
      await failure(bench.setAlias({ model, version: '1' }, 'champion'), 'aliases.set', ['NOT_FOUND'])
      await failure(bench.deleteAlias(model, 'champion'), 'aliases.delete', ['NOT_FOUND'])
      await assertNoModel(bench, model)
    },
  }),
]

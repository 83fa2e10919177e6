import assert from 'node:assert/strict'
import { writeCheck } from '../../bench/write-bench.ts'
import type { Check } from '../../check.ts'
import { conflict } from '../../expectations/expectations.ts'
import { assertHolders } from '../../expectations/written-rows.ts'
import { createPair } from '../../fixture/version-makers.ts'

const source = 'modelgate/adapter: Expected'
const needs = ['alias writes'] as const
const why = 'Two writers who both read version 1 must not both win; the loser has to see what is there now.'

export const expectedHolderChecks: readonly Check[] = [
  writeCheck({
    id: 'MG-WALIAS-010',
    level: 'MUST',
    title: 'An alias moves from the version that is expected',
    needs,
    source,
    why,
    async run(bench) {
      const [first, second] = await createPair(bench)
      await bench.setAlias(first, 'champion')
      const move = await bench.setAlias(second, 'champion', first.version)
      assert.deepEqual(move, { previous: first.version })
      await assertHolders(bench, first.model, { champion: second.version })
    },
  }),
  writeCheck({
    id: 'MG-WALIAS-011',
    level: 'MUST',
    title: 'An alias with another holder than expected is CONFLICT with that holder, and stays',
    needs,
    source,
    why,
    async run(bench) {
      const [first, second] = await createPair(bench)
      await bench.setAlias(first, 'champion')
      await conflict(bench.setAlias(second, 'champion', second.version), first.version)
      await assertHolders(bench, first.model, { champion: first.version })
    },
  }),
  writeCheck({
    id: 'MG-WALIAS-012',
    level: 'MUST',
    title: 'An alias that nobody may hold is CONFLICT when somebody does, and stays',
    needs,
    source,
    why,
    async run(bench) {
      const [first, second] = await createPair(bench)
      await bench.setAlias(first, 'champion')
      await conflict(bench.setAlias(second, 'champion', null), first.version)
      await assertHolders(bench, first.model, { champion: first.version })
    },
  }),
  writeCheck({
    id: 'MG-WALIAS-013',
    level: 'MUST',
    title: 'An alias that nobody may hold is set when nobody does',
    needs,
    source,
    why,
    async run(bench) {
      const [first] = await createPair(bench)
      assert.deepEqual(await bench.setAlias(first, 'champion', null), { previous: null })
      await assertHolders(bench, first.model, { champion: first.version })
    },
  }),
  writeCheck({
    id: 'MG-WALIAS-014',
    level: 'MUST',
    title: 'An alias that nobody holds is CONFLICT when a holder is expected, and is not made',
    needs,
    source,
    why,
    async run(bench) {
      const [first, second] = await createPair(bench)
      await conflict(bench.setAlias(second, 'champion', first.version), null)
      await assertHolders(bench, first.model, { champion: null })
    },
  }),
  writeCheck({
    id: 'MG-WALIAS-015',
    level: 'MUST',
    title: 'An alias is deleted from the version that is expected, and from no other',
    needs,
    source,
    why,
    async run(bench) {
      const [first, second] = await createPair(bench)
      await bench.setAlias(first, 'champion')
      await conflict(bench.deleteAlias(first.model, 'champion', second.version), first.version)
      await assertHolders(bench, first.model, { champion: first.version })
      const move = await bench.deleteAlias(first.model, 'champion', first.version)
      assert.deepEqual(move, { previous: first.version })
      await assertHolders(bench, first.model, { champion: null })
    },
  }),
  writeCheck({
    id: 'MG-WALIAS-016',
    level: 'MUST',
    title: 'Deleting an alias that is not there is CONFLICT when a holder is expected',
    needs,
    source,
    why,
    async run(bench) {
      const [first] = await createPair(bench)
      await conflict(bench.deleteAlias(first.model, 'champion', first.version), null)
    },
  }),
]

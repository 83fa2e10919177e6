import assert from 'node:assert/strict'
import { writeCheck } from '../../bench/write-bench.ts'
import type { Check } from '../../check.ts'
import { absent, failure, found } from '../../expectations/expectations.ts'
import { assertHolders, listedVersions } from '../../expectations/written-rows.ts'
import { removeVersion } from '../../fixture/version-makers.ts'

const source = 'modelgate/adapter: VersionWrites'

export const versionEndChecks: readonly Check[] = [
  writeCheck({
    id: 'MG-WVERSION-009',
    level: 'MUST',
    title: 'A deleted version is gone by every way, and the others stay',
    needs: ['delete version'],
    source,
    why: 'What was deleted must not be deployed.',
    async run(bench) {
      const { adapter, call } = bench
      const first = await bench.createVersion(await bench.createModel())
      const second = await bench.createVersion(first.model, { description: 'Stays.' })
      await removeVersion(bench, first)
      const [gone, stays] = await adapter.versions.get([first, second], call())
      absent(gone, 'the deleted version')
      assert.equal(found(stays, 'the other version').description, 'Stays.')
      const [all] = await adapter.versions.ofModels([first.model], 10, call())
      const [latest] = await adapter.versions.latest([first.model], call())
      const rows = {
        list: await listedVersions(bench, first.model),
        ofModels: found(all, 'ofModels').versions,
      }
      for (const [way, given] of Object.entries({ ...rows, latest: found(latest, 'latest') }))
        assert.deepEqual(
          given.map(({ version }) => version),
          [second.version],
          way,
        )
    },
  }),
  writeCheck({
    id: 'MG-WVERSION-010',
    level: 'MUST',
    title: 'A version is never given again, also when the highest was deleted',
    needs: ['delete version'],
    source,
    why: 'Who noted version 2 must not find another behind it.',
    async run(bench) {
      const name = await bench.createModel()
      const given: string[] = []
      for (let round = 0; round < 3; round++) {
        const key = await bench.createVersion(name)
        assert.ok(!given.includes(key.version), `version ${key.version} is given a second time`)
        given.push(key.version)
        if (round > 0) await removeVersion(bench, key)
      }
    },
  }),
  writeCheck({
    id: 'MG-WVERSION-011',
    level: 'MUST',
    title: 'A deleted version’s aliases are gone with it, and no others',
    needs: ['delete version', 'alias writes'],
    source,
    why: 'An alias that points nowhere breaks every read by it.',
    async run(bench) {
      const first = await bench.createVersion(await bench.createModel())
      const second = await bench.createVersion(first.model)
      await bench.setAlias(first, 'champion')
      await bench.setAlias(first, 'also')
      await bench.setAlias(second, 'challenger')
      await removeVersion(bench, first)
      await assertHolders(bench, first.model, { champion: null, also: null, challenger: second.version })
    },
  }),
  writeCheck({
    id: 'MG-WVERSION-012',
    level: 'MUST',
    title: 'Deleting a version that is not there is NOT_FOUND',
    needs: ['delete version'],
    source,
    why: 'The client has to hear that the version is wrong.',
    async run(bench) {
      const key = await bench.createVersion(await bench.createModel())
      const missing = [
        { model: key.model, version: '99' },
        { model: bench.name('-none'), version: key.version },
      ]
      for (const other of missing)
        await failure(removeVersion(bench, other), 'versions.delete', ['NOT_FOUND'])
      await removeVersion(bench, key)
      await failure(removeVersion(bench, key), 'versions.delete for the second time', ['NOT_FOUND'])
    },
  }),
]

import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type Check, need } from '../../check.ts'
import { quote } from '../../expectations.ts'
import { type WriteBench, writeCheck } from '../../write-bench.ts'
import { assertNoModel } from '../../written-rows.ts'

const source = 'modelgate/adapter: ModelWrites.takeBack'
const needs = ['take back'] as const
const tags = [{ key: 'team', value: 'fraud' }]

async function takeBack({ writes, call }: WriteBench, name: string, key: string): Promise<boolean> {
  return need(writes.models.takeBack?.(name, key, call()), 'take back')
}

/** What somebody may do to a model that was just made. */
const changes: readonly (readonly [
  what: string,
  change: (bench: WriteBench, name: string) => Promise<unknown>,
])[] = [
  ['has a version', (bench, name) => bench.createVersion(name)],
  [
    'had a version',
    async (bench, name) => {
      const { version } = await bench.createVersion(name)
      await bench.writes.versions.delete?.({ model: name, version }, bench.call())
    },
  ],
  [
    'has another tag',
    ({ writes, call }, name) => writes.models.setTags(name, [{ key: 'owner', value: 'other' }], call()),
  ],
  ['has lost a tag', ({ writes, call }, name) => writes.models.deleteTags(name, ['team'], call())],
  [
    'has another description',
    async ({ writes, call }, name) => {
      if (writes.models.describe) await writes.models.describe(name, 'Other.', call())
      else await writes.models.setTags(name, [{ key: 'team', value: 'other' }], call())
    },
  ],
]

export const takeBackChecks: readonly Check[] = [
  writeCheck({
    id: 'MG-WBACK-001',
    level: 'MUST',
    title: 'A model that was just made is taken back, and its key and name are free again',
    needs,
    source,
    why: 'What a refused wish has made on the way goes with it.',
    async run(bench) {
      const key = randomUUID()
      const name = await bench.createModel({ description: 'Made.', tags, idempotencyKey: key })
      assert.equal(await takeBack(bench, name, key), true, 'the answer')
      await assertNoModel(bench, name)
      await bench.createModel({ description: 'Made again.', idempotencyKey: key })
      assert.equal((await bench.getModel(name)).description, 'Made again.')
    },
  }),
  writeCheck({
    id: 'MG-WBACK-002',
    level: 'MUST',
    title: 'A model that somebody has changed since stays, and the answer says so',
    needs,
    source,
    why: 'What another caller was told is there must not go.',
    async run(bench) {
      for (const [index, [what, change]] of changes.entries()) {
        const key = randomUUID()
        const name = await bench.createModel({ name: bench.name(`-${index}`), tags, idempotencyKey: key })
        await change(bench, name)
        assert.equal(await takeBack(bench, name, key), false, `the answer for one that ${what}`)
        await bench.getModel(name)
      }
    },
  }),
  writeCheck({
    id: 'MG-WBACK-003',
    level: 'MUST',
    title: 'A model that others have made stays, and nothing of the other key is left',
    needs: [...needs, 'delete model'],
    source,
    why: 'The name alone does not say whose it is.',
    async run(bench) {
      const key = randomUUID()
      const name = await bench.createModel({ idempotencyKey: key })
      await need(bench.writes.models.delete?.(name, bench.call()), 'delete model')
      await bench.createModel({ name })
      assert.equal(await takeBack(bench, name, key), true, `the answer for ${quote(name)}`)
      await bench.getModel(name)
    },
  }),
]

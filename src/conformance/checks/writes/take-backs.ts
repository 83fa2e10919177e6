import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type WriteBench, writeCheck } from '../../bench/write-bench.ts'
import { type Check, need } from '../../check.ts'
import { quote } from '../../expectations/expectations.ts'
import { assertNoModel } from '../../expectations/written-rows.ts'
import { legalTags } from '../../fixture/accepted-texts.ts'

const source = 'modelgate/adapter: ModelWrites.takeBack'
const needs = ['take back'] as const
const team = [{ key: 'team', value: 'fraud' }]

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
]

const retags: typeof changes = [
  [
    'has another tag',
    async ({ writes, call }, name) =>
      writes.models.setTags?.(name, [{ key: 'owner', value: 'other' }], call()),
  ],
  ['has lost a tag', async ({ writes, call }, name) => writes.models.deleteTags?.(name, ['team'], call())],
]

const redescription: (typeof changes)[number] = [
  'has another description',
  (bench, name) => bench.describeModel(name, 'Other.'),
]

/** Those that the registry's writes and rules let anybody make. */
function changesOf(bench: WriteBench): typeof changes {
  const { setTags, describe } = bench.writes.models
  const tagged = legalTags(bench, [...team, { key: 'owner', value: 'other' }])
  return [...changes, ...(setTags && tagged.length === 2 ? retags : []), ...(describe ? [redescription] : [])]
}

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
      const tags = legalTags(bench, team)
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
      const tags = legalTags(bench, team)
      for (const [index, [what, change]] of changesOf(bench).entries()) {
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

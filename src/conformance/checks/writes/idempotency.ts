import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { Adapter, NewVersion } from '../../../contract/index.ts'
import { type WriteBench, writeCheck } from '../../bench/write-bench.ts'
import { type Check, need } from '../../check.ts'
import { failure } from '../../expectations/expectations.ts'
import { listedVersions } from '../../expectations/written-rows.ts'
import { needTags } from '../../fixture/accepted-texts.ts'
import { removeVersion } from '../../fixture/version-makers.ts'

const source = 'modelgate/adapter: NewVersion.idempotencyKey'
const needs = ['native idempotency'] as const
const why = 'Who heard no answer asks again, and wants one thing.'

async function assertVersions(bench: WriteBench, model: string, versions: readonly string[]): Promise<void> {
  const rows = await listedVersions(bench, model)
  assert.deepEqual(
    rows.map(({ version }) => version).toSorted(),
    versions.toSorted(),
    'the versions in a list',
  )
}

function newVersion(bench: WriteBench, model: string, idempotencyKey: string): NewVersion {
  return { model, source: bench.source, runId: null, description: null, tags: [], idempotencyKey }
}

async function createBy({ writes }: Adapter, version: NewVersion, { call }: WriteBench): Promise<string> {
  return need(writes?.versions.create(version, call()), 'writes')
}

export const idempotencyChecks: readonly Check[] = [
  writeCheck({
    id: 'MG-WKEY-001',
    level: 'MUST',
    title: 'The same key twice makes one version, and gives the same answer',
    needs,
    source,
    why,
    async run(bench) {
      const version = newVersion(bench, await bench.createModel(), randomUUID())
      const first = await createBy(bench.adapter, version, bench)
      await bench.createVersion(version.model)
      assert.equal(await createBy(bench.adapter, version, bench), first, 'the second answer')
      assert.equal(
        (await listedVersions(bench, version.model)).length,
        2,
        'versions, one of them without a key',
      )
    },
  }),
  writeCheck({
    id: 'MG-WKEY-002',
    level: 'MUST',
    title: 'The same key five times at once makes one version, and gives the same answer',
    needs,
    source,
    why,
    async run(bench) {
      const version = newVersion(bench, await bench.createModel(), randomUUID())
      const times = Array.from({ length: 5 }, () => createBy(bench.adapter, version, bench))
      const answers = await Promise.all(times)
      assert.equal(new Set(answers).size, 1, `the answers: ${answers}`)
      await assertVersions(bench, version.model, answers.slice(0, 1))
    },
  }),
  writeCheck({
    id: 'MG-WKEY-003',
    level: 'MUST',
    title: 'Another key makes another version',
    needs,
    source,
    why: 'Two wishes are not one, however alike they are.',
    async run(bench) {
      const name = await bench.createModel()
      const first = await createBy(bench.adapter, newVersion(bench, name, randomUUID()), bench)
      const second = await createBy(bench.adapter, newVersion(bench, name, randomUUID()), bench)
      assert.notEqual(second, first)
      await assertVersions(bench, name, [first, second])
    },
  }),
  writeCheck({
    id: 'MG-WKEY-004',
    level: 'MUST',
    title: 'The same key makes one model, and another key finds its name taken',
    needs,
    source,
    why,
    async run(bench) {
      const idempotencyKey = randomUUID()
      const create = () => bench.createModel({ description: 'One.', idempotencyKey })
      await Promise.all([create(), create(), create()])
      await create()
      const other = bench.createModel({ description: 'Other.', idempotencyKey: randomUUID() })
      await failure(other, 'models.create with another key', ['ALREADY_EXISTS'])
      assert.equal((await bench.getModel(bench.name())).description, 'One.')
    },
  }),
  writeCheck({
    id: 'MG-WKEY-005',
    level: 'MUST',
    title: 'A key is known to every adapter of the registry',
    needs,
    source,
    why: 'The second try may reach another gateway, or the same one after a restart.',
    async run(bench) {
      const version = newVersion(bench, await bench.createModel(), randomUUID())
      const first = await createBy(bench.adapter, version, bench)
      assert.equal(
        await createBy(await bench.connect(), version, bench),
        first,
        'the answer of another adapter',
      )
      await assertVersions(bench, version.model, [first])
    },
  }),
  writeCheck({
    id: 'MG-WKEY-006',
    level: 'MUST',
    title: 'A key is known also when what was made with it is gone',
    needs: [...needs, 'delete version'],
    source,
    why: 'A repetition that arrives late must not bring back what was deleted.',
    async run(bench) {
      const version = newVersion(bench, await bench.createModel(), randomUUID())
      const first = await createBy(bench.adapter, version, bench)
      await removeVersion(bench, { model: version.model, version: first })
      assert.equal(await createBy(bench.adapter, version, bench), first, 'the second answer')
      await assertVersions(bench, version.model, [])
    },
  }),
  writeCheck({
    id: 'MG-WKEY-007',
    level: 'MUST',
    title: 'A refused write leaves its key free',
    needs,
    source,
    why: 'What was put right is asked with the same key again.',
    async run(bench) {
      const version = newVersion(bench, bench.name(), randomUUID())
      await failure(createBy(bench.adapter, version, bench), 'versions.create', ['NOT_FOUND'])
      await bench.createModel()
      const made = await createBy(bench.adapter, version, bench)
      await assertVersions(bench, version.model, [made])
    },
  }),
  writeCheck({
    id: 'MG-WKEY-008',
    level: 'MUST',
    title: 'The same key makes one copy, and gives the same answer',
    needs: [...needs, 'own copy'],
    source: 'modelgate/adapter: NewCopy.idempotencyKey',
    why,
    async run(bench) {
      const original = await bench.createVersion(await bench.createModel())
      const model = await bench.createModel({ name: bench.name('-copy') })
      const copy = { source: original, model, description: null, tags: [], idempotencyKey: randomUUID() }
      const times = Array.from({ length: 3 }, () => bench.adapter.copies?.copy(copy, bench.call()))
      const answers = await Promise.all(times)
      assert.equal(new Set(answers).size, 1, `the answers: ${answers}`)
      await assertVersions(bench, model, [String(answers[0])])
    },
  }),
  writeCheck({
    id: 'MG-WKEY-009',
    level: 'SHOULD',
    title: 'A key that was used for something else is IDEMPOTENCY_KEY_REUSED, and makes nothing',
    needs,
    source,
    why: 'A success with nothing made is believed.',
    async run(bench) {
      const version = newVersion(bench, await bench.createModel(), randomUUID())
      const first = await createBy(bench.adapter, version, bench)
      const other = createBy(bench.adapter, { ...version, description: 'Something else.' }, bench)
      await failure(other, 'versions.create of something else', ['IDEMPOTENCY_KEY_REUSED'])
      await assertVersions(bench, version.model, [first])
    },
  }),
  writeCheck({
    id: 'MG-WKEY-010',
    level: 'SHOULD',
    title: 'The same key with the same tags in another order is the same wish',
    needs,
    source,
    why: 'Tags have no order, and who asks again may keep them in a map.',
    async run(bench) {
      const tags = needTags(bench, [
        { key: 'b', value: '1' },
        { key: 'a', value: '2' },
      ])
      const version = { ...newVersion(bench, await bench.createModel(), randomUUID()), tags }
      const first = await createBy(bench.adapter, version, bench)
      const again = { ...version, tags: tags.toReversed() }
      assert.equal(await createBy(bench.adapter, again, bench), first, 'the second answer')
    },
  }),
]

import assert from 'node:assert/strict'
import type { VersionKey } from '../../../contract/index.ts'
import { type WriteBench, writeCheck } from '../../bench/write-bench.ts'
import { type Check, need } from '../../check.ts'
import { conflict, failure } from '../../expectations/expectations.ts'
import { listedVersions } from '../../expectations/written-rows.ts'

const source = 'modelgate/adapter: StageWrites'
const needs = ['stage writes'] as const
const archiving = [...needs, 'archived stage'] as const

/** The stages in which versions serve: all but the first and the last of their lives. */
export function servingStages({ description: { stages } }: WriteBench): readonly [string, string] {
  const [one, two] = stages.filter((stage) => stage !== 'None' && stage !== 'Archived')
  return [need(one, 'stage to serve in'), need(two, 'second stage to serve in')]
}

function hasArchived({ description: { stages } }: WriteBench): boolean {
  return stages.includes('Archived')
}

/** Versions of one model, each in its stage. */
async function createStaged(bench: WriteBench, stages: readonly (string | null)[]): Promise<VersionKey[]> {
  const name = await bench.createModel()
  const keys: VersionKey[] = []
  for (const stage of stages) {
    const key = await bench.createVersion(name)
    if (stage !== null) await bench.transition(key, stage)
    keys.push(key)
  }
  return keys
}

async function assertStages(
  bench: WriteBench,
  keys: readonly VersionKey[],
  stages: readonly (string | undefined)[],
): Promise<void> {
  const rows = await listedVersions(bench, keys[0]?.model ?? '')
  for (const [index, key] of keys.entries()) {
    const { stage } = await bench.getVersion(key)
    assert.equal(stage, stages[index], `the stage of version ${key.version}`)
    const listed = rows.find(({ version }) => version === key.version)
    assert.equal(listed?.stage, stages[index], `the stage of version ${key.version} in a list`)
  }
}

export const stageWriteChecks: readonly Check[] = [
  writeCheck({
    id: 'MG-WSTAGE-001',
    level: 'MUST',
    title: 'A version goes to every stage there is, and reads back in it',
    needs,
    source,
    why: 'A stage decides what is deployed.',
    async run(bench) {
      const [key] = await createStaged(bench, [null])
      assert.ok(key)
      const { stages } = bench.description
      let before = (await bench.getVersion(key)).stage
      for (const stage of [...stages, ...stages.slice(0, 1)]) {
        const { archived, previous = before } = await bench.transition(key, stage)
        const answer = { archived, previous }
        assert.deepEqual(answer, { archived: [], previous: before }, `the answer for ${stage}`)
        await assertStages(bench, [key], [stage])
        before = stage
      }
    },
  }),
  writeCheck({
    id: 'MG-WSTAGE-002',
    level: 'MUST',
    title: 'archiveExisting archives the other versions of that stage, and answers them',
    needs: archiving,
    source,
    why: 'One version is in production, and who was there before is told.',
    async run(bench) {
      const [one, two] = servingStages(bench)
      const keys = await createStaged(bench, [one, two, one, null])
      const [first, , third, last] = keys
      assert.ok(first && third && last)
      const { archived } = await bench.transition(last, one, { archiveExisting: true })
      assert.deepEqual(archived.toSorted(), [first.version, third.version].toSorted(), 'the answer')
      await assertStages(bench, keys, ['Archived', two, 'Archived', one])
    },
  }),
  writeCheck({
    id: 'MG-WSTAGE-003',
    level: 'MUST',
    title: 'Without archiveExisting the other versions of that stage stay in it',
    needs,
    source,
    why: 'Two versions may serve side by side.',
    async run(bench) {
      const [one] = servingStages(bench)
      const keys = await createStaged(bench, [one, null])
      const [first, last] = keys
      assert.ok(first && last)
      const { archived } = await bench.transition(last, one)
      assert.deepEqual(archived, [])
      await assertStages(bench, keys, [one, one])
    },
  }),
  writeCheck({
    id: 'MG-WSTAGE-004',
    level: 'MUST',
    title: 'A version that is in the stage already stays there when the others are archived',
    needs: archiving,
    source,
    why: 'Archiving what is being promoted leaves nothing in production.',
    async run(bench) {
      const [one] = servingStages(bench)
      const keys = await createStaged(bench, [one, one])
      const [first, last] = keys
      assert.ok(first && last)
      const { archived } = await bench.transition(last, one, { archiveExisting: true })
      assert.deepEqual(archived, [first.version])
      await assertStages(bench, keys, ['Archived', one])
    },
  }),
  writeCheck({
    id: 'MG-WSTAGE-005',
    level: 'MUST',
    title: 'archiveExisting null does as the registry does, and the answer is true',
    needs,
    source,
    why: 'What went out of production has to be told, whoever decided it.',
    async run(bench) {
      const [one] = servingStages(bench)
      const keys = await createStaged(bench, [one, null])
      const [first, last] = keys
      assert.ok(first && last)
      const { archived } = await bench.transition(last, one, { archiveExisting: null })
      const isArchived = archived.length > 0
      assert.deepEqual(archived, isArchived ? [first.version] : [])
      await assertStages(bench, keys, [isArchived ? 'Archived' : one, one])
    },
  }),
  writeCheck({
    id: 'MG-WSTAGE-006',
    level: 'MUST',
    title: 'A version moves from the stage that is expected',
    needs,
    source: 'modelgate/adapter: Expected',
    why: 'It is how two approvers do not overtake each other.',
    async run(bench) {
      const [one, two] = servingStages(bench)
      const keys = await createStaged(bench, [one])
      assert.ok(keys[0])
      await bench.transition(keys[0], two, { expected: one })
      await assertStages(bench, keys, [two])
    },
  }),
  writeCheck({
    id: 'MG-WSTAGE-007',
    level: 'MUST',
    title: 'A version in another stage than expected is CONFLICT with that stage, and nothing moves',
    needs,
    source: 'modelgate/adapter: Expected',
    why: 'It is how two approvers do not overtake each other.',
    async run(bench) {
      const [one, two] = servingStages(bench)
      const keys = await createStaged(bench, [one, two])
      assert.ok(keys[1])
      const archiveExisting = hasArchived(bench)
      await conflict(bench.transition(keys[1], one, { archiveExisting, expected: one }), two)
      await assertStages(bench, keys, [one, two])
    },
  }),
  writeCheck({
    id: 'MG-WSTAGE-008',
    level: 'MUST',
    title: 'A version that is not there is NOT_FOUND, and archives nothing',
    needs,
    source,
    why: 'A typing error must not empty production.',
    async run(bench) {
      const [one] = servingStages(bench)
      const keys = await createStaged(bench, [one])
      const model = keys[0]?.model ?? ''
      const archiveExisting = hasArchived(bench)
      for (const key of [
        { model, version: '99' },
        { model: bench.name('-none'), version: '1' },
      ])
        await failure(bench.transition(key, one, { archiveExisting }), 'stages.transition', ['NOT_FOUND'])
      await assertStages(bench, keys, [one])
    },
  }),
]

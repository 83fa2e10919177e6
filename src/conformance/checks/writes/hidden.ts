import assert from 'node:assert/strict'
import { type ArtifactUpload, RegistryError } from '../../../contract/index.ts'
import { type WriteBench, writeCheck } from '../../bench/write-bench.ts'
import type { Check } from '../../check.ts'
import { everyWrite, type WriteTargets } from '../../expectations/every-write.ts'
import { failure, quote } from '../../expectations/expectations.ts'
import { stateOf } from '../../expectations/written-rows.ts'
import type { HiddenModel } from '../../fixture/fixture.ts'

const source = 'modelgate/adapter: RegistryWrites'
const needs = ['hidden models'] as const

export const hiddenWriteChecks: readonly Check[] = [
  writeCheck({
    id: 'MG-WHIDDEN-001',
    level: 'MUST',
    title: 'Every write to what is hidden is NOT_FOUND and writes nothing',
    needs,
    source,
    why: 'Nobody sees what it is, or that it was changed or deleted.',
    async run(bench) {
      for (const hidden of bench.hidden) {
        for (const [what, write] of everyWrite(bench.adapter, targetsAt(bench, hidden))) {
          if (what !== 'models.create')
            await untouched(hidden, what, () => refuseOrLeave(bench, what, write(bench.call())))
        }
      }
    },
  }),
  writeCheck({
    id: 'MG-WHIDDEN-002',
    level: 'MUST',
    title: 'A model cannot take the name of what is hidden: ALREADY_EXISTS, by name',
    needs,
    source,
    why: 'There is no such model for the user, and so the words have to say what is in the way.',
    async run(bench) {
      const { writes, call } = bench
      const own = await bench.createModel()
      const before = await stateOf(bench, own)
      for (const hidden of bench.hidden) {
        const { name } = hidden
        const plain = { description: null, tags: [], idempotencyKey: null }
        await untouched(hidden, 'models.create', () =>
          taken(writes.models.create({ name, ...plain }, call()), name, 'models.create'),
        )
        if (writes.models.rename === undefined) continue
        await untouched(hidden, 'models.rename', async () =>
          taken(writes.models.rename?.(own, name, call()), name, 'models.rename'),
        )
        assert.deepEqual(await stateOf(bench, own), before, 'the model that was to be renamed')
      }
    },
  }),
  writeCheck({
    id: 'MG-WHIDDEN-003',
    level: 'MUST',
    title: 'A copy of what is hidden is NOT_FOUND',
    needs: ['hidden models', 'own copy'],
    source: 'modelgate/adapter: CopyWrites',
    why: 'It would be shown by its copy.',
    async run(bench) {
      const model = await bench.createModel()
      const plain = { description: null, tags: [], idempotencyKey: null }
      for (const { name, versions } of bench.hidden)
        for (const version of versions) {
          const copy = { source: { model: name, version }, model, ...plain }
          const copied = bench.adapter.copies?.copy(copy, bench.call())
          await failure(Promise.resolve(copied), 'copies.copy', ['NOT_FOUND'])
        }
      const [own] = await bench.adapter.versions.ofModels([model], 10, bench.call())
      assert.deepEqual(own, { versions: [], complete: true }, 'the versions of the model')
    },
  }),
]

function targetsAt(bench: WriteBench, { name, versions: [version = '1'] }: HiddenModel): WriteTargets {
  return {
    version: { model: name, version },
    source: bench.source,
    stage: bench.description.stages.at(-1) ?? '',
    newName: name,
    otherName: bench.name('-other'),
  }
}

/** To take back is to look first, and a transfer writes to no model before its version is made. */
async function refuseOrLeave(bench: WriteBench, what: string, answer: Promise<unknown>): Promise<void> {
  if (what !== 'models.takeBack' && what !== 'imports.begin') return failure(answer, what, ['NOT_FOUND'])
  const given = await answer.catch((error: unknown) => {
    if (RegistryError.is(error)) return null
    throw error
  })
  if (what === 'imports.begin') await (given as ArtifactUpload | null)?.discard(bench.call())
}

async function untouched(hidden: HiddenModel, what: string, write: () => Promise<void>): Promise<void> {
  const before = await hidden.look()
  await write()
  assert.deepEqual(await hidden.look(), before, `what the backend has of ${quote(hidden.name)} after ${what}`)
}

async function taken(write: Promise<unknown> | undefined, name: string, what: string): Promise<void> {
  const error = await Promise.resolve(write).then(
    () => null,
    (thrown: unknown) => thrown,
  )
  assert.ok(RegistryError.is(error), `${what}: gave ${String(error)}, where it has to give a RegistryError`)
  assert.equal(error.code, 'ALREADY_EXISTS', what)
  assert.ok(error.message.includes(name), `${what}: ${quote(error.message)} does not name ${quote(name)}`)
}

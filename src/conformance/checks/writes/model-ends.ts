import assert from 'node:assert/strict'
import { type WriteBench, writeCheck } from '../../bench/write-bench.ts'
import { type Check, need } from '../../check.ts'
import { absent, failure, quote } from '../../expectations/expectations.ts'
import { assertHolders, assertNoModel, listedVersions, stateOf } from '../../expectations/written-rows.ts'
import { legalTags } from '../../fixture/accepted-texts.ts'

const source = 'modelgate/adapter: ModelWrites'

async function rename({ writes, call }: WriteBench, name: string, newName: string): Promise<void> {
  await need(writes.models.rename?.(name, newName, call()), 'rename')
}

async function remove({ writes, call }: WriteBench, name: string): Promise<void> {
  await need(writes.models.delete?.(name, call()), 'delete model')
}

/** A model with all that can be lost on the way. */
async function createRichModel(bench: WriteBench): Promise<string> {
  const tags = legalTags(bench, [{ key: 'team', value: 'fraud' }])
  const name = await bench.createModel({ description: 'Rich.', tags })
  await bench.createVersion(name)
  const second = await bench.createVersion(name, { description: 'The second.', tags })
  if (bench.writes.aliases) await bench.setAlias(second, 'champion')
  return name
}

export const modelEndChecks: readonly Check[] = [
  writeCheck({
    id: 'MG-WMODEL-007',
    level: 'MUST',
    title: 'A renamed model keeps versions, tags and aliases, and its old name is gone',
    needs: ['rename'],
    source,
    why: 'Who renames means the same model.',
    async run(bench) {
      const name = await createRichModel(bench)
      const before = await stateOf(bench, name)
      const newName = bench.name('-new')
      await rename(bench, name, newName)
      assert.deepEqual(await stateOf(bench, newName), {
        model: { ...before.model, name: newName },
        versions: before.versions.map((version) => ({ ...version, modelName: newName })),
      })
      const holders = before.model.aliases.map((alias) => [alias.name, alias.version])
      await assertHolders(bench, newName, Object.fromEntries(holders))
      await assertNoModel(bench, name)
      assert.deepEqual(await listedVersions(bench, name), [], 'no version is left under the old name')
    },
  }),
  writeCheck({
    id: 'MG-WMODEL-008',
    level: 'MUST',
    title: 'Renaming to a name that is taken is ALREADY_EXISTS, and both models are as before',
    needs: ['rename'],
    source,
    why: 'Two models must not become one.',
    async run(bench) {
      const name = await createRichModel(bench)
      const taken = await bench.createModel({ name: bench.name('-taken'), description: 'Taken.' })
      const before = [await stateOf(bench, name), await stateOf(bench, taken)]
      await failure(rename(bench, name, taken), 'models.rename', ['ALREADY_EXISTS'])
      assert.deepEqual([await stateOf(bench, name), await stateOf(bench, taken)], before)
    },
  }),
  writeCheck({
    id: 'MG-WMODEL-009',
    level: 'MUST',
    title: 'Renaming a model that is not there is NOT_FOUND, and makes none',
    needs: ['rename'],
    source,
    why: 'The client has to hear that the name is wrong.',
    async run(bench) {
      const newName = bench.name('-new')
      await failure(rename(bench, bench.name(), newName), 'models.rename', ['NOT_FOUND'])
      await assertNoModel(bench, newName)
    },
  }),
  writeCheck({
    id: 'MG-WMODEL-010',
    level: 'MUST',
    title: 'A deleted model is gone with all its versions and aliases',
    needs: ['delete model'],
    source,
    why: 'What is left of a deleted model comes up in lists and lineages.',
    async run(bench) {
      const { adapter, call } = bench
      const name = await createRichModel(bench)
      const keys = (await listedVersions(bench, name)).map(({ version }) => ({ model: name, version }))
      assert.equal(keys.length, 2, 'its versions before')
      await remove(bench, name)
      await assertNoModel(bench, name)
      for (const outcome of await adapter.versions.get(keys, call())) absent(outcome, 'a version of it')
      assert.deepEqual(await listedVersions(bench, name), [], 'its versions in a list')
      const resolved = await adapter.aliases?.resolve([{ model: name, alias: 'champion' }], call())
      if (resolved) absent(resolved[0], 'its alias')
    },
  }),
  writeCheck({
    id: 'MG-WMODEL-011',
    level: 'MUST',
    title: 'Deleting a model that is not there is NOT_FOUND',
    needs: ['delete model'],
    source,
    why: 'The client has to hear that the name is wrong.',
    run: (bench) => failure(remove(bench, bench.name()), 'models.delete', ['NOT_FOUND']),
  }),
  writeCheck({
    id: 'MG-WMODEL-012',
    level: 'MUST',
    title: 'A model created under a deleted one’s name has nothing of it',
    needs: ['delete model'],
    source,
    why: 'An alias that comes back from the dead deploys what nobody chose.',
    async run(bench) {
      const name = await createRichModel(bench)
      await remove(bench, name)
      await bench.createModel({ name })
      const { description, tags, aliases } = await bench.getModel(name)
      assert.deepEqual(
        { description, tags, aliases },
        { description: null, tags: [], aliases: [] },
        quote(name),
      )
      assert.deepEqual(await listedVersions(bench, name), [], 'its versions')
    },
  }),
]

import assert from 'node:assert/strict'
import type { Check, CheckContext } from '../check.ts'
import { absent, found, quote } from '../expectations/expectations.ts'
import { modelQuery, readModels, readVersions, versionQuery } from '../expectations/read-pages.ts'
import type { HiddenModel } from '../fixture/fixture.ts'

export const hiddenChecks: readonly Check[] = [
  {
    id: 'MG-HIDDEN-001',
    level: 'MUST',
    title: 'What is hidden is null by every read of models and versions, and in no list',
    needs: ['hidden models'],
    source: 'modelgate/conformance: SeededFixture.hidden',
    why: 'A user who sees it by one way and not by another takes it for lost.',
    async run(context) {
      for (const hidden of context.hidden) await assertHidden(context, hidden)
    },
  },
]

/** Places and files are only asked for of versions that a read has shown. */
async function assertHidden(context: CheckContext, { name, versions }: HiddenModel): Promise<void> {
  const { adapter, call, truth } = context
  const keys = versions.map((version) => ({ model: name, version }))
  const held = [{ model: name, alias: 'held' }]
  const outcomes = {
    'models.get': await adapter.models.get([name], call()),
    'versions.get': await adapter.versions.get(keys, call()),
    'aliases.resolve': (await adapter.aliases?.resolve(held, call())) ?? [],
  }
  for (const [what, rows] of Object.entries(outcomes))
    for (const row of rows) absent(row, `${what} of ${quote(name)}`)
  await assertNoVersions(context, name)
  const models = await readModels(adapter, modelQuery(truth.prefix), call())
  assert.ok(!models.rows.some((row) => row.name === name), `models.list gives ${quote(name)}`)
  const rows = await readVersions(adapter, versionQuery(truth.prefix), call())
  assert.ok(
    !rows.rows.some((row) => row.modelName === name),
    `versions.list gives versions of ${quote(name)}`,
  )
}

/** Whether a model is there is for other checks: these two may answer as for one without versions. */
async function assertNoVersions({ adapter, call }: CheckContext, name: string): Promise<void> {
  const [all] = await adapter.versions.ofModels([name], 10, call())
  if (all !== null) assert.deepEqual(found(all, 'versions.ofModels').versions, [], `of ${quote(name)}`)
  const [latest] = await adapter.versions.latest([name], call())
  if (latest !== null) assert.deepEqual(found(latest, 'versions.latest'), [], `of ${quote(name)}`)
}

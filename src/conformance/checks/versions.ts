import assert from 'node:assert/strict'
import { compareVersions, RegistryError } from '../../contract/index.ts'
import type { Check, CheckContext } from '../check.ts'
import { need } from '../check.ts'
import { absent, found, quote } from '../expectations/expectations.ts'
import { byModel, modelQuery, readModels, readVersions, versionQuery } from '../expectations/read-pages.ts'
import { modelsOf, test, text } from '../filters/filter-builders.ts'
import { modelNames, type Truth, versionKeys, versionsOfModel } from '../fixture/truth.ts'

function highestFirst(truth: Truth, model: string): string[] {
  return versionsOfModel(truth, model)
    .map(({ version }) => version)
    .toSorted((a, b) => compareVersions(b, a))
}

async function checkOfModels({ adapter, truth, call }: CheckContext, limit: number): Promise<void> {
  const names = modelNames(truth)
  const outcomes = await adapter.versions.ofModels(names, limit, call())
  for (const [index, name] of names.entries()) {
    const { versions, complete } = found(outcomes[index], `the versions of ${quote(name)}`)
    const all = highestFirst(truth, name)
    const given = versions.map(({ version }) => version)
    const what = `the versions of ${quote(name)}, of which ${limit} are wanted`
    assert.deepEqual(given, all.slice(0, given.length), `${what}: highest first`)
    if (complete) assert.equal(given.length, all.length, `${what}: said to be complete`)
  }
}

const ofModels = 'modelgate/adapter: VersionReads.ofModels'
const latest = 'modelgate/adapter: VersionReads.latest'

export const versionChecks: readonly Check[] = [
  {
    id: 'MG-VERSION-001',
    level: 'MUST',
    title: 'ofModels gives the highest versions first, by number',
    needs: [],
    source: ofModels,
    why: 'Version 10 comes after 9, though its text does not.',
    run: (context) => checkOfModels(context, 500),
  },
  {
    id: 'MG-VERSION-002',
    level: 'MUST',
    title: 'ofModels says complete only when there are no others',
    needs: [],
    source: ofModels,
    why: 'The gateway asks no further when it hears complete.',
    async run(context) {
      await checkOfModels(context, 1)
      await checkOfModels(context, 5)
    },
  },
  {
    id: 'MG-VERSION-003',
    level: 'MUST',
    title: 'ofModels of a model that is not there gives no version',
    needs: [],
    source: ofModels,
    why: 'A missing model must not take the versions of its neighbour.',
    async run({ adapter, truth, call }) {
      const names = [`${truth.prefix}no such model`, `${truth.prefix}empty`, '']
      const outcomes = await adapter.versions.ofModels(names, 5, call())
      for (const [index, name] of names.entries()) {
        const outcome = outcomes[index]
        if (RegistryError.is(outcome)) assert.fail(`${quote(name)}: ${outcome.code}, ${outcome.message}`)
        assert.deepEqual(outcome?.versions ?? [], [], quote(name))
      }
    },
  },
  {
    id: 'MG-VERSION-004',
    level: 'SHOULD',
    title: 'ofModels of a model that is not there is null',
    needs: [],
    source: ofModels,
    why: 'An empty list is taken for a model without versions.',
    async run({ adapter, truth, call }) {
      const name = `${truth.prefix}no such model`
      const [outcome] = await adapter.versions.ofModels([name], 5, call())
      absent(outcome, `the versions of ${quote(name)}`)
    },
  },
  {
    id: 'MG-VERSION-008',
    level: 'MUST',
    title: 'Stages are given in the registry’s spelling',
    needs: ['stages'],
    source: 'modelgate/adapter: ModelVersionRecord.stage',
    why: 'A stage decides what is deployed; filters and policies name it.',
    async run({ adapter, truth, call, description }) {
      const outcomes = await adapter.versions.get(versionKeys(truth), call())
      for (const [index, { record }] of truth.versions.entries()) {
        const name = quote([record.modelName, record.version])
        const { stage } = found(outcomes[index], name)
        assert.equal(stage, record.stage, `the stage of ${name}`)
        assert.ok(stage !== null && description.stages.includes(stage), `the stage of ${name} is described`)
      }
    },
  },
  {
    id: 'MG-VERSION-009',
    level: 'MUST',
    title: 'A registry without stages gives null',
    needs: ['no stages'],
    source: 'modelgate/adapter: ModelVersionRecord.stage',
    why: '"None" would say that it has stages.',
    async run({ adapter, truth, call }) {
      for (const row of await adapter.versions.get(versionKeys(truth), call())) {
        if (row !== null && 'stage' in row) assert.equal(row.stage, null, quote([row.modelName, row.version]))
      }
    },
  },
  {
    id: 'MG-VERSION-010',
    level: 'MUST',
    title: 'Versions in a list that is kept in order go by number',
    needs: ['integer versions'],
    source: 'modelgate/adapter: Position',
    why: 'Version 10 comes after 9, though its text does not.',
    async run({ adapter, truth, call }) {
      const many = need(
        truth.models.find(({ name }) => versionsOfModel(truth, name).length > 10),
        'model with more than ten versions',
      )
      const filter = text('model', test('eq', many.name))
      const { rows, ordered } = await readVersions(
        adapter,
        versionQuery(truth.prefix, { filter, order: byModel }),
        call(),
      )
      const given = rows.filter(({ modelName }) => modelName === many.name).map(({ version }) => version)
      if (ordered) assert.deepEqual(given, highestFirst(truth, many.name).toReversed())
    },
  },
  {
    id: 'MG-VERSION-011',
    level: 'MUST',
    title: 'A model without versions is there',
    needs: [],
    source: latest,
    why: 'Models are made before their first version.',
    async run({ adapter, truth, call }) {
      const empty = need(
        truth.models.find(({ name }) => versionsOfModel(truth, name).length === 0),
        'model without versions',
      )
      const [row] = await adapter.models.get([empty.name], call())
      assert.deepEqual(found(row, quote(empty.name)).latestVersions ?? [], [])
      const [rows] = await adapter.versions.latest([empty.name], call())
      assert.deepEqual(found(rows, quote(empty.name)), [])
      const filter = modelsOf(truth.prefix, text('name', test('eq', empty.name)))
      const listed = await readModels(adapter, modelQuery(truth.prefix, { filter }), call())
      assert.ok(
        listed.rows.some(({ name }) => name === empty.name),
        'it is listed',
      )
    },
  },
]

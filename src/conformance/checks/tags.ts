import assert from 'node:assert/strict'
import type { TagRecord } from '../../contract/index.ts'
import type { Check } from '../check.ts'
import { need } from '../check.ts'
import { found, quote, sortedBy } from '../expectations/expectations.ts'
import { modelQuery, readModels, readVersions, versionQuery } from '../expectations/read-pages.ts'
import { modelNames, versionKeys } from '../fixture/truth.ts'

const source = 'modelgate/adapter: TagRecord'
const why = 'Keys and values are the users’ own texts; they filter, compare and copy by them.'
const sorted = (tags: readonly TagRecord[]) => sortedBy(tags, ({ key }) => key)

export const tagChecks: readonly Check[] = [
  {
    id: 'MG-TAG-001',
    level: 'MUST',
    title: 'The tags of a model are given back as they were stored',
    needs: ['tags'],
    why,
    source,
    async run({ adapter, truth, call }) {
      need(
        truth.models.find(({ tags }) => tags.length > 1),
        'model with several tags',
      )
      const outcomes = await adapter.models.get(modelNames(truth), call())
      for (const [index, expected] of truth.models.entries()) {
        const row = found(outcomes[index], `the model ${quote(expected.name)}`)
        assert.deepEqual(sorted(row.tags), sorted(expected.tags), `the tags of ${quote(expected.name)}`)
      }
    },
  },
  {
    id: 'MG-TAG-002',
    level: 'MUST',
    title: 'The tags of a version are given back as they were stored',
    needs: ['tags'],
    why,
    source,
    async run({ adapter, truth, call }) {
      need(
        truth.versions.find(({ record }) => record.tags.length > 1),
        'version with several tags',
      )
      const outcomes = await adapter.versions.get(versionKeys(truth), call())
      for (const [index, { record }] of truth.versions.entries()) {
        const name = quote([record.modelName, record.version])
        assert.deepEqual(
          sorted(found(outcomes[index], name).tags),
          sorted(record.tags),
          `the tags of ${name}`,
        )
      }
    },
  },
  {
    id: 'MG-TAG-003',
    level: 'MUST',
    title: 'A registry without tags gives none, by any way',
    needs: ['no tags'],
    why: 'What says that there are no tags cannot be corrected when one is shown all the same.',
    source: 'modelgate/adapter: RegistryDescription.levels',
    async run({ adapter, truth, call }) {
      const names = modelNames(truth)
      const models = await adapter.models.get(names, call())
      const listed = await readModels(adapter, modelQuery(truth.prefix), call())
      const versions = await adapter.versions.get(versionKeys(truth), call())
      const listedVersions = await readVersions(adapter, versionQuery(truth.prefix), call())
      for (const row of [...models, ...listed.rows, ...versions, ...listedVersions.rows])
        assert.deepEqual(found<{ readonly tags: readonly TagRecord[] }>(row, 'a row').tags, [], 'the tags')
    },
  },
]

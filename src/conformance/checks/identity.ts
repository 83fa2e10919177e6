import assert from 'node:assert/strict'
import type { ModelRecord, ModelVersionRecord } from '../../contract/index.ts'
import type { Check, CheckContext } from '../check.ts'
import { found, quote, sortedBy } from '../expectations/expectations.ts'
import { modelQuery, ownModels, readModels, versionName } from '../expectations/read-pages.ts'
import { assertModelRecord, assertVersionRecord } from '../expectations/record-shape.ts'
import { versionsByEveryWay } from '../expectations/versions-by-every-way.ts'
import { modelNames, versionKeys } from '../fixture/truth.ts'

const source = 'modelgate/adapter: records'

async function gotModels({ adapter, truth, call }: CheckContext): Promise<ModelRecord[]> {
  const names = modelNames(truth)
  const outcomes = await adapter.models.get(names, call())
  return names.map((name, index) => found(outcomes[index], `the model ${quote(name)}`))
}

async function gotVersions({ adapter, truth, call }: CheckContext): Promise<ModelVersionRecord[]> {
  const keys = versionKeys(truth)
  const outcomes = await adapter.versions.get(keys, call())
  return keys.map((key, index) => found(outcomes[index], `the version ${quote(key)}`))
}

/** The same in every read: tags sorted, and without what a read need not bring. */
function comparableModel(row: ModelRecord) {
  const { latestVersions: _, ...rest } = row
  return {
    ...rest,
    tags: sortedBy(row.tags, ({ key }) => key),
    aliases: sortedBy(row.aliases, ({ name }) => name),
  }
}

function comparableVersion(row: ModelVersionRecord) {
  const { aliases: _, artifactUri: __, ...rest } = row
  return { ...rest, tags: sortedBy(row.tags, ({ key }) => key) }
}

export const identityChecks: readonly Check[] = [
  {
    id: 'MG-IDENT-001',
    level: 'MUST',
    title: 'A model is given back as it was stored',
    needs: [],
    why: 'Names are never re-encoded: what one client wrote is what another reads.',
    source,
    async run(context) {
      const rows = await gotModels(context)
      const own = ({ name, description, archived, createdAt, updatedAt }: ModelRecord) => ({
        name,
        description,
        archived,
        createdAt,
        updatedAt,
      })
      for (const [index, row] of rows.entries()) {
        const expected = context.truth.models[index]
        assert.deepEqual(own(row), expected && own(expected), `the model ${quote(row.name)}`)
      }
    },
  },
  {
    id: 'MG-IDENT-002',
    level: 'MUST',
    title: 'A version is given back as it was stored',
    needs: [],
    why: 'Source, run and status decide what is deployed.',
    source,
    async run(context) {
      const own = ({
        modelName,
        version,
        description,
        archived,
        status,
        source,
        runId,
        createdBy,
        ...row
      }: ModelVersionRecord) => ({
        modelName,
        version,
        description,
        archived,
        status,
        source,
        runId,
        createdBy,
        statusMessage: row.statusMessage,
        createdAt: row.createdAt,
        updatedAt: row.updatedAt,
      })
      for (const [index, row] of (await gotVersions(context)).entries()) {
        const expected = context.truth.versions[index]?.record
        assert.deepEqual(own(row), expected && own(expected), `the version ${versionName(row)}`)
      }
    },
  },
  {
    id: 'MG-IDENT-003',
    level: 'MUST',
    title: 'A model is the same record by get and by list',
    needs: [],
    why: 'The gateway takes whichever read is cheaper; the answer must not tell which it was.',
    source,
    async run(context) {
      const { adapter, truth, call } = context
      const reading = await readModels(adapter, modelQuery(truth.prefix), call())
      const listed = new Map(ownModels(truth.prefix, reading.rows).map((row) => [row.name, row]))
      for (const row of await gotModels(context)) {
        const other = listed.get(row.name)
        assert.ok(other, `the list lacks the model ${quote(row.name)}`)
        assert.deepEqual(comparableModel(other), comparableModel(row), `the model ${quote(row.name)}`)
      }
    },
  },
  {
    id: 'MG-IDENT-004',
    level: 'MUST',
    title: 'A version is the same record by every way that leads to it',
    needs: [],
    why: 'A version reached by an alias, a list or its number is one node with one cache entry.',
    source,
    async run(context) {
      const known = new Map((await gotVersions(context)).map((row) => [versionName(row), row]))
      for (const [way, rows] of await versionsByEveryWay(context)) {
        for (const row of rows) {
          const expected = known.get(versionName(row))
          assert.ok(expected, `${way} gives ${versionName(row)}, which is not there`)
          assert.deepEqual(
            comparableVersion(row),
            comparableVersion(expected),
            `${versionName(row)} by ${way}`,
          )
        }
      }
    },
  },
  {
    id: 'MG-IDENT-005',
    level: 'MUST',
    title: 'Records are plain data with every field of the contract',
    needs: [],
    why: 'They are cloned, cached and stored; a method, an invalid date or an empty text would come out as something else.',
    source,
    async run(context) {
      for (const row of await gotModels(context)) assertModelRecord(row)
      for (const row of await gotVersions(context)) assertVersionRecord(row)
      for (const [, rows] of await versionsByEveryWay(context))
        for (const row of rows) assertVersionRecord(row)
    },
  },
]

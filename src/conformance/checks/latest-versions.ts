import assert from 'node:assert/strict'
import type { ModelVersionRecord } from '../../contract/index.ts'
import { compareVersions } from '../../contract/index.ts'
import type { Check } from '../check.ts'
import { absent, found, quote, sameTexts } from '../expectations/expectations.ts'
import { modelQuery, ownModels, readModels } from '../expectations/read-pages.ts'
import { modelNames, type Truth, versionsOfModel } from '../fixture/truth.ts'

const latest = 'modelgate/adapter: VersionReads.latest'

/** The highest of each stage. */
function stageHeads(rows: readonly ModelVersionRecord[]): string[] {
  const heads = new Map<string, string>()
  for (const { stage, version } of rows) {
    if (stage === null) continue
    const head = heads.get(stage)
    if (head === undefined || compareVersions(version, head) > 0) heads.set(stage, version)
  }
  return [...heads.values()]
}

/** Those whose time of creation no other exceeds; several when a backend's clock is coarse. */
function createdLast(rows: readonly ModelVersionRecord[]): string[] {
  const latest = Math.max(...rows.map(({ createdAt }) => createdAt?.getTime() ?? Number.NEGATIVE_INFINITY))
  return rows
    .filter(({ createdAt }) => (createdAt?.getTime() ?? Number.NEGATIVE_INFINITY) === latest)
    .map(({ version }) => version)
}

function assertLatest(truth: Truth, model: string, rows: readonly ModelVersionRecord[], way: string): void {
  const given = rows.map(({ version }) => version)
  const what = `the latest versions of ${quote(model)} by ${way}`
  assert.equal(new Set(given).size, given.length, `${what}: one is given twice`)
  const own = versionsOfModel(truth, model)
  const heads = stageHeads(own)
  const last = createdLast(own)
  assert.ok(
    own.length === 0 || last.some((version) => given.includes(version)),
    `${what} lack the one created last, ${quote(last)}; given ${quote(given)}`,
  )
  sameTexts(
    given.filter((version) => heads.includes(version)),
    heads,
    `${what}: the highest of each stage`,
  )
  const others = given.filter((version) => !heads.includes(version) && !last.includes(version))
  assert.deepEqual(others, [], `${what}: others`)
}

export const latestVersionChecks: readonly Check[] = [
  {
    id: 'MG-VERSION-005',
    level: 'MUST',
    title: 'latest gives the highest version of each stage and the one created last',
    needs: [],
    source: latest,
    why: 'A stage stands for its highest version, archived or not.',
    async run({ adapter, truth, call }) {
      const names = modelNames(truth)
      const outcomes = await adapter.versions.latest(names, call())
      for (const [index, name] of names.entries()) {
        assertLatest(truth, name, found(outcomes[index], `the latest versions of ${quote(name)}`), 'latest')
      }
    },
  },
  {
    id: 'MG-VERSION-006',
    level: 'MUST',
    title: 'Latest versions that come with a model are those that latest gives',
    needs: [],
    source: 'modelgate/adapter: ModelRecord.latestVersions',
    why: 'The gateway takes them instead of asking.',
    async run({ adapter, truth, call }) {
      const got = await adapter.models.get(modelNames(truth), call())
      const listed = await readModels(adapter, modelQuery(truth.prefix), call())
      const rows = [
        ...got.flatMap((row) => (row !== null && 'latestVersions' in row ? [row] : [])),
        ...ownModels(truth.prefix, listed.rows),
      ]
      for (const row of rows)
        if (row.latestVersions) assertLatest(truth, row.name, row.latestVersions, 'its model')
    },
  },
  {
    id: 'MG-VERSION-007',
    level: 'MUST',
    title: 'latest of a model that is not there is null',
    needs: [],
    source: latest,
    why: 'An empty list says that the model is there and has no version.',
    async run({ adapter, truth, call }) {
      const names = [`${truth.prefix}no such model`, '']
      const outcomes = await adapter.versions.latest(names, call())
      for (const [index, name] of names.entries())
        absent(outcomes[index], `the latest versions of ${quote(name)}`)
    },
  },
]

import assert from 'node:assert/strict'
import type { AliasRecord, ModelRecord } from '../../contract/index.ts'
import type { Check, CheckContext } from '../check.ts'
import { need } from '../check.ts'
import { absent, found, quote, sameTexts } from '../expectations/expectations.ts'
import {
  modelQuery,
  ownModels,
  ownVersions,
  readModels,
  readVersions,
  versionName,
  versionQuery,
} from '../expectations/read-pages.ts'
import { modelNames, versionKeys } from '../fixture/truth.ts'

const source = 'modelgate/adapter: AliasReads'

function aliasKeys({ truth }: CheckContext) {
  const held = truth.models.flatMap(({ name, aliases }) =>
    aliases.map((alias) => ({ model: name, alias: alias.name, version: alias.version })),
  )
  need(held[0], 'alias')
  return held
}

async function resolve({ adapter, call }: CheckContext, keys: readonly { model: string; alias: string }[]) {
  return (await adapter.aliases?.resolve(keys, call())) ?? []
}

/** Keys that must not be found, of a model that has aliases. */
async function checkAbsent(context: CheckContext, names: readonly string[]): Promise<void> {
  const held = aliasKeys(context)
  const models = [...new Set(held.map(({ model }) => model))]
  const keys = models
    .flatMap((model) => names.map((alias) => ({ model, alias })))
    .filter((key) => !held.some(({ model, alias }) => model === key.model && alias === key.alias))
  const outcomes = await resolve(context, keys)
  for (const [index, key] of keys.entries()) absent(outcomes[index], `the alias ${quote(key)}`)
}

const written = (aliases: readonly AliasRecord[]) =>
  aliases.map(({ name, version }) => quote([name, version]))

function assertAliases(context: CheckContext, rows: readonly ModelRecord[], way: string): void {
  for (const row of rows) {
    const expected = context.truth.models.find(({ name }) => name === row.name)
    sameTexts(
      written(row.aliases),
      written(expected?.aliases ?? []),
      `the aliases of ${quote(row.name)} by ${way}`,
    )
  }
}

export const aliasChecks: readonly Check[] = [
  {
    id: 'MG-ALIAS-001',
    level: 'MUST',
    title: 'An alias gives the version that holds it',
    needs: ['aliases'],
    source,
    why: 'It is how deployments find their model.',
    async run(context) {
      const keys = aliasKeys(context)
      const outcomes = await resolve(context, keys)
      for (const [index, { model, alias, version }] of keys.entries()) {
        const row = found(outcomes[index], `the alias ${quote([model, alias])}`)
        assert.deepEqual([row.modelName, row.version], [model, version], `the alias ${quote([model, alias])}`)
      }
    },
  },
  {
    id: 'MG-ALIAS-002',
    level: 'MUST',
    title: 'Aliases are case-sensitive',
    needs: ['aliases'],
    source,
    why: 'champion and Champion may be held by two versions.',
    run: (context) => checkAbsent(context, ['CHAMPION', 'cHAMPION', 'CHALLENGER', 'OLD', 'Ninth', '\u00c9']),
  },
  {
    id: 'MG-ALIAS-003',
    level: 'MUST',
    title: 'Reserved words are never aliases',
    needs: ['aliases'],
    source: 'the public contract: NamingRules',
    why: 'A backend that answers `latest` would make an alias of what is none.',
    run: (context) => checkAbsent(context, ['latest', 'Latest', 'LATEST', 'v1', 'V2', 'v001']),
  },
  {
    id: 'MG-ALIAS-004',
    level: 'MUST',
    title: 'An alias or model that is not there is null',
    needs: ['aliases'],
    source,
    why: 'Looking up what is not there is no error.',
    async run(context) {
      await checkAbsent(context, [
        'nobody',
        '',
        ' ',
        '2',
        'champion ',
        `x'y"z`,
        'a_b',
        '%',
        'nul\u0000',
        'x'.repeat(400),
      ])
      const missing = [
        { model: `${context.truth.prefix}no such model`, alias: 'champion' },
        { model: '', alias: 'champion' },
      ]
      const outcomes = await resolve(context, missing)
      for (const [index, key] of missing.entries()) absent(outcomes[index], `the alias ${quote(key)}`)
    },
  },
  {
    id: 'MG-ALIAS-005',
    level: 'MUST',
    title: 'A model got by name lists every alias',
    needs: ['aliases'],
    source: 'modelgate/adapter: ModelRecord.aliases',
    why: 'The gateway joins the aliases of versions from it.',
    async run(context) {
      const outcomes = await context.adapter.models.get(modelNames(context.truth), context.call())
      assertAliases(
        context,
        outcomes.filter((row): row is ModelRecord => row !== null && 'aliases' in row),
        'get',
      )
    },
  },
  {
    id: 'MG-ALIAS-006',
    level: 'MUST',
    title: 'A model in a list lists every alias',
    needs: ['aliases'],
    source: 'modelgate/adapter: ModelRecord.aliases',
    why: 'The gateway joins the aliases of versions from it.',
    async run(context) {
      const { rows } = await readModels(context.adapter, modelQuery(context.truth.prefix), context.call())
      assertAliases(context, ownModels(context.truth.prefix, rows), 'list')
    },
  },
  {
    id: 'MG-ALIAS-007',
    level: 'MUST',
    title: 'A version that lists its aliases lists all of them',
    needs: ['aliases'],
    source: 'modelgate/adapter: ModelVersionRecord.aliases',
    why: 'Null sends the gateway to the model; a list that lacks one is believed.',
    async run({ adapter, truth, call }) {
      const listed = await readVersions(adapter, versionQuery(truth.prefix), call())
      const got = await adapter.versions.get(versionKeys(truth), call())
      const rows = [
        ...ownVersions(truth.prefix, listed.rows),
        ...got.flatMap((row) => (row !== null && 'modelName' in row ? [row] : [])),
      ]
      for (const row of rows) {
        if (row.aliases === null) continue
        const expected = truth.versions.find(({ record }) => versionName(record) === versionName(row))
        sameTexts(row.aliases, expected?.aliases ?? [], `the aliases of ${versionName(row)}`)
      }
    },
  },
  {
    id: 'MG-ALIAS-008',
    level: 'MUST',
    title: 'A registry without aliases gives none',
    needs: ['no aliases'],
    source: 'modelgate/adapter: Adapter',
    why: 'A facet that is missing is a capability that is missing; half of one misleads.',
    async run({ adapter, truth, call, description }) {
      const outcomes = await adapter.models.get(modelNames(truth), call())
      for (const row of outcomes)
        if (row !== null && 'aliases' in row) assert.deepEqual(row.aliases, [], quote(row.name))
      assert.equal(description.levels.aliases, 'NONE', 'the level of aliases')
    },
  },
]

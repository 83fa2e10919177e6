import assert from 'node:assert/strict'
import type { Check } from '../check.ts'
import { absent, quote } from '../expectations/expectations.ts'
import { modelNames, versionKeys } from '../fixture/truth.ts'

const source = 'modelgate/adapter: records'

function likenessesOf(prefix: string, name: string): string[] {
  const likenesses = [name.toUpperCase(), name.toLowerCase(), `${name} `, ` ${name}`, `${name}\u0000`]
  return [...likenesses, name.trim(), name.normalize('NFD'), name.normalize('NFC')].map(
    (other) => prefix + other,
  )
}

export const exactKeyChecks: readonly Check[] = [
  {
    id: 'MG-IDENT-006',
    level: 'MUST',
    title: 'A model is found by its exact name only',
    needs: [],
    why: 'A trimmed, folded or normalised name would answer with another model.',
    source,
    async run({ adapter, truth, call }) {
      const names = modelNames(truth)
      const likenesses = names.flatMap((name) => likenessesOf(truth.prefix, name.slice(truth.prefix.length)))
      const missing = [...new Set(likenesses)].filter((name) => !names.includes(name))
      const outcomes = await adapter.models.get(missing, call())
      for (const [index, name] of missing.entries()) absent(outcomes[index], `the model ${quote(name)}`)
    },
  },
  {
    id: 'MG-IDENT-007',
    level: 'MUST',
    title: 'A version is found by its exact text only',
    needs: [],
    why: 'Versions are texts: 01, 1.0 and 1 are three keys, of which at most one is there.',
    source,
    async run({ adapter, truth, call }) {
      const [first] = truth.versions
      assert.ok(first, 'the fixture has a version')
      const others = [
        '01',
        '+1',
        '-1',
        '0',
        '1.0',
        '1 ',
        ' 1',
        '1e0',
        '0x1',
        '\uff11',
        '',
        'x',
        'latest',
        '999999',
        '99999999999999999999',
        '1\u0000',
      ]
      const keys = others.map((version) => ({ model: first.record.modelName, version }))
      const outcomes = await adapter.versions.get(keys, call())
      for (const [index, key] of keys.entries()) absent(outcomes[index], `the version ${quote(key)}`)
    },
  },
  {
    id: 'MG-IDENT-008',
    level: 'MUST',
    title: 'A version is found by no alias, no stage and no word for the latest',
    needs: [],
    why: 'An origin that was noted by its name would come to be another version whenever an alias or a stage moves.',
    source: 'modelgate/adapter: VersionKey',
    async run({ adapter, truth, call }) {
      const selectors = truth.versions.flatMap(({ record, aliases }) =>
        [record.stage ?? [], aliases, 'latest', 'Latest']
          .flat()
          .map((version) => ({ model: record.modelName, version })),
      )
      const names = new Set(versionKeys(truth).map((key) => quote(key)))
      const keys = selectors.filter((key) => !names.has(quote(key)))
      const ways = {
        'versions.get': await adapter.versions.get(keys, call()),
        'artifacts.locate': (await adapter.artifacts?.locate(keys, call())) ?? [],
      }
      for (const [way, outcomes] of Object.entries(ways)) {
        for (const [index, outcome] of outcomes.entries()) absent(outcome, `${way} of ${quote(keys[index])}`)
      }
    },
  },
]

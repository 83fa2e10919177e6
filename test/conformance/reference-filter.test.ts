import { describe, expect, it } from 'vitest'
import {
  and,
  metric,
  not,
  oneOf,
  or,
  param,
  status,
  tag,
  test,
  text,
  time,
} from '../../src/conformance/filters/filter-builders.ts'
import { matchesModel, matchesVersion, type VersionFacts } from '../../src/conformance/index.ts'
import type {
  ModelFilter,
  ModelLeaf,
  ModelRecord,
  TextTest,
  VersionFilter,
} from '../../src/contract/index.ts'

const model: ModelRecord = {
  name: 'Churn_50%',
  description: null,
  tags: [
    { key: 'team', value: 'Risk' },
    { key: 'empty', value: '' },
  ],
  aliases: [
    { name: 'champion', version: '2' },
    { name: 'x', version: '1' },
  ],
  createdAt: new Date(1000),
  updatedAt: null,
  archived: false,
  latestVersions: null,
}

const version: VersionFacts = {
  record: {
    modelName: 'Churn_50%',
    version: '10',
    description: 'third try',
    tags: [],
    aliases: null,
    stage: 'None',
    archived: false,
    status: 'PENDING',
    statusMessage: null,
    source: null,
    artifactUri: null,
    runId: 'run',
    digest: null,
    sizeBytes: null,
    createdAt: null,
    updatedAt: new Date(5),
    createdBy: null,
  },
  aliases: ['champion'],
  run: {
    runId: 'run',
    name: null,
    status: null,
    startedAt: null,
    endedAt: null,
    metrics: [
      { key: 'auc', value: 0.9, step: null },
      { key: 'nan', value: Number.NaN, step: null },
      { key: 'inf', value: Number.POSITIVE_INFINITY, step: null },
    ],
    params: [{ key: 'depth', value: '3' }],
    url: null,
  },
}

const name = (...tests: TextTest[]) => text('name', ...tests)

const models: readonly (readonly [string, ModelFilter, boolean])[] = [
  ['nothing asked', and<ModelLeaf>(), true],
  ['none of nothing', or<ModelLeaf>(), false],
  ['not none of nothing', not(or<ModelLeaf>()), true],
  ['the name', name(test('eq', 'Churn_50%')), true],
  ['the name in other case', name(test('eq', 'churn_50%')), false],
  ['the name whatever the case', name(test('eq', 'cHURN_50%', true)), true],
  ['another name', name(test('ne', 'other')), true],
  ['another than its name', name(test('ne', 'Churn_50%')), false],
  ['a part', name(test('contains', 'n_5')), true],
  ['a part that is no pattern', name(test('contains', 'n%5')), false],
  ['its beginning', name(test('startsWith', 'Churn')), true],
  ['its end as beginning', name(test('startsWith', '50%')), false],
  ['its end', name(test('endsWith', '50%')), true],
  ['one of several', name(oneOf(['a', 'Churn_50%'])), true],
  ['one of several in other case', name(oneOf(['a', 'CHURN_50%'], true)), true],
  ['one of none', name(oneOf([])), false],
  ['two tests of which one fails', name(test('contains', 'Churn'), test('contains', 'zzz')), false],
  ['a description there is not', text('description', test('ne', 'x')), false],
  ['no description', not<ModelLeaf>(text('description')), true],
  ['a tag', tag('team', test('eq', 'Risk')), true],
  ['a tag that is empty', tag('empty', test('eq', '')), true],
  ['the key of a tag', tag('team'), true],
  ['another key', tag('Team'), false],
  ['another value of a key there is not', tag('Team', test('ne', 'x')), false],
  ['an alias', text('alias', test('eq', 'x')), true],
  ['both tests of one alias', text('alias', test('startsWith', 'ch'), test('endsWith', 'x')), false],
  ['created then or later', time('createdAt', 'gte', new Date(1000)), true],
  ['created later', time('createdAt', 'gt', new Date(1000)), false],
  ['created then or earlier', time('createdAt', 'lte', new Date(1000)), true],
  ['created earlier', time('createdAt', 'lt', new Date(1000)), false],
  ['a time there is not', time('updatedAt', 'gt', new Date(0)), false],
  ['both', and<ModelLeaf>(name(test('startsWith', 'C')), tag('team')), true],
  ['one of both', or<ModelLeaf>(name(test('startsWith', 'X')), tag('team')), true],
  ['both of which one fails', and<ModelLeaf>(name(test('startsWith', 'X')), tag('team')), false],
]

const versions: readonly (readonly [string, VersionFilter, boolean])[] = [
  ['its model', text('model', test('endsWith', '%')), true],
  ['its number as a text', text('version', test('startsWith', '1')), true],
  ['another number', text('version', test('eq', '1')), false],
  ['its stage', text('stage', test('eq', 'None')), true],
  ['its run', text('runId', test('eq', 'run')), true],
  ['a source there is not', text('source', test('contains', '')), false],
  ['its alias', text('alias', test('eq', 'champion')), true],
  ['its status', status('READY', 'PENDING'), true],
  ['no status', status(), false],
  ['its time', time('updatedAt', 'lte', new Date(5)), true],
  ['its metric', metric('auc', 'gte', 0.9), true],
  ['its metric exactly', metric('auc', 'eq', 0.9), true],
  ['more than its metric', metric('auc', 'gt', 0.9), false],
  ['less than its metric', metric('auc', 'lt', 0.9), false],
  ['NaN, which is not there', metric('nan', 'eq', Number.NaN), false],
  ['NaN, at most', metric('nan', 'lte', Number.POSITIVE_INFINITY), false],
  ['infinity', metric('inf', 'eq', Number.POSITIVE_INFINITY), true],
  ['more than all', metric('inf', 'gt', Number.MAX_VALUE), true],
  ['a metric there is not', metric('none', 'lte', 0), false],
  ['its param', param('depth', test('eq', '3')), true],
  ['another param', param('width'), false],
]

describe('a filter', () => {
  it.each(models)('of models: %s', (_, filter, expected) => {
    expect(matchesModel(filter, model)).toBe(expected)
  })

  it.each(versions)('of versions: %s', (_, filter, expected) => {
    expect(matchesVersion(filter, version)).toBe(expected)
  })

  it('that is null matches all', () => {
    expect([matchesModel(null, model), matchesVersion(null, version)]).toEqual([true, true])
  })

  it('of a run matches nothing where the run is gone', () => {
    const orphan = { ...version, run: null }
    const filters = [metric('auc', 'gt', 0), param('depth')]
    expect(filters.map((filter) => matchesVersion(filter, orphan))).toEqual([false, false])
  })

  it('folds by Unicode, whatever the locale', () => {
    const named = (text: string) => ({ ...model, name: text })
    expect(matchesModel(name(test('contains', 'i\u0307', true)), named('\u0130'))).toBe(true)
    expect(matchesModel(name(test('eq', 'k', true)), named('\u212a'))).toBe(true)
    expect(matchesModel(name(test('eq', 'SS', true)), named('\u00df'))).toBe(true)
    expect(
      matchesModel(
        name(test('startsWith', '\u039f\u0394\u039f\u03a3', true)),
        named('\u039f\u0394\u039f\u03a3\u0391\u03a3'),
      ),
    ).toBe(true)
  })
})

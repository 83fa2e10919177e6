import type { VersionFilter, VersionLeaf } from '../../contract/index.ts'
import { and, metric, not, oneOf, or, param, status, tag, test, text, time } from './filter-builders.ts'
import { type FilterGroup, operatorsOf, trickyTexts } from './filter-groups.ts'

const all = and<VersionLeaf>
const some = or<VersionLeaf>
const none = not<VersionLeaf>

const stages = ['None', 'Staging', 'Production', 'production', 'Archived', 'Nowhere']

export const versionFilterGroups: readonly FilterGroup<VersionFilter>[] = [
  {
    id: 'MG-FILTER-020',
    about: 'versions by model',
    filters: ({ prefix, models }) => [
      text('model', test('eq', `${prefix}tagged`)),
      text('model', test('eq', `${prefix}TAGGED`)),
      text('model', test('eq', `${prefix}TAGGED`, true)),
      text('model', test('eq', `${prefix}it's`)),
      text('model', test('ne', `${prefix}many`)),
      text('model', test('contains', 'd')),
      text('model', test('contains', '%')),
      text('model', test('endsWith', 'ed')),
      text('model', oneOf([])),
      text('model', oneOf([`${prefix}alpha`, `${prefix}staged`, `${prefix}line\nbreak`])),
      text('model', oneOf(models.map(({ name }) => name))),
    ],
  },
  {
    id: 'MG-FILTER-021',
    about: 'versions by number, which is a text',
    filters: () => [
      ...operatorsOf(['1', '10', '01', '12', ''], (...tests) => text('version', ...tests)),
      text('version', oneOf(['1', '2', 'x', '99999999999999999999'])),
      text('version', oneOf([])),
      text('version', test('eq', '99999999999999999999')),
      text('version', test('ne', 'x')),
    ],
  },
  {
    id: 'MG-FILTER-022',
    about: 'versions by description',
    filters: () => [
      ...operatorsOf(trickyTexts.slice(0, 16), (...tests) => text('description', ...tests)),
      text('description'),
      none(text('description')),
    ],
  },
  {
    id: 'MG-FILTER-023',
    about: 'versions by source',
    filters: ({ prefix }) => [
      ...operatorsOf(
        ['s3://bucket/models/43/1', `models:/${prefix}measured/1`, 's3://bucket/models/4', '%', '/1'],
        (...tests) => text('source', ...tests),
      ),
      text('source', test('startsWith', 'S3://', true)),
      text('source'),
    ],
  },
  {
    id: 'MG-FILTER-024',
    about: 'versions by tag',
    filters: () => [
      ...operatorsOf(trickyTexts, (...tests) => tag('value', ...tests)),
      tag('half', test('eq', 'odd')),
      tag('half'),
      none(tag('half')),
      none(tag('half', test('eq', 'odd'))),
      tag('value', oneOf(['plain', `both ' and "`])),
      tag(`quote'"\``),
      tag('with space'),
    ],
  },
  {
    id: 'MG-FILTER-025',
    about: 'versions by alias',
    filters: () => [
      text('alias'),
      none(text('alias')),
      ...operatorsOf(['champion', '1', 'a'], (...tests) => text('alias', ...tests)),
      text('alias', test('eq', 'CHAMPION', true)),
      text('alias', test('startsWith', 'c'), test('endsWith', 'r')),
      text('alias', oneOf(['ninth', 'old'])),
    ],
  },
  {
    id: 'MG-FILTER-026',
    about: 'versions by stage',
    filters: () => [
      ...stages.map((stage) => text('stage', test('eq', stage))),
      text('stage', test('ne', 'None')),
      none(text('stage', test('eq', 'None'))),
      text('stage', test('eq', 'PRODUCTION', true)),
      text('stage', oneOf(['Staging', 'Production'])),
      text('stage', test('contains', 'ing')),
    ],
  },
  {
    id: 'MG-FILTER-027',
    about: 'versions by status',
    filters: () => [
      status(),
      status('READY'),
      status('PENDING', 'FAILED'),
      status('UNKNOWN'),
      none(status('READY')),
    ],
  },
  {
    id: 'MG-FILTER-028',
    about: 'versions by run',
    filters: ({ runs }) => {
      const [first = 'none', second = 'none'] = runs.keys()
      return [
        text('runId', test('eq', first)),
        text('runId', test('ne', first)),
        text('runId', oneOf([first, second, 'f'.repeat(32)])),
        text('runId', oneOf([])),
        text('runId', test('startsWith', first.slice(0, 3))),
        text('runId'),
        none(text('runId')),
      ]
    },
  },
  {
    id: 'MG-FILTER-029',
    about: 'versions by a metric of their run',
    filters: () => {
      const operators = ['eq', 'gt', 'gte', 'lt', 'lte'] as const
      const values = [0.25, 0, -1, 1e-300, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
      return [
        ...operators.flatMap((operator) => values.map((value) => metric('auc', operator, value))),
        metric('val/loss 1', 'gte', 3),
        metric('no such metric', 'gte', 0),
        none(metric('auc', 'gte', 0.25)),
      ]
    },
  },
  {
    id: 'MG-FILTER-030',
    about: 'versions by a param of their run',
    filters: () => [
      param('depth'),
      param('depth', test('eq', '3')),
      param('depth', oneOf(['1', '2', '20'])),
      ...operatorsOf(['plain', '%', `'`, 'no'], (...tests) => param('odd', ...tests)),
      none(param('depth', test('eq', '3'))),
      param('no such param'),
    ],
  },
  {
    id: 'MG-FILTER-031',
    about: 'versions by time',
    filters: ({ versions }) => {
      const at = versions[Math.floor(versions.length / 2)]?.record.createdAt ?? new Date(0)
      const operators = ['gt', 'gte', 'lt', 'lte'] as const
      return operators.flatMap((operator) => [
        time('createdAt', operator, at),
        time('updatedAt', operator, versions[5]?.record.updatedAt ?? at),
        time('createdAt', operator, new Date(-1)),
      ])
    },
  },
  {
    id: 'MG-FILTER-032',
    about: 'versions by and, or, not',
    filters: ({ prefix }) => [
      all(),
      some(),
      none(all()),
      some(text('stage', test('eq', 'Staging')), tag('half', test('eq', 'odd'))),
      all(text('model', test('eq', `${prefix}many`)), none(text('version', oneOf(['1', '2', '3'])))),
      none(some(text('model', test('eq', `${prefix}many`)), metric('auc', 'gt', 0))),
      all(text('alias'), some(text('stage', test('eq', 'Archived')), text('version', test('eq', '2')))),
      none(all(text('model', test('eq', `${prefix}staged`)), text('alias'))),
      some(all(), text('alias')),
    ],
  },
  {
    id: 'MG-FILTER-033',
    about: 'versions by a part of a text, in its own case',
    filters: ({ prefix }) => [
      text('model', test('contains', 'ALPHA')),
      text('model', test('startsWith', `${prefix}z`)),
      text('description', test('contains', 'LAIN')),
      text('model', test('endsWith', 'Alpha')),
      tag('value', test('contains', 'LAIN')),
      tag('value', test('startsWith', 'P')),
      text('source', test('contains', 'BUCKET')),
      text('description', test('startsWith', 'P')),
      text('alias', test('startsWith', 'C')),
      text('alias', test('endsWith', 'PION')),
      text('source', test('startsWith', 'S3://')),
      param('odd', test('contains', 'LAIN')),
    ],
  },
]

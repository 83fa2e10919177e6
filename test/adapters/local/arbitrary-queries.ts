import fc from 'fast-check'
import type {
  Filter,
  ModelFilter,
  ModelLeaf,
  ModelOrder,
  TextTest,
  VersionFilter,
  VersionLeaf,
  VersionOrder,
} from '../../../src/contract/index.ts'
import { metricValues, oddTexts } from './odd-registry.ts'

/** Texts that are there, parts of them, and what can be nowhere. */
const texts = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...oddTexts) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '',
      's3://',
      '%',
      '_',
      '\\',
      'e',
      '\u0301',
      '1',
      '2',
      'champion',
      'Production',
      'PRODUCTION',
      'ss',
      'k',
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom('nul\0', 'a\0', '\0', '\ufffd') },
)
const ignoreCase = fc.oneof(
  { weight: 2, arbitrary: fc.constant(false) },
  { weight: 1, arbitrary: fc.constant(true) },
)

const textTest: fc.Arbitrary<TextTest> = fc.oneof(
  fc.record({
    operator: fc.constantFrom('eq', 'ne', 'contains', 'startsWith', 'endsWith'),
    value: texts,
    ignoreCase,
  }),
  fc.record({ operator: fc.constant('in'), values: fc.array(texts, { maxLength: 5 }), ignoreCase }),
)
const tests = fc.array(textTest, { minLength: 1, maxLength: 2 })
const tag = fc.record({
  kind: fc.constant('tag'),
  key: fc.constantFrom('team', 'Team', 'none', 'nul\0'),
  tests: fc.array(textTest, { maxLength: 2 }),
})
const time = fc.record({
  kind: fc.constant('time'),
  field: fc.constantFrom('createdAt', 'updatedAt'),
  operator: fc.constantFrom('gt', 'gte', 'lt', 'lte'),
  value: fc.nat(400).map((seconds) => new Date(Date.UTC(2026, 0, 1) + seconds * 1000)),
})

const modelLeaf: fc.Arbitrary<ModelLeaf> = fc.oneof(
  fc.record({ kind: fc.constant('text'), field: fc.constantFrom('name', 'description', 'alias'), tests }),
  tag,
  time,
)
const versionLeaf: fc.Arbitrary<VersionLeaf> = fc.oneof(
  fc.record({
    kind: fc.constant('text'),
    field: fc.constantFrom('model', 'version', 'description', 'source', 'alias', 'stage', 'runId'),
    tests,
  }),
  tag,
  time,
  fc.record({
    kind: fc.constant('status'),
    in: fc.subarray(['READY', 'PENDING', 'FAILED', 'UNKNOWN'] as const),
  }),
  fc.record({
    kind: fc.constant('metric'),
    key: fc.constantFrom('auc', 'rmse', 'none', 'nul\0'),
    operator: fc.constantFrom('eq', 'gt', 'gte', 'lt', 'lte'),
    value: fc.constantFrom(...metricValues, 3, -0),
  }),
  fc.record({ kind: fc.constant('param'), key: fc.constantFrom('depth', 'none', 'nul\0'), tests }),
)

export const modelFilters: fc.Arbitrary<ModelFilter> = treeOf(modelLeaf)
export const versionFilters: fc.Arbitrary<VersionFilter> = treeOf(versionLeaf)

function treeOf<Leaf>(leaf: fc.Arbitrary<Leaf>): fc.Arbitrary<Filter<Leaf>> {
  const { tree } = fc.letrec<{ tree: Filter<Leaf> }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf as fc.Arbitrary<Filter<Leaf>>,
      fc.record({
        kind: fc.constantFrom('and', 'or'),
        filters: fc.array(tie('tree'), { maxLength: 3 }),
      }) as fc.Arbitrary<Filter<Leaf>>,
      fc.record({ kind: fc.constant('not'), filter: tie('tree') }) as fc.Arbitrary<Filter<Leaf>>,
    ),
  }))
  return tree
}

const direction = fc.constantFrom('asc', 'desc')

export const modelOrders: fc.Arbitrary<ModelOrder[]> = fc.array(
  fc.record({ field: fc.constantFrom('name', 'createdAt', 'updatedAt'), direction }),
  { minLength: 1, maxLength: 2 },
)
export const versionOrders: fc.Arbitrary<VersionOrder[]> = fc.array(
  fc.oneof(
    fc.record({ field: fc.constantFrom('model', 'version', 'createdAt', 'updatedAt'), direction }),
    fc.record({
      field: fc.constant('metric'),
      key: fc.constantFrom('auc', 'rmse', 'none', 'nul\0'),
      direction,
    }),
  ),
  { minLength: 1, maxLength: 3 },
)

const foreignTexts = fc.oneof(texts, fc.constantFrom('a\0b', 'a\ud83d', '\ud83dz', 'a\udc00', 'zz', '\uffff'))

/** What may stand in a place that is made of a row of any registry. */
export const positions = fc.record({
  name: fc.option(foreignTexts),
  text: foreignTexts,
  version: fc.constantFrom('0', '1', '01', '2', '002', '3', '10', '9'.repeat(30), 'abc', '', '1a', '-1'),
  time: fc.option(fc.nat(400).map((seconds) => Date.UTC(2026, 0, 1) + seconds * 1000)),
  metric: fc.option(fc.constantFrom(...metricValues.filter((value) => !Number.isNaN(value)), 3, -0)),
})

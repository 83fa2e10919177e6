import fc from 'fast-check'
import type { TextFilter, Where } from './brute-force.ts'
import { oddTexts } from './odd-fleet.ts'

const fragments = [
  'ΟΔΟΣ',
  'ẞ',
  'ſ',
  ...oddTexts,
  '',
  '%',
  '_',
  '\\',
  "'",
  '"',
  'a',
  'A',
  'e',
  'ss',
  'i̇',
  '\u0000',
  '\n',
  '1',
  'champion',
]

/** @param wholes what stands in the rows, where that is not one of the odd texts. */
function text(wholes: readonly string[] = oddTexts): fc.Arbitrary<TextFilter> {
  const value = fc.oneof(fc.constantFrom(...fragments), fc.constantFrom(...wholes))
  const operator = fc.oneof(
    { weight: 3, arbitrary: value.map((eq): TextFilter => ({ eq })) },
    { weight: 2, arbitrary: value.map((ne): TextFilter => ({ ne })) },
    { weight: 2, arbitrary: fc.array(value, { maxLength: 5 }).map((list): TextFilter => ({ in: list })) },
    { weight: 3, arbitrary: value.map((contains): TextFilter => ({ contains })) },
    { weight: 2, arbitrary: value.map((startsWith): TextFilter => ({ startsWith })) },
    { weight: 2, arbitrary: value.map((endsWith): TextFilter => ({ endsWith })) },
    { weight: 1, arbitrary: fc.tuple(value, value).map(([contains, ne]): TextFilter => ({ contains, ne })) },
    { weight: 1, arbitrary: fc.constant<TextFilter>({}) },
  )
  return fc
    .tuple(operator, fc.boolean())
    .map(([filter, ignoreCase]) => (ignoreCase ? { ...filter, ignoreCase } : filter))
}

const time = (times: readonly string[]) =>
  fc.dictionary(fc.constantFrom('gt', 'gte', 'lt', 'lte'), fc.constantFrom(...times), { maxKeys: 2 })

const aliasNames = ['champion', 'Champion', 'CHAMPION', 'été', 'ÉTÉ'] as const

/** What some backend keeps in tags and the gateway does not show as one. */
const hiddenTags = ['modelgate.copied_from', 'alias.champion', 'stage', 'prod', 'approval'] as const

const tag: fc.Arbitrary<NonNullable<Where['tag']>> = fc.oneof(
  fc.record({ key: fc.constantFrom('team', 'tier', 'n', 'note', 'nothing'), value: text() }),
  fc.record({ key: fc.constantFrom('tier', 'nothing'), exists: fc.boolean() }),
  fc.record({ key: fc.constantFrom(...hiddenTags), exists: fc.boolean() }),
)

const number = fc.constantFrom(-1, 0, 0.1, 0.3, 0.6, 1e300)
const metric = fc.record({
  key: fc.constantFrom('auc', 'odd', 'nothing'),
  value: fc.dictionary(fc.constantFrom('eq', 'gt', 'gte', 'lt', 'lte'), number, { minKeys: 1, maxKeys: 2 }),
})

export function modelWhere(names: readonly string[], times: readonly string[]): fc.Arbitrary<Where> {
  return tree(
    fc.oneof(
      text(names).map((name) => ({ name })),
      text().map((description) => ({ description })),
      text(aliasNames).map((alias) => ({ alias })),
      tag.map((each) => ({ tag: each })),
      time(times).map((createdAt) => ({ createdAt })),
      time(times).map((updatedAt) => ({ updatedAt })),
    ),
  )
}

export function versionWhere(names: readonly string[], times: readonly string[]): fc.Arbitrary<Where> {
  const stage = fc.constantFrom('production', 'Production', 'STAGING', 'None', 'archived', 'Nonsense')
  return tree(
    fc.oneof(
      text(names).map((model) => ({ model })),
      text().map((description) => ({ description })),
      text(aliasNames).map((alias) => ({ alias })),
      tag.map((each) => ({ tag: each })),
      fc.constantFrom('1', '2', '3', '03', 'x').map((eq) => ({ version: { eq } })),
      fc.subarray(['1', '2', 'x']).map((list) => ({ version: { in: list } })),
      stage.map((eq) => ({ stage: { eq } })),
      fc.array(stage, { maxLength: 3 }).map((list) => ({ stage: { in: list } })),
      stage.map((ne) => ({ stage: { ne } })),
      fc.constantFrom('Prod', 'prod', 'ing').map((contains) => ({ stage: { contains } })),
      fc.subarray(['READY', 'PENDING', 'FAILED', 'UNKNOWN']).map((status) => ({ status })),
      fc
        .constantFrom('s3://', 'https://', '%', 'bucket', '_', '')
        .map((contains) => ({ source: { contains } })),
      fc.constantFrom('0', 'a', 'run-1-0').map((contains) => ({ runId: { contains } })),
      metric.map((each) => ({ metric: each })),
      fc
        .record({ key: fc.constantFrom('depth', 'text', 'nothing'), value: text() })
        .map((param) => ({ param })),
      time(times).map((createdAt) => ({ createdAt })),
      time(times).map((updatedAt) => ({ updatedAt })),
    ),
  )
}

/** Leaves alone and together in one object, under `and`, `or` and `not`, a few levels deep. */
function tree(leaf: fc.Arbitrary<Where>): fc.Arbitrary<Where> {
  const { where } = fc.letrec<{ where: Where }>((tie) => ({
    where: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      leaf,
      fc.tuple(leaf, leaf).map(([a, b]) => ({ ...a, ...b })),
      fc.array(tie('where'), { maxLength: 3 }).map((and) => ({ and })),
      fc.array(tie('where'), { maxLength: 3 }).map((or) => ({ or })),
      tie('where').map((not) => ({ not })),
    ),
  }))
  return where
}

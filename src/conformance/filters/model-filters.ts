import type { ModelFilter, ModelLeaf } from '../../contract/index.ts'
import { and, not, oneOf, or, tag, test, text, time } from './filter-builders.ts'
import { type FilterGroup, operatorsOf, trickyTexts } from './filter-groups.ts'

const all = and<ModelLeaf>
const some = or<ModelLeaf>
const none = not<ModelLeaf>

const names = (...tests: Parameters<typeof text>[1][]): ModelFilter => text('name', ...tests)

export const modelFilterGroups: readonly FilterGroup<ModelFilter>[] = [
  {
    id: 'MG-FILTER-001',
    about: 'models by name, exactly',
    filters: ({ prefix, models }) => [
      ...models.filter((_, index) => index % 3 === 0).map(({ name }) => names(test('eq', name))),
      names(test('eq', `${prefix}ALPHA`)),
      names(test('ne', `${prefix}alpha`)),
      names(test('eq', `${prefix}both ' and "`)),
      names(test('eq', `${prefix}line\nbreak`)),
      names(test('eq', `${prefix}back\\slash`)),
    ],
  },
  {
    id: 'MG-FILTER-002',
    about: 'models by one of several names',
    filters: ({ prefix, models }) => [
      names(oneOf([])),
      names(oneOf([`${prefix}alpha`])),
      names(oneOf(models.map(({ name }) => name))),
      names(
        oneOf([
          `${prefix}ALPHA`,
          `${prefix}line\nbreak`,
          `${prefix}it's`,
          `${prefix}say "hi"`,
          `${prefix}both ' and "`,
        ]),
      ),
      names(oneOf([`${prefix}ALPHA`, `${prefix}\u0130STANBUL`], true)),
      names(oneOf(Array.from({ length: 300 }, (_, index) => `${prefix}${index}`))),
    ],
  },
  {
    id: 'MG-FILTER-003',
    about: 'models by a part of the name',
    filters: ({ prefix }) =>
      trickyTexts
        .slice(0, 16)
        .flatMap((value) => [
          names(test('contains', value)),
          names(test('startsWith', prefix + value)),
          names(test('endsWith', value)),
        ]),
  },
  {
    id: 'MG-FILTER-004',
    about: 'models by name without regard to case',
    filters: ({ prefix }) => [
      names(test('eq', `${prefix}ALPHA`, true)),
      names(test('ne', `${prefix}ALPHA`, true)),
      names(test('contains', 'ZUL', true)),
      names(test('startsWith', `${prefix}CAF\u00c9`.toUpperCase(), true)),
      names(test('endsWith', '\u03bf\u03b4\u03bf\u03c2', true)),
      names(test('contains', 'kelvin', true)),
      names(test('contains', 'i\u0307stanbul', true)),
      names(test('contains', 'istanbul', true)),
      names(test('contains', 'A_B', true)),
    ],
  },
  {
    id: 'MG-FILTER-005',
    about: 'models by several tests of the name',
    filters: ({ prefix }) => [
      names(),
      names(test('startsWith', `${prefix}a`), test('endsWith', 'b')),
      names(test('contains', 'a'), test('ne', `${prefix}alpha`), oneOf([`${prefix}alpha`, `${prefix}ab`])),
    ],
  },
  {
    id: 'MG-FILTER-006',
    about: 'models by description',
    filters: ({ prefix }) => [
      ...operatorsOf(['No version yet.', `About ${prefix}Alpha`, 'About', ''], (...tests) =>
        text('description', ...tests),
      ),
      text('description'),
      text('description', test('contains', 'ABOUT', true)),
      none(text('description')),
    ],
  },
  {
    id: 'MG-FILTER-007',
    about: 'models by the value of a tag',
    filters: () => [
      ...operatorsOf(trickyTexts, (...tests) => tag('value', ...tests)),
      tag('value', oneOf([])),
      tag('value', oneOf(['plain', `it's`, '\u{1f600}', 'line\nbreak'])),
      tag('value', test('eq', 'PLAIN', true)),
      tag('value', oneOf(['PLAIN'], true)),
    ],
  },
  {
    id: 'MG-FILTER-008',
    about: 'models by the key of a tag',
    filters: () => [
      tag('value'),
      tag('VALUE'),
      tag('team'),
      tag('with space', test('ne', 'x')),
      tag('a.b/c:d-e_f', test('startsWith', 'of key')),
      tag('\u0431\u0443\u043a\u0432\u0430'),
      tag(`quote'"\``),
      tag('100%_'),
      tag('no such key'),
      tag(''),
      tag('nul\u0000'),
      none(tag('value')),
      none(tag('value', test('eq', 'plain'))),
    ],
  },
  {
    id: 'MG-FILTER-009',
    about: 'models by alias',
    filters: () => [
      text('alias'),
      none(text('alias')),
      ...operatorsOf(['champion', '\u00e9', 'a', 'nobody'], (...tests) => text('alias', ...tests)),
      text('alias', test('eq', 'CHAMPION', true)),
      text('alias', test('startsWith', 'c'), test('endsWith', 'r')),
      text('alias', oneOf(['old', 'ninth'])),
    ],
  },
  {
    id: 'MG-FILTER-010',
    about: 'models by time',
    filters: ({ models }) => {
      const at = models[Math.floor(models.length / 2)]?.createdAt ?? new Date(0)
      const operators = ['gt', 'gte', 'lt', 'lte'] as const
      return operators.flatMap((operator) => [
        time('createdAt', operator, at),
        time('updatedAt', operator, models[3]?.updatedAt ?? at),
        time('createdAt', operator, new Date(-1)),
        time('updatedAt', operator, new Date(Date.UTC(9999, 0))),
      ])
    },
  },
  {
    id: 'MG-FILTER-011',
    about: 'models by and, or, not',
    filters: ({ prefix }) => [
      all(),
      some(),
      none(all()),
      none(some()),
      some(names(test('eq', `${prefix}alpha`)), tag('value', test('eq', 'plain'))),
      all(names(test('contains', 'a')), some(tag('value', test('ne', 'plain')), text('alias'))),
      none(all(names(test('contains', 'a')), tag('value', test('contains', '%')))),
      none(none(names(test('startsWith', `${prefix}a`)))),
      some(all(names(test('contains', 'a')), none(tag('value', test('eq', '')))), all()),
      all(
        tag('value', test('ne', 'plain')),
        tag('value', test('ne', 'Plain')),
        none(names(test('endsWith', 'o'))),
      ),
      none(some(none(names(test('contains', 'a'))), text('description'))),
    ],
  },
  {
    id: 'MG-FILTER-012',
    about: 'models by a part of a text, in its own case',
    filters: ({ prefix }) => [
      names(test('contains', 'alph')),
      tag('value', test('contains', 'lain')),
      names(test('contains', 'ULU')),
      tag('value', test('startsWith', 'P')),
      names(test('startsWith', `${prefix}z`)),
      tag('value', test('endsWith', 'LAIN')),
      names(test('endsWith', 'Alpha')),
      text('description', test('contains', 'ABOUT')),
      text('alias', test('contains', 'hamp')),
      text('description', test('startsWith', 'about')),
      text('alias', test('startsWith', 'C')),
      text('alias', test('endsWith', 'PION')),
    ],
  },
]

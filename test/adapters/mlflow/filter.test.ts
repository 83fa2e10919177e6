import { describe, expect, it } from 'vitest'
import { mlflowConfigSchema } from '../../../src/adapters/mlflow/config.ts'
import { pushFilter } from '../../../src/adapters/mlflow/reads/filter.ts'
import { MlflowClient } from '../../../src/adapters/mlflow/wire/client.ts'
import { loadServerProfile } from '../../../src/adapters/mlflow/wire/server-profile.ts'
import type { Filter, ModelLeaf, TextTest, VersionLeaf } from '../../../src/contract/index.ts'
import { newCall } from '../counted-call.ts'

type Leaf = ModelLeaf | VersionLeaf

const unasked = new MlflowClient(mlflowConfigSchema.parse({ url: 'http://127.0.0.1:1' }), {
  unavailable() {},
  refused() {},
})
const profileOf = (version: string) => loadServerProfile(unasked, version, newCall())
const newest = await profileOf('3.17.2')
const older = await profileOf('2.22.4')
const oldest = await profileOf('1.30.1')

const eq = (value: string, ignoreCase = false): TextTest => ({ operator: 'eq', value, ignoreCase })
const oneOf = (...values: string[]): TextTest => ({ operator: 'in', values, ignoreCase: false })
const text = (field: 'name' | 'model' | 'version' | 'runId' | 'source', ...tests: TextTest[]) =>
  ({ kind: 'text', field, tests }) as Leaf
const tag = (key: string, ...tests: TextTest[]): Leaf => ({ kind: 'tag', key, tests })
const and = (...filters: Filter<Leaf>[]): Filter<Leaf> => ({ kind: 'and', filters })

describe('what of a filter MLflow is asked', () => {
  it.each<[Filter<Leaf> | null, string, string]>([
    [null, '', ''],
    [and(), '', ''],
    [text('name', eq('a')), "name IN ('a')", "name = 'a'"],
    [text('name', eq(`'"`)), "name IN ('\\u0027\\u0022')", "name LIKE '__'"],
    [text('name', eq('b', true)), "name ILIKE 'b'", "name ILIKE 'b'"],
    [text('model', oneOf('a', 'b', 'a')), "name IN ('a','b')", ''],
    [text('model', oneOf('a')), "name IN ('a')", "name = 'a'"],
    [text('runId', oneOf('a', 'b')), "run_id IN ('a','b')", "run_id IN ('a','b')"],
    [text('version', eq('3')), 'version_number = 3', 'version_number = 3'],
    [
      text('version', oneOf('3', 'x', '11')),
      'version_number >= 3 AND version_number <= 11',
      'version_number >= 3 AND version_number <= 11',
    ],
    [
      text('name', { operator: 'contains', value: '50%', ignoreCase: false }),
      "name LIKE '%50%%'",
      "name LIKE '%50%%'",
    ],
    [
      text('name', { operator: 'startsWith', value: 'a', ignoreCase: false }, eq('abc')),
      "name LIKE 'a%' AND name IN ('abc')",
      "name LIKE 'a%' AND name = 'abc'",
    ],
    [tag('team'), "tags.`team` LIKE '%'", "tags.`team` LIKE '%'"],
    [tag('a b/c:d', eq("it's")), 'tags.`a b/c:d` = "it\'s"', 'tags.`a b/c:d` = "it\'s"'],
    [
      tag('team', { operator: 'ne', value: 'x', ignoreCase: false }),
      "tags.`team` != 'x'",
      "tags.`team` != 'x'",
    ],
    [tag('team', oneOf('x', 'y')), "tags.`team` LIKE '%'", "tags.`team` LIKE '%'"],
    [
      and(text('name', eq('a')), and(tag('t', eq('1')))),
      "name IN ('a') AND tags.`t` = '1'",
      "name = 'a' AND tags.`t` = '1'",
    ],
  ])('%j', (filter, asNewest, asOlder) => {
    expect(pushFilter(filter, newest)).toMatchObject({ text: asNewest, impossible: false })
    expect(pushFilter(filter, older)).toMatchObject({ text: asOlder, impossible: false })
  })

  it.each<[string, Filter<Leaf>]>([
    ['the tag by which prompts are known', tag('mlflow.prompt.is_prompt', eq('true'))],
    ['a tag key that cannot be written', tag('a`b', eq('x'))],
    ['or', { kind: 'or', filters: [text('name', eq('a'))] }],
    ['not', { kind: 'not', filter: text('name', eq('a')) }],
    ['another name', text('name', { operator: 'ne', value: 'a', ignoreCase: false })],
    ['the source, for which the gateway has a tag', text('source', eq('s3://b/x'))],
    [
      'more names than the server reads',
      text('name', oneOf(...Array.from({ length: 1001 }, (_, n) => `n${n}`))),
    ],
    ['names without regard to case', text('name', { operator: 'in', values: ['a'], ignoreCase: true })],
    ['a description', { kind: 'text', field: 'description', tests: [eq('x')] }],
  ])('is nothing of %s', (_, filter) => {
    expect(pushFilter(filter, newest)).toMatchObject({ text: '', impossible: false })
  })

  it('is no version number and no list of an old server', () => {
    expect(pushFilter(and(text('version', eq('3')), text('runId', oneOf('a', 'b'))), oldest).text).toBe('')
  })

  it.each<[string, Filter<Leaf>]>([
    ['an empty list', text('name', oneOf())],
    ['an empty list of tag values', tag('t', oneOf())],
    ['or of nothing', and({ kind: 'or', filters: [] })],
    ['a version that is no number', text('version', eq('03'))],
    ['a name that no text can hold', text('name', eq('\ud800'))],
  ])('tells that nothing can match %s', (_, filter) => {
    expect(pushFilter(filter, newest).impossible).toBe(true)
  })

  it('tells the one model that rows can be of', () => {
    expect(pushFilter(and(tag('t'), text('model', eq('a'))), older).model).toBe('a')
    expect(pushFilter(text('model', oneOf('a')), older).model).toBe('a')
    expect(pushFilter(text('model', eq(`'"`)), newest).model).toBe(`'"`)
    expect(pushFilter(text('model', eq(`'"`)), older).model).toBeNull()
    expect(pushFilter(text('model', oneOf('a', 'b')), newest).model).toBeNull()
    expect(pushFilter(text('model', eq('a', true)), newest).model).toBeNull()
  })
})

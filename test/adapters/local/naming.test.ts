import { describe, expect, test } from 'vitest'
import {
  namingRules,
  requireAlias,
  requireModelName,
  requireTag,
} from '../../../src/adapters/local/naming.ts'

const names = {
  good: [
    'a',
    ' a ',
    'a@b',
    '100%',
    'it\'s "x"',
    'line\nbreak',
    '...',
    '.a',
    '😀',
    'a\\b',
    '<b>',
    'x'.repeat(256),
  ],
  bad: ['', ' ', '\n\t', '.', '..', 'a/b', 'a:b', 'nul\0', '\ud83d', 'x'.repeat(257)],
}
const aliases = {
  good: ['champion', 'CHAMPION', 'é', '数', '1', '-', '_x', 'v1a', 'latest1', 'v', 'x'.repeat(255)],
  bad: ['', 'latest', 'LaTeSt', 'v1', 'V22', 'v٣', 'a.b', 'a b', 'a/b', 'a@b', 'a\n', 'x'.repeat(256)],
}
const keys = {
  good: ['team', 'a.b/c:d-e_f', 'with space', 'буква', 'mlflow.x', '...', 'a/...', '.a', '数'],
  bad: [
    '',
    '/a',
    'a/',
    'a//b',
    '.',
    '..',
    '../a',
    'a/..',
    'a/./b',
    'a/../b',
    'a`b',
    "it's",
    'a@b',
    'a\nb',
    'x'.repeat(251),
  ],
}

describe.each([
  ['model name', names, requireModelName, namingRules.modelName.pattern],
  ['alias', aliases, requireAlias, namingRules.alias.pattern],
  ['tag key', keys, (key: string) => requireTag(key, ''), namingRules.tagKey.pattern],
] as const)('the rule for a %s', (_, { good, bad }, require, pattern) => {
  test.each(good)('allows %j', (text) => {
    expect(() => require(text)).not.toThrow()
    expect(text).toMatch(new RegExp(pattern, 'u'))
  })
  test.each(bad)('refuses %j, saying the rule', (text) => {
    expect(() => require(text)).toThrow(
      expect.objectContaining({
        code: 'BAD_USER_INPUT',
        message: expect.stringMatching(/is not allowed: 1 to 25\d/),
      }),
    )
    expect(text).not.toMatch(new RegExp(pattern, 'u'))
  })
})

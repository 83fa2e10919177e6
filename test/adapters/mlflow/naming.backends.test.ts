import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type NamingRule, type NamingRules, textLength } from '../../../src/contract/index.ts'
import { mlflowVersions } from '../../environment/provided.ts'
import { requireBackend } from '../../environment/require-backend.ts'
import { newCall } from '../counted-call.ts'
import { openRegistry } from './open-registry.ts'

const unique = randomUUID().slice(0, 8)

const modelNames = [
  ...[
    '',
    ' ',
    '\u00a0',
    '\u001c',
    '\u0085',
    '\ufeff',
    '\u200b',
    '.',
    '..',
    '...',
    '..a',
    'a..',
    '.a',
    '/',
    'a/b',
    'a:b',
  ],
  ...['a\nb', 'a\n', ' a ', 'été', '數', '😀', '%', "'", '"', '\\', '#?&', '\ud800', 'x'.repeat(250)],
]
const tagKeys = [
  ...['', ' ', '/a', 'a/', 'a//b', '//a', '.', '..', '...', '..a', '.a', 'a..', 'a.', './a', 'a/.', 'a/..'],
  ...[
    'a/../b',
    'a/..b',
    'a/.b',
    'a/...',
    'a:b',
    'a b',
    'é',
    '數',
    '²',
    'Ⅷ',
    '½',
    '_',
    '-',
    'a@',
    '\u0301',
    '\u0903',
  ],
  ...['\u203f', '\u200d', '😀', 'a#', 'x'.repeat(250), 'x'.repeat(251), '𝒳'.repeat(250), '𝒳'.repeat(251)],
]
const aliases = [
  ...[
    '',
    'latest',
    'LaTeSt',
    'v1',
    'V22',
    'v٣',
    'v1a',
    'v',
    'a.b',
    'a b',
    'é',
    '數',
    '²',
    'Ⅷ',
    '-',
    '_',
    '1',
    '😀',
  ],
  ...[
    '\u0301a',
    '\u203f',
    'a/b',
    'a:b',
    'a@b',
    'x'.repeat(255),
    'x'.repeat(256),
    '𝒳'.repeat(255),
    '𝒳'.repeat(256),
  ],
]

describe.each(mlflowVersions)('the naming rules of MLflow %s', (release) => {
  const model = `naming-${unique}`
  let url: string
  let naming: NamingRules

  beforeAll(async () => {
    requireBackend(`mlflow ${release}`)
    url = inject('mlflow')[release].url
    const registry = await openRegistry(url)
    naming = (await registry.describe(newCall())).naming
    await registry.close()
    await isTaken('registered-models/create', { name: model })
    await isTaken('model-versions/create', { name: model, source: 's3://bucket/model' })
  })
  afterAll(() => isTaken('registered-models/delete', { name: model }, 'DELETE'))

  /** Asks the server itself; what is there already is a good name too. */
  async function isTaken(path: string, body: object, method = 'POST'): Promise<boolean> {
    const response = await fetch(`${url}/api/2.0/mlflow/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const answer = (await response.json()) as { error_code?: string }
    if (response.ok || answer.error_code === 'RESOURCE_ALREADY_EXISTS') return true
    expect(answer.error_code).toBe('INVALID_PARAMETER_VALUE')
    return false
  }

  async function expectSame(
    rule: NamingRule | null,
    names: readonly string[],
    take: (name: string) => Promise<boolean>,
  ): Promise<void> {
    const pattern = new RegExp(rule?.pattern ?? '', 'u')
    const verdicts = new Map<string, boolean>()
    for (const name of names) verdicts.set(name, await take(name))
    expect(new Map(names.map((name) => [name, pattern.test(name)]))).toEqual(verdicts)
  }

  it('for models take in what the server does', () =>
    expectSame(naming.modelName, modelNames, async (name) => {
      const isGood = await isTaken('registered-models/create', { name })
      if (isGood) await isTaken('registered-models/delete', { name }, 'DELETE')
      return isGood
    }))

  it('for tags take in what the server does', () =>
    expectSame(naming.tagKey, tagKeys, (key) =>
      isTaken('registered-models/set-tag', { name: model, key, value: 'x' }),
    ))

  it('for aliases take in what the server does', () =>
    expectSame(naming.alias, aliases, (alias) =>
      isTaken('registered-models/alias', { name: model, alias, version: '1' }),
    ))

  it('say how long values are', async () => {
    const length = naming.tagValueMaxLength ?? 0
    const take = (value: string) => isTaken('registered-models/set-tag', { name: model, key: 'a', value })
    expect([await take('x'.repeat(length)), await take('x'.repeat(length + 1))]).toEqual([true, false])
    const smile = '\u{1f600}'
    expect(textLength(smile.repeat(length), naming.tagValueUnit)).toBe(length)
    expect([await take(smile.repeat(length)), await take(smile.repeat(length + 1))]).toEqual([true, false])
  })
})

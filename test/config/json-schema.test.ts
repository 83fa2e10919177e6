// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the configuration's own placeholders
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { createConfigJsonSchema } from '../../scripts/config-json-schema.ts'
import { loadConfig } from '../../src/config/index.ts'
import { builtInAdapters } from '../../src/gateway/connect-registry.ts'
import { createDirectory } from './sample-directory.ts'

const schema = createConfigJsonSchema(builtInAdapters)
const read = (name: string) => readFileSync(fileURLToPath(new URL(`../../${name}`, import.meta.url)), 'utf8')
const validator = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0])
const isValid = (text: string) => validator.safeParse(parse(text)).success

describe('config-schema.json', () => {
  it('is what the code says; after a change run: node scripts/write-config-schema.ts', () => {
    expect(JSON.parse(read('config-schema.json'))).toEqual(JSON.parse(JSON.stringify(schema)))
  })

  it.each([
    '{}',
    'registries: [{ name: a, adapter: mlflow, environment: dev, url: "http://a" }]',
    'registries: [{ name: a, adapter: "${A}", options: { any: thing } }]',
    'server: { port: "${PORT}" }',
    'x-shared: { any: [thing] }',
    'registries: [{ name: a, adapter: local, timeoutMs: "${MS:-5}" }]',
  ])('accepts %s', (text) => {
    expect(isValid(text)).toBe(true)
  })

  it.each([
    'servr: {}',
    'server: { port: "4000" }',
    'registries: [{ adapter: local }]',
    'registries: [{ name: a, adapter: mlflow }]',
    'registries: [{ name: a, adapter: local, url: "http://a" }]',
    'registries: [{ name: a/b, adapter: local }]',
    'registries: [{ name: a, adapter: ./a.js, url: "http://a" }]',
  ])('refuses %s', (text) => {
    expect(isValid(text)).toBe(false)
  })

  it('describes every key', () => {
    const undescribed: string[] = []
    const visit = (node: { [key: string]: unknown }, path: string) => {
      const properties = (node.properties ?? {}) as Record<string, { description?: string }>
      for (const [name, property] of Object.entries(properties)) {
        if (property.description === undefined) undescribed.push(`${path}.${name}`)
        visit(property, `${path}.${name}`)
      }
      for (const nested of [node.items, ...[node.oneOf ?? []].flat()]) {
        if (nested !== null && typeof nested === 'object') visit(nested as { [key: string]: unknown }, path)
      }
    }
    visit(schema, '')
    expect(undescribed).toEqual([])
  })
})

describe('examples/modelgate.yaml', () => {
  const text = read('examples/modelgate.yaml')

  it('points editors to the schema, and passes it', () => {
    expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=../config-schema.json')
    expect(isValid(text)).toBe(true)
  })

  it('loads, and shows the defaults as they are', async () => {
    const builtIns = builtInAdapters
    const directory = createDirectory({ 'modelgate.yaml': text, 'empty/modelgate.yaml': '' })
    const shown = await loadConfig({ env: { PROD_TOKEN: 't' }, directory, builtIns })
    const plain = await loadConfig({ env: {}, directory: `${directory}/empty`, builtIns })
    for (const key of ['environments', 'logicalModels', 'server', 'limits', 'federation'] as const) {
      expect(shown[key], key).toEqual(plain[key])
    }
    const { timeoutMs, maxConcurrency, circuit } = plain.registries[0] ?? {}
    expect(shown.registries[2]).toMatchObject({ timeoutMs, maxConcurrency, circuit })
  })
})

describe('the built-in adapters', () => {
  it.each([
    ['local', '', 'stags: []', 'did you mean "stages"?'],
    ['mlflow', 'url: "http://a", ', 'aut: {}', 'did you mean "auth"?'],
    ['mlflow', 'url: "http://a", ', 'auth: { beare: x }', 'did you mean "bearer"?'],
    ['mlflow', '', 'url: nonsense', 'is not a URL; write http://host:port'],
    ['mlflow', '', 'url: "http://u:canary@a"', 'must not hold credentials'],
  ])('%s with %s%s', async (adapter, needed, wrong, expected) => {
    const text = `registries: [{ name: a, adapter: ${adapter}, environment: dev, ${needed}${wrong} }]`
    const directory = createDirectory({ 'modelgate.yaml': text })
    const loaded = loadConfig({ env: {}, directory, builtIns: builtInAdapters })
    await expect(loaded).rejects.toThrow(expected)
    await expect(loaded).rejects.not.toThrow('canary')
  })
})

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { createConfigJsonSchema } from '../../scripts/config-json-schema.ts'
import { loadConfig } from '../../src/config/index.ts'
import type { JsonSchema } from '../../src/config/schema-outline.ts'
import { builtInAdapters } from '../../src/gateway/connect-registry.ts'
import { createDirectory } from './sample-directory.ts'

const text = readFileSync(fileURLToPath(new URL('../../docs/configuration.md', import.meta.url)), 'utf8')

describe('docs/configuration.md', () => {
  it('names every key there is', () => {
    const keys = new Set<string>()
    const visit = ({ properties = {}, items, oneOf = [] }: JsonSchema) => {
      for (const [key, property] of Object.entries(properties)) {
        keys.add(key)
        visit(property)
      }
      for (const nested of [items, ...oneOf]) if (typeof nested === 'object') visit(nested)
    }
    visit(createConfigJsonSchema(builtInAdapters))
    expect([...keys].filter((key) => !new RegExp(`[\`.{ ]${key}[\`.:, }[]`).test(text))).toEqual([])
  })

  it('says the defaults as they are', () => {
    const { properties = {} } = createConfigJsonSchema(builtInAdapters)
    for (const section of ['server', 'limits', 'federation', 'database']) {
      for (const [key, property] of Object.entries(properties[section]?.properties ?? {})) {
        // What is no plain value has rows of its own.
        if (property.default === undefined || typeof property.default === 'object') continue
        expect(text).toContain(`| \`${section}.${key}\` | \`${String(property.default)}\` |`)
      }
    }
  })

  const security = readFileSync(fileURLToPath(new URL('../../docs/security.md', import.meta.url)), 'utf8')
  const logical = readFileSync(
    fileURLToPath(new URL('../../docs/logical-models.md', import.meta.url)),
    'utf8',
  )
  const examples = [...`${text}\n${security}\n${logical}`.matchAll(/```yaml\n(.*?)```/gs)].map(
    (match) => match[1] ?? '',
  )

  it.each(examples)('has an example that loads: %s', async (example) => {
    const plugIn = `export const acme = {
      contractVersion: 1,
      name: 'acme',
      configSchema: { '~standard': { version: 1, vendor: 'acme', validate: (value) => ({ value }) } },
      connect() {},
    }`
    const directory = createDirectory({ 'modelgate.yaml': example, 'acme-adapter.js': plugIn })
    const env = { PROD_TOKEN: 'p', ACME_TOKEN: 'a', OIDC_SECRET: 'o' }
    const { registries } = await loadConfig({ env, directory, builtIns: builtInAdapters })
    expect(registries.map(({ broken }) => broken)).toEqual(registries.map(() => null))
  })
})

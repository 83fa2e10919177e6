// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the configuration's own placeholders
// biome-ignore-all lint/style/useTemplate: a placeholder within a template is hard to read
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { createConfigJsonSchema } from '../../scripts/config-json-schema.ts'
import { ConfigError, loadConfig } from '../../src/config/index.ts'
import type { JsonSchema } from '../../src/config/schema-outline.ts'
import { builtInAdapters } from '../../src/gateway/connect-registry.ts'
import { createDirectory } from './sample-directory.ts'

const canary = 'Canary4f1c'
const number = 918_273_645

async function problemsOf(text: string, files: Record<string, string> = {}): Promise<string> {
  const directory = createDirectory({ ...files, 'modelgate.yaml': text })
  try {
    const config = await loadConfig({ env: { SET: 'x' }, directory, builtIns: builtInAdapters })
    return config.registries.map(({ broken }) => broken ?? '').join('\n')
  } catch (error) {
    if (error instanceof ConfigError) return `${error.message}\n${JSON.stringify(error.problems)}`
    throw error
  }
}

const registry = (keys: string) => `registries: [{ name: a, adapter: mlflow, environment: dev, ${keys} }]`
const password = (text: string) =>
  registry(`url: "http://a", auth: { basic: { username: u, password: ${text} } }`)
const block = (text: string) => `database:\n  url: x\nregistries:\n  - name: a\n    token: ${text}\n`

/** What a slip makes of a secret. */
const slips: Record<string, string> = {
  'a password that begins with *': password(`*${canary}`),
  'a password that begins with &': password(`&${canary} &${canary}`),
  'a password that begins with !': password(`!${canary} x`),
  'a password that begins with %': `%${canary}\n---\na: b`,
  'a password that begins with @': block(`@${canary}`),
  'a password that begins with a backtick': block(`\`${canary}`),
  'a password that begins with a quote': block(`"${canary}`),
  'a password that begins with {': block(`{${canary}`),
  'a password that begins with [': block(`[${canary}`),
  'a password that begins with >': block(`>${canary}`),
  'a password that holds ": "': block(`x${canary}: y: ${canary}`),
  'a password with a backslash': block(`"\\q${canary}"`),
  'a password after a closed quote': block(`"x" ${canary}`),
  'a password on the line of a tab': `database:\n\turl: ${canary}\n`,
  'a password on two lines': `a: b\n${canary}\n  x: y\n`,
  'a password whose space is missing': registry(
    `url: "http://a", auth: { basic: { username:u, password:${canary} } }`,
  ),
  'a password without a key': registry(`url: "http://a", auth: { bearer, "x ${canary}" }`),
  'a password that a comma has cut': registry(`url: "http://a", auth: { bearer: x,${canary} }`),
  'a password that a comma has cut twice': registry(
    `url: "http://a", auth: { bearer: x,${canary},${canary} }`,
  ),
  'a password in an address that cannot be read': `database: { url: "postgres://u:${canary}@host:99999/x" }`,
  'a tag that is not known': password(`!secret ${canary}`),
  'two tags': password(`!!str !${canary} x`),
  'a tag on an alias': `a: &a b\nc: !${canary} *a\n`,
  'an alias with an anchor': `a: &a b\nc: &${canary} *a\n`,
  'an anchor without a name': password(`& ${canary}`),
  'a tag that does not fit': password(`!!seq ${canary}`),
  'a second document': `server: {}\n---\n${canary}: ${canary}\n`,
  'a list as a key': `? [${canary}]\n: ${canary}\n`,
  'a key that is too long': `${canary.repeat(200)}: x\n`,
  'aliases that repeat each other': `a: &a [${canary}, ${canary}]\n${[...'bcdefgh'].map((name, index) => `${name}: &${name} [${`*${'abcdefgh'[index]}, `.repeat(9)}]`).join('\n')}`,
  'a ${ that is not closed': password('"${' + canary + '"'),
  'a ${ around no name': password('"${' + canary + ' x}"'),
  'a default that is mistyped': password('"${SET:' + canary + '}"'),
  'a default after a single dash': password('"${SET-' + canary + '}"'),
  'a secret that holds a ${': password('"x${' + canary + '}y"'),
  'a key without its first line': registry(
    `url: "https://a", tls: { key: "${canary}\\n-----END PRIVATE KEY-----" }`,
  ),
  'a URL with credentials': registry(`url: "http://u:${canary}@a"`),
  'a database with credentials': `database: { url: "mysql://u:${canary}@a" }`,
  'a number for a text': password(String(number)),
  'a list of stages':
    'registries: [{ name: a, adapter: local, environment: dev, stages: [x, X, "' + canary + '/"] }]',
  'an exclusive stage': registry(`subscriptionId: x, stages: { exclusive: ["${canary}"] }`).replace(
    'mlflow',
    'azureml',
  ),
  'the name of a registry twice': `registries: [{ name: ${canary}, adapter: local, environment: dev }, { name: ${canary}, adapter: local, environment: dev }]`,
  'an environment twice': `environments: ["${canary}", "${canary}"]`,
  'an environment that is none': `registries: [{ name: a, adapter: local, environment: "${canary}" }]`,
  'an adapter that is none': `registries: [{ name: a, adapter: "${canary}", environment: dev }]`,
  'a rule for no registry': `logicalModels: [{ registry: "${canary}", name: "{name}" }]`,
  'a rule with an unknown placeholder': `logicalModels: [{ registry: "*", name: "{${canary}}" }]`,
  'a plug-in that quotes what it was given': `registries: [{ name: a, adapter: ./picky.js, environment: dev, options: { token: ${canary}, pin: ${number} } }]`,
  'a plug-in that throws what it was given': `registries: [{ name: a, adapter: ./throwing.js, environment: dev, options: { token: ${canary}, pin: ${number} } }]`,
}

const plugIn = (body: string) => `export default {
  contractVersion: 1, name: 'picky', connect() {},
  configSchema: { '~standard': { version: 1, vendor: 'picky', validate(value) { ${body} } } },
}`
const files = {
  'picky.js': plugIn(
    "return { issues: [{ message: 'bad ' + value.token + '/' + value.pin, path: ['token'] }] }",
  ),
  'throwing.js': plugIn("throw new Error('cannot use ' + JSON.stringify(value))"),
}

/** Node prints these to stderr. */
const warnings: string[] = []
const onWarning = ({ message }: Error) => warnings.push(message)
beforeAll(() => process.on('warning', onWarning))
afterAll(() => {
  process.off('warning', onWarning)
  expect(warnings.join()).not.toContain(canary)
})

describe('what is wrong with a configuration', () => {
  it.each(Object.entries(slips))('quotes no value: %s', async (_, text) => {
    const said = await problemsOf(text, files)
    expect(said).not.toBe('')
    expect(said).not.toContain(canary)
    expect(said).not.toContain(String(number))
  })

  const schema = createConfigJsonSchema(builtInAdapters)
  const wrongValues: Record<string, unknown> = {
    text: canary,
    number,
    list: [canary, number, [canary]],
    mapping: { [`${canary}:x`]: canary, [`y ${canary}`]: number },
    placeholder: '${' + canary + ' ',
  }

  it.each(pathsIn(schema))('quotes no value at %s', async (name) => {
    for (const [kind, value] of Object.entries(wrongValues)) {
      const said = await problemsOf(stringify(documentWith(name.split('.'), value)))
      expect(said, kind).not.toContain(canary)
      expect(said, kind).not.toContain(String(number))
    }
  })
})

/** Every key that there is, those of each adapter below `registries.ADAPTER`. */
function pathsIn({ properties = {} }: JsonSchema): string[] {
  return Object.entries(properties).flatMap(([key, property]) => {
    if (key !== 'registries') return [key, ...keysBelow(property).map((path) => `${key}.${path}`)]
    const items = property.items as JsonSchema
    return (items.oneOf ?? []).flatMap((variant) => {
      const adapter = String(
        (variant.properties?.adapter as { const?: string } | undefined)?.const ?? './none.js',
      )
      return keysBelow(variant).map((path) => `registries.${adapter.replaceAll('.', '|')}.${path}`)
    })
  })
}

function keysBelow(schema: JsonSchema): string[] {
  const nested = [schema.anyOf, schema.oneOf].flatMap((each) => each ?? []).flatMap(keysBelow)
  const own = Object.entries(schema.properties ?? {}).flatMap(([key, property]) => [
    key,
    ...keysBelow(property).map((path) => `${key}.${path}`),
  ])
  return [...new Set([...own, ...nested])]
}

function documentWith([first = '', second, ...path]: string[], value: unknown): unknown {
  if (first !== 'registries')
    return { [first]: second === undefined ? value : nest([second, ...path], value) }
  const adapter = second?.replaceAll('|', '.')
  return { registries: [{ name: 'a', adapter, environment: 'dev', ...(nest(path, value) as object) }] }
}

function nest(path: readonly string[], value: unknown): unknown {
  return path.reduceRight((inner, key) => ({ [key]: inner }), value)
}

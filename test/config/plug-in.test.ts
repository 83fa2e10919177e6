import { describe, expect, it } from 'vitest'
import type { GatewayConfig } from '../../src/config/index.ts'
import { loadText, problemsOf } from './sample-directory.ts'

const definition = (members = '') => `{
  contractVersion: 1,
  name: 'acme',
  configSchema: { '~standard': { version: 1, vendor: 'acme', validate: (value) =>
    typeof value.token === 'string' ? { value: { ...value, checked: true } } : { issues: [{ message: 'must be text', path: ['token'] }] } } },
  connect() {},
  ${members}
}`
const text = `registries:
  - { name: home, adapter: local, environment: dev }
  - name: acme
    adapter: ADAPTER
    environment: prod
    options: { token: t }
`
const withAdapter = (adapter: string) => text.replace('ADAPTER', adapter)

async function loadModule(source: string): Promise<GatewayConfig> {
  return loadText(withAdapter('./acme.mjs'), { files: { 'acme.mjs': source } })
}

describe('a plug-in', () => {
  it.each([
    ['a named export', `export const acme = ${definition()}`],
    ['the default export', `export default ${definition()}`],
    ['the default of several', `export const other = ${definition()}\nexport default ${definition()}`],
  ])('is found as %s, beside the file, and checks its own options', async (_, source) => {
    const config = await loadModule(source)
    expect(config.registries[1]).toMatchObject({
      name: 'acme',
      adapter: './acme.mjs',
      broken: null,
      definition: { name: 'acme' },
      options: { token: 't', checked: true },
    })
  })

  it.each(['import', 'default'])(
    'may be a package that exports under the condition "%s"',
    async (condition) => {
      const manifest = JSON.stringify({
        name: 'acme-ml',
        type: 'module',
        exports: { [condition]: './main.js' },
      })
      const files = {
        'node_modules/acme-ml/package.json': manifest,
        'node_modules/acme-ml/main.js': `export const acme = ${definition()}`,
      }
      const config = await loadText(withAdapter('acme-ml'), { files })
      expect(config.registries[1]).toMatchObject({ broken: null, definition: { name: 'acme' } })
    },
  )

  it('has the problems of its options reported at their place', async () => {
    const files = { 'acme.mjs': `export default ${definition()}` }
    const wrong = withAdapter('./acme.mjs').replace('{ token: t }', '{ token: 5 }')
    expect(await problemsOf(wrong, { files })).toEqual([
      'modelgate.yaml:6:23 registries[1].options.token: must be text',
    ])
  })

  it('takes keys under options only', async () => {
    const files = { 'acme.mjs': `export default ${definition()}` }
    const wrong = `${withAdapter('./acme.mjs')}    token: t\n    timeoutsMs: 5\n`
    expect(await problemsOf(wrong, { files })).toEqual([
      "modelgate.yaml:7:5 registries[1].token: is not a key that is known here; a plug-in's own keys stand under options",
      'modelgate.yaml:8:5 registries[1].timeoutsMs: is not a key that is known here; did you mean "timeoutMs"?',
    ])
  })
})

describe('a broken plug-in leaves the others be and says', () => {
  const cases: [string, string, string][] = [
    ['that it throws', 'throw new Error("no licence")', 'cannot be loaded (Error: no licence)'],
    ['that it does not parse', 'export const = 1', 'cannot be loaded ('],
    ['what it cannot import', 'import "./gone.mjs"', 'cannot be loaded (Error: Cannot find module'],
    ['that it exports no adapter', 'export const a = 1', 'exports no adapter; export what defineAdapter'],
    [
      'which version it is for',
      `export default { ...${definition()}, contractVersion: 2 }`,
      'is made for version 2 of the adapter contract and this gateway has version 1',
    ],
    [
      'what it lacks',
      'export default { contractVersion: 1, connect() {} }',
      'without name, configSchema (a Standard',
    ],
    [
      'that it has several',
      `export const a = ${definition()}\nexport const b = ${definition()}`,
      'exports several',
    ],
    [
      'that its schema throws',
      `export default { ...${definition()}, configSchema: { '~standard': { validate() { throw new Error('oops') } } } }`,
      'the configSchema of acme failed (Error: oops)',
    ],
  ]
  it.each(cases)('%s', async (_, source, expected) => {
    const [home, acme] = (await loadModule(source)).registries
    expect(home?.broken).toBeNull()
    expect(acme).toMatchObject({ name: 'acme', environment: 'prod' })
    expect(acme?.broken).toContain(expected)
    expect(acme?.broken).toContain('acme')
  })

  it('that its file is a folder', async () => {
    const config = await loadText(withAdapter('./acme'), { files: { 'acme/index.mjs': '' } })
    expect(config.registries[1]?.broken).toBe('./acme is a folder; name the module in it')
  })

  it('that its file is not there', async () => {
    const config = await loadText(withAdapter('./gone.mjs'))
    expect(config.registries[1]?.broken).toBe(
      './gone.mjs is not there; the path is relative to the configuration file',
    )
  })
})

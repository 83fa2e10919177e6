import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadConfig } from '../../src/config/index.ts'
import { sampleAdapters } from './sample-adapters.ts'
import { createDirectory, loadText, problemsOf } from './sample-directory.ts'

const builtIns = sampleAdapters

describe('without a file', () => {
  it('has a local registry for each environment and its database in the working directory', async () => {
    const directory = createDirectory({})
    const config = await loadConfig({ env: {}, directory, builtIns })
    expect(config.file).toBeNull()
    expect(config.registries.map(({ name, adapter, environment }) => [name, adapter, environment])).toEqual([
      ['dev', 'local', 'dev'],
      ['staging', 'local', 'staging'],
      ['prod', 'local', 'prod'],
    ])
    expect(config.database.url).toBe(`sqlite:${join(directory, '.modelgate/modelgate.db')}`)
    expect(config.server).toMatchObject({ host: '127.0.0.1', port: 4000, publicUrl: null, tls: null })
    expect(config.limits).toEqual({
      maxDepth: 12,
      maxTokens: 2000,
      maxAliases: 15,
      maxConnections: 20_000,
      maxSubscriptions: 1000,
    })
    expect(config.federation).toEqual({
      readBound: 20_000,
      copyTimeoutMs: 3_600_000,
      copyStallMs: 60_000,
      copyMaxBytes: 107_374_182_400,
    })
    expect(config.logicalModels).toEqual([{ registry: '*', name: '{name}' }])
  })
})

describe('which file', () => {
  const files = {
    'modelgate.yaml': 'server: { port: 1 }',
    'other.yaml': 'server: { port: 2 }',
    'third.yaml': 'server: { port: 3 }',
  }

  it('is modelgate.yaml, before it MODELGATE_CONFIG, before that the one that is named', async () => {
    const directory = createDirectory(files)
    const env = { MODELGATE_CONFIG: 'other.yaml' }
    expect((await loadConfig({ env: {}, directory, builtIns })).server.port).toBe(1)
    expect((await loadConfig({ env: { MODELGATE_CONFIG: '' }, directory, builtIns })).server.port).toBe(1)
    expect((await loadConfig({ env, directory, builtIns })).server.port).toBe(2)
    expect((await loadConfig({ env, directory, builtIns, file: 'third.yaml' })).server.port).toBe(3)
  })

  it('must be there when it is named', async () => {
    const directory = createDirectory({})
    await expect(loadConfig({ env: {}, directory, builtIns, file: 'no.yaml' })).rejects.toThrow(
      'no.yaml:1:1 there is no such file; check the path that --config names',
    )
    const env = { MODELGATE_CONFIG: 'no.yaml' }
    await expect(loadConfig({ env, directory, builtIns })).rejects.toThrow('that MODELGATE_CONFIG names')
  })

  it('must be a file', async () => {
    const directory = createDirectory({ 'folder/x': '' })
    await expect(loadConfig({ env: {}, directory, builtIns, file: 'folder' })).rejects.toThrow(
      'is a directory',
    )
  })
})

describe('a file', () => {
  it('gives registries with their own keys, their defaults and the options of their adapter', async () => {
    const config = await loadText(`
environments: [test, live]
registries:
  - { name: a, adapter: mlflow, environment: live, url: "http://a:5000", timeoutMs: 500, circuit: { failures: 2 } }
  - { name: b, adapter: local }
logicalModels:
  - { registry: b, name: "{environment}.{name}" }
`)
    expect(config.environments).toEqual(['test', 'live'])
    expect(config.registries).toEqual([
      {
        name: 'a',
        adapter: 'mlflow',
        environment: 'live',
        readOnly: false,
        timeoutMs: 500,
        maxConcurrency: 8,
        circuit: { failures: 2, probeIntervalMs: 2000 },
        catalog: {
          syncEveryMs: 60_000,
          sweepEveryMs: 3_600_000,
          staleAfterMs: 10_800_000,
          runs: true,
          sizes: false,
          staleIfError: false,
          isAskedFor: false,
        },
        broken: null,
        definition: builtIns.mlflow,
        options: { url: 'http://a:5000', verify: true },
      },
      expect.objectContaining({ name: 'b', environment: null, options: {} }),
    ])
  })

  it('takes no key of the catalog that does nothing', async () => {
    await expect(loadText('catalog: { everything: true }')).rejects.toThrow(/everything/)
  })

  it.each([
    ['catalog: { syncEvery: 1h, sweepEvery: 10m }', 'catalog.sweepEvery', /shorter than syncEvery/],
    ['catalog: { syncEvery: 1h, staleAfter: 10m }', 'catalog.staleAfter', /shorter than syncEvery/],
    [
      'catalog: { sweepEvery: 1h }\nregistries: [{ name: a, adapter: mlflow, environment: dev, url: "http://a", catalog: { staleAfter: 10m } }]',
      'registries[0].catalog.staleAfter',
      /shorter than sweepEvery/,
    ],
    [
      'catalog: false\nregistries: [{ name: a, adapter: local, environment: dev, catalog: { runs: false } }]',
      'registries[0].catalog',
      /take catalog: false out/,
    ],
  ])('refuses a catalog that contradicts itself: %s', async (text, place, words) => {
    const refused = await loadText(text).catch((error: Error) => error.message)
    expect(refused).toMatch(words)
    expect(refused).toContain(place)
  })

  it('takes what is written of a catalog as far as it can be so', async () => {
    const text =
      'catalog: { syncEvery: 1d }\nregistries: [{ name: a, adapter: local, environment: dev, catalog: { sweepEvery: 2d, staleAfter: 1d } }]'
    expect((await loadText(text)).registries).toMatchObject([{ catalog: { staleAfterMs: 86_400_000 } }])
  })

  it('says of each registry how it is kept in the catalog, or that it is not', async () => {
    const { registries } = await loadText(`
catalog: { syncEvery: 30s, staleIfError: true }
registries:
  - { name: a, adapter: local, environment: dev }
  - { name: b, adapter: local, environment: dev, catalog: { syncEvery: 2h, runs: false } }
  - { name: c, adapter: local, environment: dev, catalog: false }
  - { name: d, adapter: local, environment: dev, catalog: true }
`)
    expect(
      registries.map(({ catalog }) => catalog && [catalog.syncEveryMs, catalog.runs, catalog.isAskedFor]),
    ).toEqual([[30_000, true, false], [7_200_000, false, true], null, [30_000, true, true]])
    const none = await loadText('catalog: false')
    expect(none.registries.map(({ catalog }) => catalog)).toEqual([null, null, null])
  })

  it('may be empty, or hold nothing but a comment', async () => {
    expect((await loadText('')).registries).toHaveLength(3)
    expect((await loadText('# nothing yet\n')).registries).toHaveLength(3)
  })

  it('with environments of its own and no registries has a local one for each', async () => {
    const config = await loadText('environments: [one, two]')
    expect(config.registries.map(({ name, environment }) => [name, environment])).toEqual([
      ['one', 'one'],
      ['two', 'two'],
    ])
  })

  it('may share settings by anchors and merge keys', async () => {
    const config = await loadText(`
registries:
  - &first { name: a, adapter: mlflow, environment: dev, url: "http://a", timeoutMs: 700 }
  - { <<: *first, name: b }
`)
    expect(config.registries.map(({ name, timeoutMs }) => [name, timeoutMs])).toEqual([
      ['a', 700],
      ['b', 700],
    ])
  })

  it('may keep what only anchors refer to under keys x-…', async () => {
    const config = await loadText(`
x-slow: &slow { timeoutMs: 700 }
x-lists: [anything, { at: all }]
registries:
  - { name: a, adapter: local, environment: dev, <<: *slow }
`)
    expect(config.registries[0]?.timeoutMs).toBe(700)
    expect(config).not.toHaveProperty('x-slow')
    expect(await problemsOf('xslow: {}')).toEqual([expect.stringContaining('xslow: is not a key')])
  })

  it.each([
    ['sqlite:data/x.db', /^sqlite:\/.+\/data\/x\.db$/],
    ['sqlite:///var/x.db', /^sqlite:\/var\/x\.db$/],
    ['sqlite::memory:', /^sqlite::memory:$/],
    ['postgres://user:word@host/base', /^postgres:\/\/user:word@host\/base$/],
  ])('resolves the database %s against its own directory', async (url, expected) => {
    expect((await loadText(`database: { url: "${url}" }`)).database.url).toMatch(expected)
  })
})

describe('a file with mistakes', () => {
  it('reports every one of them with file, line, column, key and what to write', async () => {
    const text = `environments: [dev, prod, dev]
registries:
  - name: dev
    adapter: mlflow
    environment: dev
    url: nonsense
    auth: { berer: x }
    timeoutms: 3000
  - name: dev
    adapter: mlfow
    environment: prd
  - name: 1.10
    adapter: mlflow
    url: http://x
logicalModels:
  - { registry: devv, name: "{nam}" }
server: { port: yes, hots: a }
limits:
  maxDepth: 0
limits:
  maxDepth: 0
database:
`
    expect(await problemsOf(text)).toEqual([
      'modelgate.yaml:1:27 environments[2]: is environments[0] too; remove one of the two',
      'modelgate.yaml:6:10 registries[0].url: must be a URL; write for example http://mlflow:5000',
      'modelgate.yaml:7:13 registries[0].auth.berer: is not a key that is known here; did you mean "bearer"?',
      'modelgate.yaml:8:5 registries[0].timeoutms: is not a key that is known here; did you mean "timeoutMs"?',
      'modelgate.yaml:9:11 registries[1].name: is the name of registries[0] too; give each registry a name of its own',
      'modelgate.yaml:10:14 registries[1].adapter: there is no such adapter; did you mean "mlflow"?',
      'modelgate.yaml:11:18 registries[1].environment: is not one of the environments; did you mean "prod"?',
      'modelgate.yaml:12:5 registries[2].environment: is missing; write one of dev, prod, or name it by a rule of logicalModels that holds {environment}',
      'modelgate.yaml:12:11 registries[2].name: must be text, not a number; put it into quotes',
      'modelgate.yaml:16:17 logicalModels[0].registry: there is no such registry; did you mean "dev"?',
      'modelgate.yaml:16:29 logicalModels[0].name: holds a placeholder that is not known; did you mean "name"?',
      'modelgate.yaml:17:17 server.port: must be a number, not text; write for example 4000',
      'modelgate.yaml:17:22 server.hots: is not a key that is known here; did you mean "host"?',
      'modelgate.yaml:20:1 limits: is written twice in the same mapping; keep one of the two',
      'modelgate.yaml:21:13 limits.maxDepth: must be at least 1; write for example 12',
      'modelgate.yaml:22:10 database: is empty but must be a mapping (key: value); fill it in or leave the key out',
    ])
  })

  it.each([
    ['- a', '1:1 must be a mapping (key: value), not a list'],
    ['registries: []', '1:13 registries: must not be empty'],
    ['registries: [5]', '1:14 registries[0]: must be a mapping (key: value), not a number'],
    ['registries:\n  - adapter: local', '2:5 registries[0].name: is missing; write for example prod'],
    ['registries: [{ name: a, adapter: local, environment: x }]', 'write one of dev, staging, prod'],
    ['registries: [{ name: a/b, adapter: local, environment: dev }]', 'may hold letters, digits, "_", "-"'],
    ['server: { port: 70000 }', '1:17 server.port: must be at most 65535; write for example 4000'],
    ['server: { port: 1.5 }', '1:17 server.port: must be a whole number, not a number'],
    ['server: { host: 5 }', '1:17 server.host: must be text, not a number; put it into quotes'],
    ['database: { url: "mysql://x" }', 'must begin with sqlite: or postgres://'],
    ['logicalModels: [{ registry: "*", name: "x" }]', 'must hold {name}'],
    ['logicalModels: [{ registry: "*", name: "{name}{environment}" }]', 'put something between them'],
    ['logicalModels: [{ registry: "*", name: "{name}.{name}" }]', '{name} may stand in it once only'],
    ['registries: [{ name: a, adapter: mlflow, environment: dev }]', 'registries[0].url: is missing'],
    ['registries: [{ name: a, adapter: acme-ml, environment: dev }]', 'write one of mlflow, local'],
    [
      'registries: [{ name: a, adapter: mlflow, environment: dev, url: "http://a", auth: none }]',
      'registries[0].auth: must be a mapping (key: value)',
    ],
    ['server: &s { port: x }\nlimits: *s', '1:14 limits.port: is not a key'],
    ['server: *nowhere', 'Unresolved alias'],
  ])('%j: %s', async (text, expected) => {
    expect((await problemsOf(text)).join('\n')).toContain(expected)
  })

  it.each([
    ['server:\n\tport: 1', '2:1 is not valid YAML: Tabs are not allowed as indentation; indent with spaces'],
    ['server: { port: 1', '1:18 is not valid YAML'],
    ['server: {}\n---\nserver: {}', 'keep one document'],
    ['database: { url: !secret x }', 'remove the tag'],
  ])('that is not YAML: %j', async (text, expected) => {
    expect((await problemsOf(text)).join('\n')).toContain(expected)
  })

  it('does not quote from a file that is not YAML', async () => {
    const problems = await problemsOf('database: { url: "x" } canary-in-the-file: "x\n')
    expect(problems.length).toBeGreaterThan(0)
    expect(problems.join('\n')).not.toContain('canary')
  })

  it('finds the place of what an anchor brought in', async () => {
    const text =
      'registries:\n  - &a { name: a, adapter: local, environment: dve }\n  - { <<: *a, name: b }\n'
    expect(await problemsOf(text)).toEqual([
      expect.stringContaining('modelgate.yaml:2:48 registries[0].environment: is not one'),
      expect.stringContaining('modelgate.yaml:2:48 registries[1].environment: is not one'),
    ])
  })
})

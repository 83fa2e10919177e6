import { describe, expect, it } from 'vitest'
import { openWithHome } from './open-with-home.ts'
import { writePlugIn } from './plug-in-folder.ts'

const contract = new URL('../../src/contract/index.ts', import.meta.url).href

const list = `{ models { nodes { name registry { name } } complete
  sources { registry { name } state error { code message } } } }`

const inList = (body: string) =>
  `export default changed({ models: { list: async (query, call) => { ${body} } } })`

/** What is wrong, the plug-in, the state of its source, the code, and words of the message. */
type Hazard = readonly [title: string, text: string, state: string, code: string, words: string]

const ofLoading: readonly Hazard[] = [
  [
    'throws',
    'throw new Error("no licence")',
    'ERROR',
    'REGISTRY_ERROR',
    'cannot be loaded (Error: no licence)',
  ],
  ['exports nothing', 'export const x = 1', 'ERROR', 'REGISTRY_ERROR', 'exports no adapter'],
  [
    'is made for another contract',
    'export default define(() => adapter, { contractVersion: 2 })',
    'ERROR',
    'REGISTRY_ERROR',
    'is made for version 2 of the adapter contract and this gateway has version 1; install versions',
  ],
  [
    'writes the version of the contract as a text',
    'export default define(() => adapter, { contractVersion: "1" })',
    'ERROR',
    'REGISTRY_ERROR',
    'whose contractVersion is not the number 1; write contractVersion: 1',
  ],
  [
    'lacks a member of its definition',
    'export default define(() => adapter, { configSchema: undefined })',
    'ERROR',
    'REGISTRY_ERROR',
    'without configSchema (a Standard Schema)',
  ],
]

const ofConnecting: readonly Hazard[] = [
  [
    'throws',
    'export default define(() => { throw new TypeError("token hunter2") })',
    'ERROR',
    'REGISTRY_ERROR',
    'of "acme" failed in connect(); the log says why. Correct it and start the gateway anew.',
  ],
  [
    'hangs',
    'export default define(() => new Promise(() => {}))',
    'ERROR',
    'REGISTRY_ERROR',
    'of "acme" did not come back from connect() within 500 ms',
  ],
  [
    'gives nothing',
    'export default define(() => undefined)',
    'ERROR',
    'REGISTRY_ERROR',
    'gave from connect() an adapter without describe()',
  ],
  [
    'gives an adapter without a method that must be there',
    'export default define(() => ({ ...adapter, versions: { ...adapter.versions, latest: undefined } }))',
    'ERROR',
    'REGISTRY_ERROR',
    'an adapter without versions.latest(); implement it',
  ],
  [
    'gives half a facet of writes',
    'export default define(() => ({ ...adapter, writes: { ...writes, aliases: { delete: async () => {} } } }))',
    'ERROR',
    'REGISTRY_ERROR',
    'an adapter without writes.aliases.set(); implement it, or leave out the whole facet',
  ],
]

const ofDescribing: readonly Hazard[] = [
  [
    'declares a capability that it does not have',
    `export default changed({ describe: async () =>
       ({ ...description, levels: { ...description.levels, aliases: 'NATIVE' } }) })`,
    'ERROR',
    'REGISTRY_ERROR',
    'declares what it does not have: levels.aliases is NATIVE and the facet aliases is missing. Implement it',
  ],
  [
    'describes itself in another form',
    'export default changed({ describe: async () => ({ ...description, levels: {} }) })',
    'ERROR',
    'REGISTRY_ERROR',
    'describes itself with a "levels" that is not as the contract says',
  ],
]

const ofLists: readonly Hazard[] = [
  [
    'throws',
    inList('throw new TypeError("hunter2")'),
    'ERROR',
    'REGISTRY_ERROR',
    'of "acme" failed unexpectedly',
  ],
  ['throws undefined', inList('throw undefined'), 'ERROR', 'REGISTRY_ERROR', 'of "acme" failed unexpectedly'],
  [
    'throws before it gives a promise',
    'export default changed({ models: { list() { throw new Error("hunter2") } } })',
    'ERROR',
    'REGISTRY_ERROR',
    'of "acme" failed unexpectedly',
  ],
  ['answers nothing', inList(''), 'ERROR', 'REGISTRY_ERROR', 'gave models.list something that is no record'],
  [
    'gives rows without their fields',
    inList('return page([{ name: "a" }])'),
    'ERROR',
    'REGISTRY_ERROR',
    'gave models.list a "description" that is not as the contract says',
  ],
  [
    'gives times as texts',
    inList('return page([{ ...model("a"), createdAt: "2026-01-02" }])'),
    'ERROR',
    'REGISTRY_ERROR',
    'gave models.list a "createdAt"',
  ],
  [
    'gives a filter that is none',
    inList('return page([model("a")], { residue: { kind: "sql", where: "1=1" } })'),
    'ERROR',
    'REGISTRY_ERROR',
    'gave models.list a "residue"',
  ],
  [
    'gives a page that is the same again for ever',
    inList('return page([], { continuation: "more" })'),
    'ERROR',
    'REGISTRY_ERROR',
    'the same continuation again, so that the list would never end',
  ],
  [
    'gives pages for ever, at once',
    inList('return page([], { continuation: String(Number(query.continuation) + 1) })'),
    'TIMEOUT',
    'REGISTRY_TIMEOUT',
    '"acme" did not answer within 500 ms',
  ],
  [
    'gives rows for ever, in no order',
    inList(`const next = Number(query.continuation) + 1
      const items = Array.from({ length: 1000 }, (_, index) => model('m' + next + '-' + index))
      return page(items, { continuation: String(next), ordered: false })`),
    'ERROR',
    'LIMIT_EXCEEDED',
    '"acme" has more than 20000 rows to read for this list',
  ],
  [
    'gives many more rows than were wanted',
    inList('return page(Array.from({ length: 30_000 }, (_, index) => model("m" + index)))'),
    'ERROR',
    'LIMIT_EXCEEDED',
    'gave models.list 30000 rows at once where 51 were wanted and 20000 are allowed; give pages',
  ],
  [
    'gives rows with a getter that throws',
    inList('return page([{ ...model("a"), get tags() { throw new Error("hunter2") } }])'),
    'ERROR',
    'REGISTRY_ERROR',
    'acme.mjs of "acme" failed unexpectedly',
  ],
  [
    'gives a page with a getter that throws',
    inList('return { ...page([]), get items() { throw new Error("hunter2") } }'),
    'ERROR',
    'REGISTRY_ERROR',
    'acme.mjs of "acme" failed unexpectedly',
  ],
  [
    'ignores its signal and never answers',
    inList('await new Promise(() => {})'),
    'TIMEOUT',
    'REGISTRY_TIMEOUT',
    '"acme" did not answer within 500 ms',
  ],
  [
    'fails with a code that is none',
    `import { RegistryError } from '${contract}'
     ${inList('throw new RegistryError("OUT_OF_COFFEE", "No.")')}`,
    'ERROR',
    'REGISTRY_ERROR',
    'failed with "OUT_OF_COFFEE", which is none of the error codes',
  ],
]

describe.each([
  ['as it is loaded', ofLoading],
  ['in connect', ofConnecting],
  ['in describe', ofDescribing],
  ['in a list', ofLists],
])('a plug-in that goes wrong %s', (_, hazards) => {
  it.each(hazards)(
    '%s: leaves the others’ rows, and says what is wrong',
    async (_, text, state, code, words) => {
      const plugIn = writePlugIn(text)
      const gateway = await openWithHome(plugIn)
      const startedAt = performance.now()
      const { models } = await gateway.data(list)
      expect(performance.now() - startedAt).toBeLessThan(2000)
      expect(models.nodes).toEqual([{ name: 'at-home', registry: { name: 'home' } }])
      expect(models.complete).toBe(false)
      expect(models.sources).toMatchObject([
        { state, error: { code } },
        { state: 'OK', error: null },
      ])
      const { message } = models.sources[0].error
      expect(message).toContain(words)
      expect(message).toMatch(/acme/)
      expect(message).not.toContain('hunter2')
    },
  )
})

it('a plug-in that gives its rows in the wrong order has them sorted', async () => {
  const gateway = await openWithHome(writePlugIn(inList('return page([model("c"), model("a"), model("b")])')))
  const { models } = await gateway.data(list)
  expect(models.nodes.map(({ name }: { name: string }) => name)).toEqual(['a', 'at-home', 'b', 'c'])
  expect(models.complete).toBe(true)
})

// At the same time, as they wait for limits to pass.
describe.concurrent('a plug-in does not keep the gateway', () => {
  it('from starting while it never finishes loading', async (test) => {
    const plugIn = writePlugIn('await new Promise(() => {})\nexport default define(() => adapter)')
    const gateway = await openWithHome(plugIn, test.onTestFinished)
    const { models } = await gateway.data(list)
    expect(models.nodes).toHaveLength(1)
    expect(models.sources[0].error.message).toBe(
      `${plugIn} cannot be loaded (Error: it did not finish loading within 10 s); correct the plug-in, or take the registry out`,
    )
  })

  it('from starting while its configSchema never answers', async (test) => {
    const never = `{ '~standard': { version: 1, vendor: 'acme', validate: () => new Promise(() => {}) } }`
    const plugIn = writePlugIn(`export default define(() => adapter, { configSchema: ${never} })`)
    const gateway = await openWithHome(plugIn, test.onTestFinished)
    const { models } = await gateway.data(list)
    expect(models.nodes).toHaveLength(1)
    expect(models.sources[0].error.message).toContain(
      'the configSchema of acme failed (Error: it did not finish',
    )
  })

  it.for(['async () => { throw new Error("no") }', '() => new Promise(() => {})', '() => { throw 5 }'])(
    'from ending when its close is %s',
    async (close, test) => {
      const plugIn = writePlugIn(`export default changed({ close: ${close} })`)
      const gateway = await openWithHome(plugIn, test.onTestFinished)
      const startedAt = performance.now()
      await gateway.close()
      expect(performance.now() - startedAt).toBeLessThan(5000)
    },
  )
})

describe('a plug-in that goes wrong in a batch', () => {
  const query = `{ home: model(registry: "home", name: "at-home") { name }
    acme: model(registry: "acme", name: "a") { name versions { nodes { version } } latestVersion { version } } }`

  it.each([
    ['models: { get: async () => [] }', 'gave 0 outcomes for 1 keys in models.get'],
    ['models: { get: async () => "a" }', 'gave models.get an answer of another form'],
    ['models: { get: async () => [undefined] }', 'gave models.get something that is no record'],
    ['models: { get: async () => [{ ...model("a"), tags: null }] }', 'gave models.get a "tags"'],
    ['models: { get: () => { throw 5 } }', 'of "acme" failed unexpectedly'],
    [
      'versions: { ofModels: async () => [{ versions: [{}], complete: true }] }',
      'gave versions.ofModels a "versions"',
    ],
    ['versions: { latest: async () => [5] }', 'gave versions.latest something that is no'],
    [
      'models: { get: async () => [model("b")] }',
      'gave models.get something else where "a" was asked for; give the outcomes in the order of the keys',
    ],
    [
      'models: { get: async () => [{ ...model("a"), latestVersions: [version("b")] }] }',
      'gave models.get a "latestVersions"',
    ],
    [
      'versions: { ofModels: async () => [{ versions: [version("b")], complete: true }] }',
      'gave versions.ofModels something else where "a" was asked for',
    ],
    [
      'versions: { latest: async () => [[version("b")]] }',
      'gave versions.latest something else where "a" was asked for',
    ],
    [
      'models: { get: async () => [{ ...model("a"), get tags() { throw new Error("hunter2") } }] }',
      'acme.mjs of "acme" failed unexpectedly',
    ],
  ])('%s: gives nulls with an error that names it', async (changes, words) => {
    const gateway = await openWithHome(writePlugIn(`export default changed({ ${changes} })`))
    const { data, errors } = await gateway.ask(query)
    expect(data.home).toEqual({ name: 'at-home' })
    expect(errors).toHaveLength(1)
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'REGISTRY_ERROR', registry: 'acme' })
    expect(errors?.[0]?.message).toContain(words)
  })
})

it.each([
  [
    'versions: { get: async () => [version("b")] }',
    'modelVersion(registry: "acme", model: "a", version: "1") { version }',
    'gave versions.get something else where {"model":"a","version":"1"} was asked for',
  ],
  [
    'versions: { get: async () => [version("a")] }',
    'modelVersion(registry: "acme", model: "a", version: "2") { version }',
    'gave versions.get something else where {"model":"a","version":"2"} was asked for',
  ],
  [
    `describe: async () => ({ ...description, levels: { ...description.levels, aliases: 'NATIVE' } }),
     aliases: { resolve: async () => [version("b")] }`,
    'resolveModelUri(uri: "models://acme/a@prod") { version }',
    'gave aliases.resolve something else where {"model":"a","alias":"prod"} was asked for',
  ],
  [
    `describe: async () => ({ ...description, levels: { ...description.levels, runs: 'NATIVE' } }),
     versions: { get: async () => [{ ...version("a"), runId: "r" }] },
     runs: { get: async () => [{ runId: "s", name: null, status: null, startedAt: null, endedAt: null,
       metrics: [], params: [], url: null }] }`,
    'modelVersion(registry: "acme", model: "a", version: "1") { run { name } }',
    'gave runs.get something else where "r" was asked for',
  ],
])(
  'a plug-in that gives another record than was asked for (%s) is not believed',
  async (changes, field, words) => {
    const gateway = await openWithHome(writePlugIn(`export default changed({ ${changes} })`))
    const { errors } = await gateway.ask(`{ ${field} }`)
    expect(errors).toHaveLength(1)
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'REGISTRY_ERROR', registry: 'acme' })
    expect(errors?.[0]?.message).toContain(words)
  },
)

it.each(['NaN', '-1', '1.5', 'Infinity'])(
  'a plug-in that gives %s for a number of bytes is told which field is wrong',
  async (size) => {
    const text = `export default changed({ versions: { get: async () => [{ ...version("a"), sizeBytes: ${size} }] } })`
    const gateway = await openWithHome(writePlugIn(text))
    const { errors } = await gateway.ask(
      '{ modelVersion(registry: "acme", model: "a", version: "1") { sizeBytes } }',
    )
    expect(errors?.map(({ extensions }) => extensions)).toMatchObject([
      { code: 'REGISTRY_ERROR', registry: 'acme' },
    ])
    expect(errors?.[0]?.message).toContain('gave versions.get a "sizeBytes" that is not as the contract says')
  },
)

it.each(['NaN', '1.5'])('a plug-in that gives %s for a step is told so', async (step) => {
  const text = `export default changed({
    describe: async () => ({ ...description, levels: { ...description.levels, runs: 'NATIVE' } }),
    versions: { get: async () => [{ ...version("a"), runId: "r" }] },
    runs: { get: async () => [{ runId: "r", name: null, status: null, startedAt: null, endedAt: null,
      metrics: [{ key: 'auc', value: NaN, step: ${step} }], params: [], url: null }] } })`
  const gateway = await openWithHome(writePlugIn(text))
  const { errors } = await gateway.ask(
    '{ modelVersion(registry: "acme", model: "a", version: "1") { run { name } } }',
  )
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'REGISTRY_ERROR', registry: 'acme' })
  expect(errors?.[0]?.message).toContain('gave runs.get a "metrics" that is not as the contract says')
})

describe('a plug-in that goes wrong in a write', () => {
  const mutation = `mutation { createModelVersion(input: {model: {key: {registry: "acme", name: "a"}}, source: "s3://b/c"})
    { modelVersion { version } } }`
  const withWrites = (changes: string) =>
    `export default changed({ writes: { ...writes, versions: { ...writes.versions, ${changes} } } })`

  it.each([
    ['create: async () => ({ version: 2 })', 'gave versions.create an answer of another form'],
    ['create: async () => { throw new Error("hunter2") }', 'of "acme" failed unexpectedly'],
    ['create: () => new Promise(() => {})', '"acme" did not answer within'],
  ])('%s: says that the outcome is not known', async (changes, words) => {
    const gateway = await openWithHome(writePlugIn(withWrites(changes)))
    const { data, errors } = await gateway.ask(mutation)
    expect(data?.createModelVersion ?? null).toBeNull()
    expect(errors?.[0]?.message).toContain(words)
    expect(errors?.[0]?.message).toMatch(/Whether it was written is not known\.$/)
    expect(errors?.[0]?.message).not.toContain('hunter2')
  })
})

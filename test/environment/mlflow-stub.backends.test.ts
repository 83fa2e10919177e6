import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type MlflowStub, startMlflowStub } from './mlflow-stub.ts'
import { mlflowVersions } from './provided.ts'
import { runMlflowClient } from './python.ts'

const names = [
  'Sb-a',
  'sb-A',
  'sb-a',
  "sb-it's",
  'sb-q"q',
  'sb-%',
  'sb-x_y',
  'sb-back\\slash',
  'sb-é',
  'sb-😀',
]
const tagged = { 'sb-a': 'one', 'sb-A': 'two', 'sb-%': 'One' }

const modelFilters = [
  ...["name = 'sb-a'", "name != 'sb-a'", "name LIKE 'sb-%'", "name ILIKE 'SB-a'", "name LIKE 'sb-x_y'"],
  ...[
    "name LIKE 'sb-\\%'",
    'name = "sb-it\'s"',
    "name = 'sb-it''s'",
    "name = 'sb-it\\'s'",
    "name = 'sb-q\"q'",
  ],
  ...[
    "name LIKE 'sb-_'",
    "tags.sb = 'one'",
    "tags.sb != 'one'",
    "tag.`sb` ILIKE 'one'",
    'tags."sb" LIKE \'%e\'',
  ],
  ...["name like 'sb-%' and tags.sb = 'two'", "attribute.name = 'sb-a'", "name = 'sb-back\\slash'"],
  ...["name = 'sb-😀'", "name IN ('sb-a', \"sb-it's\")", "name NOT IN ('sb-a')", 'name IN ()'],
  ...[
    "name = 'a' OR name = 'b'",
    "name == 'a'",
    "tags.sb IN ('one')",
    '   ',
    "description = 'x'",
    'name = 5',
  ],
  ...["name LIKE 'sb-%' AND", "name > 'a'", "(name = 'sb-a')", "name NOT LIKE 'x'"],
]
const versionFilters = [
  ...["name = 'sb-a'", "name = 'sb-a' AND version_number > 1", "name = 'sb-a' AND version_number = '2'"],
  ...[
    "name LIKE 'sb-%' AND run_id = ''",
    "source_path = 's3://bucket/2'",
    "name = 'sb-a' AND version_number IN (1)",
  ],
  ...["name IN ('sb-a', 'sb-A')", "tags.sbv = 'v'", "name LIKE 'sb-%' AND version_number <= 1"],
]

const seed = `
for name in argument['names']:
    client.create_registered_model(name)
for name, value in argument['tagged'].items():
    client.set_registered_model_tag(name, 'sb', value)
for number in range(1, 4):
    client.create_model_version('sb-a', source=f's3://bucket/{number}', tags={'sbv': 'v'} if number == 2 else {})
client.create_model_version('sb-A', source='s3://bucket/A')
client.set_registered_model_alias('sb-a', 'champion', '2')
client.transition_model_version_stage('sb-a', '3', 'Production')
`

describe.each(mlflowVersions)('the stub beside a real MLflow %s', (version) => {
  const real = inject('mlflow')[version]
  let stub: MlflowStub
  beforeAll(async () => {
    stub = await startMlflowStub({ version })
    await runMlflowClient(real, seed, { argument: { names, tagged } })
    for (const name of names) stub.store.addModel(name)
    for (const [name, value] of Object.entries(tagged)) stub.store.models.get(name)?.tags.set('sb', value)
    for (const number of [1, 2, 3])
      stub.store.addVersion('sb-a', {
        source: `s3://bucket/${number}`,
        tags: number === 2 ? { sbv: 'v' } : {},
        stage: number === 3 ? 'Production' : 'None',
      })
    stub.store.addVersion('sb-A', { source: 's3://bucket/A' })
    stub.store.setAlias('sb-a', 'champion', 2)
  })
  afterAll(() => stub.close())

  const get = async (url: string, path: string, query: Record<string, string>) => {
    const answer = await fetch(`${url}/api/2.0/mlflow/${path}?${new URLSearchParams(query)}`)
    const isJson = answer.headers.get('content-type')?.includes('json') ?? false
    return { status: answer.status, body: isJson ? ((await answer.json()) as Record<string, unknown>) : {} }
  }
  const both = (path: string, query: Record<string, string>) =>
    Promise.all([real.url, stub.url].map((url) => get(url, path, query)))
  /** Other suites write to the same server: only rows of this one count. */
  const rowsOf = ({ status, body }: { status: number; body: Record<string, unknown> }) => {
    if (status !== 200) return status
    const rows = (body.registered_models ?? body.model_versions ?? []) as { name: string; version?: string }[]
    return rows.filter(({ name }) => /^sb-/i.test(name)).map(({ name, version = '' }) => `${name} ${version}`)
  }

  it.each(modelFilters)('finds the same models by %s', async (filter) => {
    const [expected, actual] = await both('registered-models/search', { filter, max_results: '1000' })
    expect(rowsOf(actual as never)).toEqual(rowsOf(expected as never))
  })

  it.each(versionFilters)('finds the same versions by %s', async (filter) => {
    const [expected, actual] = await both('model-versions/search', { filter, order_by: 'name' })
    expect(rowsOf(actual as never)).toEqual(rowsOf(expected as never))
  })

  it.each([
    ['registered-models/get', { name: 'sb-a' }],
    ['registered-models/get', { name: 'sb-%' }],
    ['registered-models/get', { name: 'sb-none' }],
    ['model-versions/get', { name: 'sb-a', version: '2' }],
    ['model-versions/get', { name: 'sb-a', version: '9' }],
    ['model-versions/get', { name: 'sb-a', version: 'x' }],
    ['registered-models/alias', { name: 'sb-a', alias: 'champion' }],
    ['registered-models/alias', { name: 'sb-a', alias: 'nobody' }],
    ['registered-models/alias', { name: 'sb-a', alias: 'latest' }],
    ['model-versions/get-download-uri', { name: 'sb-a', version: '1' }],
    ['registered-models/search', { max_results: '1001' }],
    ['registered-models/search', { order_by: 'creation_timestamp' }],
    ['registered-models/search', { page_token: 'broken' }],
    ['model-versions/search', { max_results: '0' }],
  ] as [string, Record<string, string>][])('answers %s %j alike', async (path, query) => {
    const [expected, actual] = await both(path, query)
    expect(withoutLuck(actual)).toEqual(withoutLuck(expected))
  })
})

/** Times, texts of errors and the order of embedded lists differ from run to run. */
const withoutLuck = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutLuck).sort(byText)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(
    ([key, field]) =>
      !/timestamp|^message$|^sqlstate$|^error_class$/.test(key) && !(key === 'description' && field === ''),
  )
  return Object.fromEntries(kept.map(([key, field]) => [key, withoutLuck(field)]))
}

const byText = (left: unknown, right: unknown) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1)

import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { createLocalStore } from '../../src/adapters/local/store/local-store.ts'
import { boss, openPermitted, type PermittedGateway, type Who } from '../gateway/open-permitted.ts'
import { substitute, type VariableValues } from './grafana-variables.ts'

interface Target {
  readonly type: string
  readonly source: string
  readonly url: string
  readonly url_options: {
    readonly method: string
    readonly body_type: string
    readonly body_graphql_query: string
    readonly body_graphql_variables: string
  }
  readonly root_selector: string
  readonly columns: readonly { readonly selector: string; readonly text: string; readonly type: ColumnType }[]
}

type ColumnType = 'string' | 'number' | 'timestamp'

interface Variable {
  readonly name: string
  readonly type: string
  readonly multi?: boolean
  readonly query: string | { readonly infinityQuery: Target }
  readonly current: { readonly value?: string | readonly string[] }
}

interface Dashboard {
  readonly panels: readonly {
    readonly title: string
    readonly datasource: object
    readonly targets: readonly Target[]
  }[]
  readonly templating: { readonly list: readonly Variable[] }
}

const folder = 'examples/grafana'
const dashboard: Dashboard = JSON.parse(readFileSync(`${folder}/dashboards/modelgate.json`, 'utf8'))
const variables = dashboard.templating.list
const ladder = ['dev', 'prod']
const reader: Who = { principal: 'token:grafana', default: 'READ' }

let gateway: PermittedGateway

beforeAll(async () => {
  gateway = await openPermitted({
    environments: ladder,
    registries: ladder.map((name) => ({ name: `${name}-registry`, adapter: 'local', environment: name })),
    logicalModels: [{ registry: '*', name: '{name}' }],
    auth: {},
  })
  for (const name of ladder) {
    const store = createLocalStore(gateway.database, `${name}-registry`)
    const [startedAt, endedAt] = [new Date(1e12), new Date(1e12 + 5000)]
    await store.runs.log({
      runId: 'r',
      metrics: [{ key: 'auc', value: name === 'dev' ? 0.9 : 0.8 }],
      startedAt,
      endedAt,
    })
    await store.models.create({ name: 'fraud', description: null, tags: [{ key: 'team', value: 'risk' }] })
    for (const [version, runId] of [
      ['1', 'r'],
      ['2', null],
    ] as const) {
      const tags = [{ key: 'version', value: version }]
      await store.versions.create({
        model: 'fraud',
        description: null,
        tags,
        source: `s3://bucket/${name}`,
        runId,
      })
    }
    await store.aliases.set({ model: 'fraud', alias: 'champion' }, '1')
  }
  await gateway.sync()
  const input = {
    model: { key: { registry: 'dev-registry', name: 'fraud' } },
    alias: 'challenger',
    version: '2',
  }
  await gateway.data(
    boss,
    'mutation ($input: SetAliasInput!) { setAlias(input: $input) { alias { name } } }',
    { input },
  )
}, 60_000)
afterAll(() => gateway?.close())

/** What Grafana sends for it, by the data source's way, and the rows that it takes from the answer. */
async function rowsOf(target: Target, values: VariableValues): Promise<readonly object[]> {
  expect(target).toMatchObject({ type: 'graphql', source: 'url', url: '/graphql' })
  const { method, body_type, body_graphql_query, body_graphql_variables } = target.url_options
  expect([method, body_type]).toEqual(['POST', 'graphql'])
  const sent = JSON.parse(substitute(body_graphql_variables, values)) as object
  const { data, errors } = await gateway.ask(reader, substitute(body_graphql_query, values), sent)
  expect(errors).toBeUndefined()
  const rows = valueAt({ data }, target.root_selector)
  expect(rows).toBeInstanceOf(Array)
  return rows as object[]
}

/** Null where something on the way is; fails where the answer has no such field. */
function valueAt(row: object, selector: string): unknown {
  let value: unknown = row
  for (const name of selector.split('.')) {
    if (value === null) return null
    expect(value, selector).toHaveProperty([name])
    value = (value as Record<string, unknown>)[name]
  }
  return value
}

const fits: Readonly<Record<ColumnType, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  timestamp: (value) => typeof value === 'string' && new Date(value).toISOString() === value,
}

/** The times of a dashboard are epoch milliseconds. */
const times = { __from: '0', __to: String(Date.now() + 86_400_000) }
const usual = { ...times, alias: 'champion', metric: 'auc', lower: 'dev', upper: 'prod', tag: 'team' }
const all = { environment: ladder, registry: ladder.map((name) => `${name}-registry`) }
const choices: Readonly<Record<string, VariableValues>> = {
  All: { ...usual, ...all },
  one: { ...usual, environment: ['prod'], registry: ['prod-registry'] },
  several: { ...usual, environment: ['prod', 'dev'], registry: ['dev-registry', 'prod-registry'] },
  'what is nowhere': { ...usual, ...all, alias: 'say "hi"', metric: 'nothing', tag: 'nothing', __to: '1000' },
}
const targets = dashboard.panels.flatMap(({ title, targets }) =>
  targets.map((target) => [substitute(title, usual), target] as const),
)

it('are provisioned for the data source that the panels name', () => {
  const provisioned = parse(readFileSync(`${folder}/provisioning/datasources/modelgate.yaml`, 'utf8'))
  const [{ uid, type }] = provisioned.datasources
  for (const panel of dashboard.panels) expect(panel.datasource).toEqual({ uid, type })
  const { providers } = parse(readFileSync(`${folder}/provisioning/dashboards/modelgate.yaml`, 'utf8'))
  expect(providers).toHaveLength(1)
  expect(targets.length).toBeGreaterThan(6)
  const known = Object.keys({ ...usual, ...all }).filter((name) => !name.startsWith('__'))
  expect(variables.map(({ name }) => name).toSorted()).toEqual(known.toSorted())
})

describe.each(Object.entries(choices))('the panels with %s chosen', (choice, values) => {
  it.each(targets)('%s', async (_, target) => {
    const rows = await rowsOf(target, values)
    if (choice === 'All') expect(rows.length).toBeGreaterThan(0)
    for (const { selector, type } of target.columns) {
      const found = rows.map((row) => valueAt(row, selector)).filter((value) => value !== null)
      expect(
        found.filter((value) => !fits[type](value)),
        selector,
      ).toEqual([])
    }
  })
})

it('the panels show what they are for', async () => {
  const rows = (title: string, values: VariableValues = choices.All ?? {}) =>
    rowsOf(targets.find(([name]) => name === title)?.[1] as Target, values)
  expect(await rows('Who holds the alias')).toMatchObject([
    { environment: 'dev', version: '1', metric: 0.9, metricDelta: null },
    { environment: 'prod', version: '1', metric: 0.8, metricDelta: expect.closeTo(-0.1) },
  ])
  expect(await rows('Who holds the alias', { ...choices.one })).toHaveLength(1)
  expect(await rows('What differs between dev and prod')).not.toEqual([])
  expect(await rows('What happened')).toMatchObject([{ kind: 'ALIAS_SET', key: 'challenger', after: '2' }])
  expect(await rows('What happened', { ...choices.one })).toEqual([])
  expect(await rows('New versions')).toHaveLength(4)
  expect(await rows('New versions', { ...choices.one })).toHaveLength(2)
  expect(await rows('Models by team')).toEqual([{ key: 'risk', models: 2 }])
  expect(await rows('How far the catalog knows each registry')).toHaveLength(2)
})

describe('the variables', () => {
  it.each(variables.filter(({ type }) => type === 'query'))('$name', async ({ name, query, multi }) => {
    const { infinityQuery } = query as { infinityQuery: Target }
    const rows = await rowsOf(infinityQuery, times)
    const [{ selector } = { selector: '' }] = infinityQuery.columns
    const found = rows.map((row) => valueAt(row, selector))
    expect(found).toEqual(name === 'registry' ? all.registry : ladder)
    // Where one alone can be chosen its value is no list.
    const format = `${name}:json`
    expect(JSON.stringify(dashboard).includes(`\${${format}}`)).toBe(multi)
  })
})

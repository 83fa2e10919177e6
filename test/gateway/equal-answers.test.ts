import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { loadConfig } from '../../src/config/index.ts'
import type { Federation } from '../../src/federation/session/federation.ts'
import { Session } from '../../src/federation/session/session.ts'
import { builtInAdapters } from '../../src/gateway/connect-registry.ts'
import { openGatewayDatabase } from '../../src/gateway/open-database.ts'
import { openFederation, openPermissions } from '../../src/gateway/open-federation.ts'
import { resolvers } from '../../src/graphql/resolvers/index.ts'
import { createSchema } from '../../src/graphql/schema.ts'
import type { GatewayDatabase } from '../../src/state/database.ts'
import { type Asked, openBothWays, type Told } from '../graphql/both-ways.ts'
import { createFileSource, silent } from '../state/database-source.ts'
import { oddFleet, spellPlainly } from './odd-fleet.ts'
import { seedLocal } from './seed-local.ts'

const source = createFileSource()
let database: GatewayDatabase
let federation: Federation
let known: Record<string, string> = {}

beforeAll(async () => {
  const url = await source.createUrl()
  const fleet = oddFleet('', spellPlainly)
  await seedLocal(url, 'main', fleet)
  const file = join(mkdtempSync(join(tmpdir(), 'modelgate-equal-')), 'modelgate.yaml')
  const registries = ['main', 'empty'].map((name) => ({ name, adapter: 'local', environment: 'dev' }))
  writeFileSync(file, stringify({ environments: ['dev'], registries, database: { url }, catalog: false }))
  const config = await loadConfig({ file, env: {}, builtIns: builtInAdapters })
  database = await openGatewayDatabase(url, { log: silent })
  const opened = await openFederation(config, database, silent, openPermissions(config, database, silent))
  federation = opened.federation
  const full = fleet.find(({ versions = [], aliases }) => versions.some(({ run }) => run) && aliases)
  if (!full) throw new Error('The fleet has no model with aliases and a run.')
  const [alias = ''] = Object.keys(full.aliases ?? {})
  known = {
    registry: 'main',
    model: full.name,
    version: '1',
    alias,
    key: 'team',
    uri: `models:/${full.name}/1`,
  }
})
afterAll(async () => {
  await federation?.close()
  await database?.close()
  await source.dispose()
})

const openSession = ({ signal }: { signal: AbortSignal }) =>
  new Session(federation, { deadlineMs: null, signal, caller: null })

const open = () =>
  openBothWays<Session>(() => createSchema(resolvers), openSession, {
    limits: { depth: 50, tokens: 100_000, aliases: 1000, cost: 1e9, selections: 100_000 },
  })

/** What a clock says is another thing each time. */
function withoutClocks({ body, ...told }: Told) {
  const clocks = /"(asOf|checkedAt|latencyMs)":("[^"]*"|[\d.]+)/g
  return { ...told, body: body.replaceAll(clocks, '"$1":0') }
}

/** A value for a required argument, by what it is called. */
function given(type: string, { name, type: wanted }: GraphQLArgument): string {
  if (name === 'ids') return '[]'
  const named = getNamedType(wanted)
  if (named.name === 'ModelGroupBy') return '{ nameBefore: "-" }'
  if (named.name === 'ModelVersionRef') {
    const { registry, model, version } = known
    return `{ key: ${literal({ registry, model, version })} }`
  }
  if (name === 'from' || name === 'to') return '"dev"'
  if (named.name === 'DateTime') return '"2026-01-01T00:00:00Z"'
  if (named.name === 'Int') return '3'
  if (isEnumType(named)) return named.getValues()[0]?.name ?? ''
  const isModels = name === 'name' && type === 'Query'
  return JSON.stringify((isModels ? known.model : name === 'name' ? known.alias : known[name]) ?? 'main')
}

const literal = (fields: object) =>
  `{ ${Object.entries(fields)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
    .join(', ')} }`

/** Every field of a type, and of what it leads to. */
function everything(schema: GraphQLSchema, type: string, depth: number): string {
  const named = schema.getType(type)
  if (!isObjectType(named)) {
    // Of one type alone: fields of the same name are of other types in others.
    return depth > 0 ? `__typename ... on Model { ${everything(schema, 'Model', depth - 1)} }` : '__typename'
  }
  const fields = Object.values(named.getFields()).flatMap((field) => one(schema, type, field, depth) ?? [])
  return ['__typename', ...fields].join(' ')
}

function one(
  schema: GraphQLSchema,
  type: string,
  field: GraphQLField<unknown, unknown>,
  depth: number,
): string | null {
  const inner = getNamedType(field.type)
  if (!isLeafType(inner) && depth === 0) return null
  const values = field.args
    .filter((argument) => isRequiredArgument(argument) || argument.name === 'first')
    .map((argument) => `${argument.name}: ${argument.name === 'first' ? 3 : given(type, argument)}`)
  const head = `${field.name}${values.length > 0 ? `(${values.join(', ')})` : ''}`
  return isLeafType(inner) ? head : `${head} { ${everything(schema, inner.name, depth - 1)} }`
}

test('every field of every query is answered alike', { timeout: 120_000 }, async () => {
  const schema = createSchema(resolvers)
  const { planned, plain } = await open()
  const seen: string[] = []
  for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
    const query = `{ ${one(schema, 'Query', field, 4)} }`
    const expected = withoutClocks(await plain({ query }))
    expect(expected.status, `${query}: ${expected.body}`).toBe(200)
    // The second time by what is known of the document.
    for (let time = 0; time < 2; time++)
      expect(withoutClocks(await planned({ query })), query).toEqual(expected)
    seen.push(expected.body)
  }
  expect(seen.join('').length).toBeGreaterThan(100_000)
})

const page = (where: string, type = 'ModelVersionFilter') => ({
  query: `query ($where: ${type}!) { ${where}(where: $where, first: 5) { nodes { __typename name: ${
    where === 'models' ? 'name' : 'modelName'
  } tags { key value } } totalCount complete } }`,
})

const corpus: readonly [string, Asked][] = [
  [
    'a filter in variables',
    { ...page('modelVersions'), variables: { where: { not: { version: { in: ['1', '2'] } } } } },
  ],
  [
    'filters within filters',
    {
      ...page('models', 'ModelFilter'),
      variables: {
        where: { or: [{ and: [{ name: { contains: 'a', ignoreCase: true } }] }, { tag: { key: 'team' } }] },
      },
    },
  ],
  ['a variable of the wrong kind', { ...page('models', 'ModelFilter'), variables: { where: { name: 7 } } }],
  ['a variable that is missing', page('models', 'ModelFilter')],
  [
    'two of @oneOf in a variable',
    {
      query: 'query ($by: [ModelVersionOrder!]) { modelVersions(orderBy: $by) { totalCount } }',
      variables: { by: [{ field: { by: 'VERSION' }, metric: { key: 'auc' } }] },
    },
  ],
  [
    'one of @oneOf in a variable',
    {
      query:
        'query ($by: [ModelVersionOrder!]) { modelVersions(orderBy: $by, first: 4) { nodes { modelName version } } }',
      variables: { by: [{ metric: { key: 'auc', direction: 'ASC' } }] },
    },
  ],
  [
    'a time in a variable that is none',
    { ...page('models', 'ModelFilter'), variables: { where: { createdAt: { gt: 'yesterday' } } } },
  ],
  ['a page of nothing', { query: '{ models(first: 0) { totalCount } registries { name } }' }],
  ['a cursor of somebody else', { query: '{ models(after: "bm9uZQ") { totalCount } }' }],
  [
    'a registry that is not there',
    { query: '{ model(registry: "nowhere", name: "m") { name } registries { name } }' },
  ],
  [
    'null where none may be',
    { query: '{ registries(environments: ["nowhere"]) { name } environments { name } }' },
  ],
  [
    'null for an argument that must not be null',
    {
      query: 'query ($key: String = "team") { models(first: 2) { nodes { tag(key: $key) } } }',
      variables: { key: null },
    },
  ],
  [
    'fields that are skipped',
    {
      query:
        'query ($yes: Boolean!, $no: Boolean!) { registries { name @skip(if: $yes) adapter @include(if: $no) ...F @include(if: $yes) } } fragment F on Registry { id }',
      variables: { yes: true, no: false },
    },
  ],
  [
    'one of two operations',
    { query: 'query A { registries { name } } query B { environments { name rank } }', operationName: 'B' },
  ],
  ['no operation of that name', { query: 'query A { registries { name } }', operationName: 'C' }],
  ['no document', { query: '{ registries {' }],
  ['a field that is not there', { query: '{ registries { nam } }' }],
  [
    'ids that are none',
    { query: '{ nodes(ids: ["x", "y"]) { __typename ... on Model { name } } node(id: "z") { id } }' },
  ],
]

test.each(corpus)('%s is answered alike', async (_, asked) => {
  const { planned, plain } = await open()
  const expected = withoutClocks(await plain(asked))
  for (let time = 0; time < 2; time++) expect(withoutClocks(await planned(asked))).toEqual(expected)
})

test('a document that is known is answered alike with other variables, and to who accepts other types', async () => {
  const { planned, plain } = await open()
  const query =
    'query ($first: Int, $where: ModelFilter) { models(first: $first, where: $where) { nodes { name } } }'
  const variables = [
    { first: 1 },
    { first: 2 },
    {},
    { first: 1000 },
    { where: { name: { eq: 'x' } } },
    { first: 'x' },
  ]
  const accepts = [
    '*/*',
    'application/json',
    'application/graphql-response+json',
    'application/json;q=0.5, */*',
    'text/html',
  ]
  for (let time = 0; time < 2; time++) {
    for (const each of variables) {
      for (const accept of accepts) {
        const asked = { query, variables: each }
        expect(await planned(asked, { accept })).toEqual(await plain(asked, { accept }))
      }
    }
  }
})

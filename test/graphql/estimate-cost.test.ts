import {
  buildSchema,
  execute,
  type FragmentDefinitionNode,
  getIntrospectionQuery,
  getOperationAST,
  Kind,
  parse,
} from 'graphql'
import { expect, test } from 'vitest'
import { type Cost, estimateCost } from '../../src/graphql/estimate-cost.ts'
import { defaultLimits } from '../../src/graphql/limits.ts'
import { loadTypeDefinitions } from '../../src/graphql/schema.ts'

const schema = buildSchema(loadTypeDefinitions())

function cost(text: string, variables: Record<string, unknown> = {}): number {
  return estimate(text, variables).objects
}

function estimate(text: string, variables: Record<string, unknown> = {}): Cost {
  const document = parse(text)
  const operation = getOperationAST(document)
  if (!operation) throw new Error('The document has no operation.')
  const fragments = new Map(
    document.definitions
      .filter(
        (definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION,
      )
      .map((fragment) => [fragment.name.value, fragment]),
  )
  const listSizes = new Map<string, number>()
  return estimateCost({ schema, operation, fragments, variables, listSizes, limit: defaultLimits.cost })
}

const repeat = (fields: readonly string[]) => [...fields, ...fields]
const nest = (fields: readonly string[]) =>
  `{ ${fields.join(' { ')} { __typename ${'} '.repeat(fields.length + 1)}`

const full = (versions: number) => `
  models(first: 500) {
    nodes {
      registry { name } environment { name } tags { key value }
      aliases { name version { version run { metrics { key value } params { key value } } } }
      latestVersion { version }
      versions(first: ${versions}) {
        nodes {
          version tags { key value } aliases { name }
          run { metrics { key value } params { key value } }
        }
      }
    }
    sources { registry { name } state error { code } }
  }`

test('pages of 500 are admitted with all there is to ask of them, and with all their versions', () => {
  expect(cost(`{ ${full(50)} }`)).toBeLessThan(defaultLimits.cost)
  expect(cost('{ models(first: 500) { nodes { versions(first: 500) { nodes { version } } } } }')).toBe(
    251_001,
  )
})

test('pages of 500 within pages of 500 are refused where each row has lists of its own', () => {
  expect(cost(`{ ${full(500)} }`)).toBeGreaterThan(defaultLimits.cost)
  expect(
    cost('{ models(first: 500) { nodes { versions(first: 500) { nodes { tags { key } } } } } }'),
  ).toBeGreaterThan(defaultLimits.cost)
})

test('one object costs one', () => {
  expect(cost('{ model(registry: "a", name: "b") { name } }')).toBe(1)
  expect(cost('{ __typename }')).toBe(0)
})

test('a page costs its size, whether it is written, a variable, a default, or left out', () => {
  const rows = (text: string, variables = {}) => cost(text, variables)
  const written = rows('{ models(first: 7) { nodes { name } } }')
  expect(written).toBe(1 + 7)
  expect(rows('query($n: Int) { models(first: $n) { nodes { name } } }', { n: 7 })).toBe(written)
  expect(rows('query($n: Int = 7) { models(first: $n) { nodes { name } } }')).toBe(written)
  expect(rows('{ models { nodes { name } } }')).toBe(1 + 50)
  expect(rows('{ models(first: 7) { edges { node { name } } } }')).toBe(1 + 7 + 7)
})

test('fragments cost what they hold', () => {
  const plain = cost('{ models(first: 7) { nodes { registry { name } } } }')
  expect(
    cost(
      '{ models(first: 7) { ...P } } fragment P on ModelConnection { nodes { ... { registry { name } } } }',
    ),
  ).toBe(plain)
  expect(cost('{ node(id: "x") { ... on Model { registry { name } } } }')).toBe(2)
})

test('ids cost one each', () => {
  expect(cost('query($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: ['a', 'b', 'c'] })).toBe(3)
  expect(cost('{ nodes(ids: ["a", "b"]) { id } }')).toBe(2)
})

test('a list within itself multiplies, and is refused where its rows are too many', () => {
  const aliases = nest(['models(first: 500)', 'nodes', ...repeat(['aliases', 'version', 'model'])])
  expect(cost(aliases)).toBeGreaterThan(100_000)
  const versions = nest([
    'modelVersions(first: 500)',
    'nodes',
    ...repeat(['model', 'versions(first: 500)', 'nodes']),
  ])
  expect(cost(versions)).toBeGreaterThan(defaultLimits.cost)
})

test('the same page under many aliases is as many pages', () => {
  const five = Array.from({ length: 5 }, (_, index) => `a${index}: ${full(50).trim()}`).join(' ')
  expect(cost(`{ ${five} }`)).toBeGreaterThan(defaultLimits.cost)
})

/** Objects of the answer that describe the schema. */
function describing(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum, item) => sum + describing(item), 0)
  if (typeof value !== 'object' || value === null) return 0
  return 1 + describing(Object.values(value))
}

const repeated = (times: number) =>
  Array.from(
    { length: times },
    (_, index) =>
      `a${index}: __schema { types { fields { args { type { name } } type { fields { name } } } } }`,
  ).join(' ')

test('introspection is counted by what the schema holds', () => {
  for (const text of [getIntrospectionQuery(), `{ ${repeated(3)} }`]) {
    const { data } = execute({ schema, document: parse(text) }) as { data: object }
    const { introspected, objects } = estimate(text)
    expect(introspected).toBeGreaterThanOrEqual(describing(data) - 1)
    expect(objects).toBe(0)
  }
})

test('the usual introspection is admitted, and not many of it at once', () => {
  const { introspected: limit } = defaultLimits
  expect(estimate(getIntrospectionQuery()).introspected).toBeLessThan(limit / 2)
  expect(estimate(`{ ${repeated(15)} }`).introspected).toBeGreaterThan(limit)
  const within = `{ __schema { ${Array.from({ length: 15 }, (_, index) => `a${index}: types { fields { args { type { name } } type { fields { name } } } }`).join(' ')} } }`
  expect(estimate(within).introspected).toBeGreaterThan(limit)
})

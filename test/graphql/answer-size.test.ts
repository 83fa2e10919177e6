import fc from 'fast-check'
import {
  buildSchema,
  execute,
  type FragmentDefinitionNode,
  type GraphQLFieldResolver,
  getNamedType,
  getNullableType,
  getOperationAST,
  isAbstractType,
  isCompositeType,
  isListType,
  isObjectType,
  Kind,
  parse,
  validate,
} from 'graphql'
import { expect, test } from 'vitest'
import { AnswerMeters } from '../../src/graphql/answer/answer-meter.ts'
import { meterFields } from '../../src/graphql/answer/meter-fields.ts'
import { estimateCost, usualListSize } from '../../src/graphql/estimate-cost.ts'
import { listSizes } from '../../src/graphql/list-sizes.ts'
import { loadTypeDefinitions } from '../../src/graphql/schema.ts'
import { rounds } from '../environment/rounds.ts'
import { DocumentWriter, type RandomDocument } from './random-document.ts'

const sizes = listSizes(13, 3)
const unlimited = { objects: 1e9, characters: 1e9, objectsAtOnce: 1e9 }

/** Answers every field, and every list with as much as its arguments and this gateway allow. */
const fillUp: GraphQLFieldResolver<{ page?: number } | undefined, object> = (source, values, _, info) => {
  const isList = isListType(getNullableType(info.returnType))
  if (!isCompositeType(getNamedType(info.returnType))) return isList ? [] : 1
  const { args } = info.parentType.getFields()[info.fieldName] ?? { args: [] }
  const usual = args.find(({ name }) => name === 'first')?.defaultValue
  const first = values.first ?? usual
  const item = first === undefined ? {} : { page: first }
  if (!isList) return item
  const isPage = ['nodes', 'edges', 'groups'].includes(info.fieldName)
  const size = isPage && source?.page !== undefined ? source.page : undefined
  const named = values.ids ?? values.keys
  const length =
    size ?? named?.length ?? sizes.get(`${info.parentType.name}.${info.fieldName}`) ?? usualListSize
  return Array.from({ length }, () => ({}))
}

function fullSchema(meters: AnswerMeters) {
  const schema = buildSchema(loadTypeDefinitions())
  let turn = 0
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue
    if (isObjectType(type)) for (const field of Object.values(type.getFields())) field.resolve = fillUp
    else if (isAbstractType(type)) {
      const possible = schema.getPossibleTypes(type)
      type.resolveType = () => possible[turn++ % possible.length]?.name ?? ''
    } else if ('serialize' in type) Object.assign(type, { serialize: (value: unknown) => value })
  }
  meterFields(schema, meters)
  return schema
}

const meters = new AnswerMeters(unlimited)
const schema = fullSchema(meters)

function estimate({ text, variables }: RandomDocument): number {
  const document = parse(text)
  const operation = getOperationAST(document)
  if (!operation) throw new Error('The document has no operation.')
  const named = document.definitions.filter(
    (definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION,
  )
  const fragments = new Map(named.map((fragment) => [fragment.name.value, fragment]))
  return estimateCost({ schema, operation, fragments, variables, listSizes: sizes, limit: 1e12 }).objects
}

async function executed({ text, variables }: RandomDocument): Promise<number> {
  const context = {}
  const document = parse(text)
  expect(validate(schema, document)).toEqual([])
  const { errors } = await execute({ schema, document, variableValues: variables, contextValue: context })
  // A null for a condition, which is answered with less.
  expect((errors ?? []).filter(({ message }) => !message.startsWith('Argument "if"'))).toEqual([])
  return meters.of(context).objects
}

test('no document is answered with more objects than were counted beforehand', {
  timeout: 300_000,
}, async () => {
  let largest = 0
  const check = async (random: fc.GeneratorValue) => {
    const document = new DocumentWriter(schema, random).write()
    const counted = estimate(document)
    fc.pre(counted < 30_000)
    const really = await executed(document)
    largest = Math.max(largest, really)
    expect(really, document.text).toBeLessThanOrEqual(counted)
  }
  await fc.assert(fc.asyncProperty(fc.gen(), check), { numRuns: rounds(300, 3000), endOnFailure: true })
  expect(largest).toBeGreaterThan(100)
})

test.each([
  [
    'tags below versions below models',
    '{ models(first: 20) { nodes { versions(first: 30) { nodes { tags { key } } } } } }',
    {},
  ],
  [
    'edges',
    '{ models(first: 20) { edges { node { versions(first: 30) { edges { node { tags { key } } } } } } } }',
    {},
  ],
  [
    'a variable like a member of Object.prototype',
    'query($valueOf: Int) { models(first: $valueOf) { nodes { name } } }',
    { valueOf: 400 },
  ],
  ['the same that is not given', 'query($valueOf: Int) { models(first: $valueOf) { nodes { name } } }', {}],
  ['ids in a default', `query($ids: [ID!]! = [${'"x",'.repeat(400)}]) { nodes(ids: $ids) { id } }`, {}],
  [
    'named keys',
    `{ model(registry: "a", name: "b") { tags(keys: [${Array.from({ length: 300 }, (_, i) => `"${i}"`)}]) { key } } }`,
    {},
  ],
  [
    'registries and sources',
    '{ registries { models(first: 2) { sources { registry { name } } } } environments { registries { name } } }',
    {},
  ],
  ['lineage', '{ modelVersions(first: 3) { nodes { lineage { version { lineage { uri } } } } } }', {}],
  [
    'aliases of one page',
    '{ a: models(first: 100) { nodes { name } } b: models(first: 100) { nodes { name } } }',
    {},
  ],
])('it is as many as there can be: %s', async (_, text, variables) => {
  expect(await executed({ text, variables })).toBe(estimate({ text, variables }))
})

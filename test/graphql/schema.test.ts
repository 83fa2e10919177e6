import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  buildSchema,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql'
import { describe, expect, test } from 'vitest'
import { resolvers } from '../../src/graphql/resolvers/index.ts'
import { createSchema, loadTypeDefinitions } from '../../src/graphql/schema.ts'

const schema = buildSchema(loadTypeDefinitions())
const contractFile = join(process.env.MODELGATE_SHARED ?? '../shared', 'contract/schema.graphql')

interface Element {
  /** Such as `Query.models(first:)`. */
  readonly path: string
  /** What clients rely on: type, default, kind. */
  readonly shape: string
  readonly description: string | null | undefined
}

function listElements(of: GraphQLSchema): Element[] {
  return Object.values(of.getTypeMap())
    .filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type))
    .flatMap((type) => [describeType(type), ...listMembers(type)])
}

function describeType(type: GraphQLNamedType): Element {
  const interfaces = isObjectType(type) ? type.getInterfaces().map(String) : []
  const oneOf = isInputObjectType(type) && type.isOneOf
  return {
    path: type.name,
    shape: JSON.stringify([type.constructor.name, interfaces, oneOf]),
    description: type.description,
  }
}

function listMembers(type: GraphQLNamedType): Element[] {
  if (isEnumType(type)) {
    return type
      .getValues()
      .map(({ name, description }) => ({ path: `${type.name}.${name}`, shape: 'value', description }))
  }
  if (isInputObjectType(type)) {
    return Object.values(type.getFields()).map((field) => ({
      ...describeInput(field),
      path: `${type.name}.${field.name}`,
    }))
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return []
  return Object.values(type.getFields()).flatMap((field) => [
    { path: `${type.name}.${field.name}`, shape: String(field.type), description: field.description },
    ...field.args.map((argument) => ({
      ...describeInput(argument),
      path: `${type.name}.${field.name}(${argument.name}:)`,
    })),
  ])
}

function describeInput(input: {
  type: unknown
  defaultValue?: unknown
  description?: string | null | undefined
}) {
  return { shape: `${input.type} = ${JSON.stringify(input.defaultValue)}`, description: input.description }
}

/** What the contract leaves open, and an empty answer has to say. */
const added = new Set(['SearchConnection.correction', 'SearchConnection.message'])

describe('the schema', () => {
  const elements = listElements(schema)

  test('describes each of its elements', () => {
    expect(elements.length).toBeGreaterThan(200)
    expect(elements.filter(({ description }) => !description?.trim()).map(({ path }) => path)).toEqual([])
  })

  test('is executable with the resolvers, each of which belongs to a field', () => {
    expect(createSchema(resolvers).getQueryType()?.getFields().models?.resolve).toBeTypeOf('function')
  })

  test.skipIf(!existsSync(contractFile))(`keeps the names, types and defaults of ${contractFile}`, () => {
    const contract = new Map(
      listElements(buildSchema(readFileSync(contractFile, 'utf8'))).map(({ path, shape }) => [path, shape]),
    )
    const kept = elements.filter(({ path }) => !added.has(path))
    expect(kept).toHaveLength(elements.length - added.size)
    const ours = kept.map(({ path, shape }) => [path, shape])
    expect(ours).toEqual(kept.map(({ path }) => [path, contract.get(path)]))
  })
})

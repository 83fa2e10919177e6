import { buildSchema, GraphQLScalarType, graphql } from 'graphql'
import { expect, test } from 'vitest'
import { attachResolvers } from '../../src/graphql/attach-resolvers.ts'

const sdl = `
  scalar Shout
  interface Named { name: Shout! }
  type Cat implements Named { name: Shout! }
  type Query { first: Named! }
  type Subscription { names: String! }
`

test('resolvers of fields, of types that stand for several, and of scalars answer', async () => {
  const schema = buildSchema(sdl)
  const subscribe = async function* () {}
  attachResolvers(schema, {
    Shout: new GraphQLScalarType({ name: 'Shout', serialize: (value) => `${value}!` }),
    Named: { __resolveType: () => 'Cat' },
    Query: { first: () => ({}) },
    Cat: { name: () => 'Tom' },
    Subscription: { names: { subscribe } },
  })
  const { data, errors } = await graphql({ schema, source: '{ first { __typename name } }' })
  expect(errors).toBeUndefined()
  expect(JSON.stringify(data)).toBe('{"first":{"__typename":"Cat","name":"Tom!"}}')
  expect(schema.getSubscriptionType()?.getFields().names?.subscribe).toBe(subscribe)
})

test.each([
  ['a type', { Dog: {} }],
  ['a field', { Cat: { colour: () => '' } }],
  ['a field of an interface', { Named: { name: () => '' } }],
  ['a scalar that is none', { Shout: { name: () => '' } }],
])('resolvers of %s that the schema does not have are refused', (_, resolvers) => {
  expect(() => attachResolvers(buildSchema(sdl), resolvers)).toThrow()
})

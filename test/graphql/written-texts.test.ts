import { makeExecutableSchema } from '@graphql-tools/schema'
import { isObjectType } from 'graphql'
import { expect, test } from 'vitest'
import { makeLasting } from '../../src/contract/lasting.ts'
import { lastingFields } from '../../src/graphql/lasting-fields.ts'
import { resolvers } from '../../src/graphql/resolvers/index.ts'
import { createSchema } from '../../src/graphql/schema.ts'
import { openBothWays } from './both-ways.ts'

const typeDefs = `
  type Query { things: [Thing] one(index: Int!): Thing }
  type Thing { name: String! note: String tags(keys: [String!]): [Tag!]! part: Part late: Part moody: String whose: String }
  type Tag { key: String! value: String }
  type Part { name: String! size: Int }
`
interface Thing {
  readonly name: string
  readonly note: string | null
  readonly tags: readonly { readonly key: string; readonly value: string | null }[]
}

const odd = ['plain', '"', '\\', '\u2028', 'ä', '\ud83d\ude00', '\ud83d', '\u0000', '</script>', '']
const newThings = (): Thing[] =>
  odd.map((name, index) => ({
    name,
    note: index % 3 === 0 ? null : `${name}${name}`,
    tags: odd.slice(0, index).map((key) => ({ key, value: key === '' ? null : key })),
  }))

const session = {
  cost: () => ({ upstreamRequests: {}, cacheHits: {} }),
  end() {},
  viewKey: '',
  writesSoFar: 0,
  isIncomplete: false,
}

async function open(things: readonly (Thing | null)[], options: object = {}) {
  let asked = 0
  const schema = () =>
    makeExecutableSchema({
      typeDefs,
      resolvers: {
        Query: { things: () => things, one: (_: unknown, { index }: { index: number }) => things[index] },
        Thing: {
          tags: ({ tags }: Thing, { keys }: { keys?: string[] }) =>
            keys ? tags.filter(({ key }) => keys.includes(key)) : tags,
          part: ({ name }: Thing) => (name === '' ? null : { name, size: name.length }),
          late: async ({ name }: Thing) => ({ name, size: 1 }),
          moody({ name }: Thing) {
            if (name === 'ä') throw new Error('in no mood')
            return name
          },
          whose: () => String(asked),
        },
      },
    })
  const lasting = ['tags', 'part', 'late', 'moody'].map((name) => `Thing.${name}`)
  const { planned, plain } = await openBothWays(schema, () => session, {
    lastingFields: new Set(lasting),
    ...options,
  })
  return async (query: string, variables: object = {}) => {
    const expected = await plain({ query, variables })
    // By Apollo, and then by what is written and read again.
    for (let turn = 0; turn < 4; turn++) {
      asked = turn
      const told = await planned({ query, variables })
      if (!query.includes('whose')) expect(told, `${query}, turn ${turn}`).toEqual(expected)
      else expect(told.body).toContain(`"whose":"${turn}"`)
    }
    return expected
  }
}

const questions = [
  '{ things { name note tags { key value } part { name size } } }',
  '{ a: things { b: name __typename } c: things { name tags(keys: ["ä", "\\"", "none"]) { key } } }',
  '{ one(index: 3) { name part { size } } again: one(index: 3) { name part { size } } }',
  '{ things { ...A } } fragment A on Thing { name ... on Thing { note tags { value } } }',
  '{ things { name moody } }',
  '{ things { name late { size } } }',
  '{ things { late { size } part { name } } }',
]

test.each(questions)('what was written before is as it would be written now: %s', async (query) => {
  const ask = await open(newThings().map((thing) => makeLasting(thing)))
  const { body } = await ask(query)
  expect(body).toContain('"data":{')
})

test('variables make other texts of the same', async () => {
  const ask = await open(newThings().map((thing) => makeLasting(thing)))
  const query =
    'query ($keys: [String!], $short: Boolean!) { things { name tags(keys: $keys) { key } note @skip(if: $short) } }'
  const bodies = [
    await ask(query, { keys: ['ä'], short: true }),
    await ask(query, { keys: ['plain'], short: true }),
    await ask(query, { keys: ['plain'], short: false }),
  ].map(({ body }) => body)
  expect(new Set(bodies).size).toBe(3)
})

test('nulls, and what does not last, stand beside what does', async () => {
  const things = newThings()
  const ask = await open([
    makeLasting(things[3] as Thing),
    null,
    things[4] as Thing,
    makeLasting(things[5] as Thing),
  ])
  await ask('{ things { name tags { key } } }')
})

test('a field that is told from others is asked anew each time', async () => {
  const ask = await open(newThings().map((thing) => makeLasting(thing)))
  await ask('{ things { name whose } }')
})

test('what does not last is as it is now', async () => {
  const thing = { ...(newThings()[4] as Thing) }
  const ask = await open([thing])
  await ask('{ things { name } }')
  Object.assign(thing, { name: 'another' })
  expect((await ask('{ things { name } }')).body).toContain('another')
})

test.each([
  ['objects', { objects: 50 }],
  ['characters', { characters: 90 }],
])('an answer of too many %s is as long as it ever was', async (_, limit) => {
  const answer = { objects: 1_000_000, characters: 1_000_000, objectsAtOnce: 1_000_000, ...limit }
  const ask = await open(
    newThings().map((thing) => makeLasting(thing)),
    { limits: { answer } },
  )
  expect((await ask('{ things { name tags { key value } } }')).body).toContain('LIMIT_EXCEEDED')
  await ask('{ things { name } }')
})

test('a large answer is written in turns', async () => {
  const many = Array.from({ length: 3000 }, (_, index) =>
    makeLasting({ ...(newThings()[7] as Thing), name: `${index}` }),
  )
  const ask = await open(many)
  const { body } = await ask('{ things { name tags { key value } } }')
  expect(JSON.parse(body).data.things).toHaveLength(3000)
})

test('every field that is said to last is one with a resolver', () => {
  const schema = createSchema(resolvers)
  for (const name of lastingFields) {
    const [type = '', field = ''] = name.split('.')
    const object = schema.getType(type)
    expect(isObjectType(object) && object.getFields()[field]?.resolve, name).toBeTypeOf('function')
  }
})

import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Resolvers } from '../../src/graphql/generated/resolver-types.ts'
import { dateTime } from '../../src/graphql/scalars.ts'
import { createSchema } from '../../src/graphql/schema.ts'
import { rounds } from '../environment/rounds.ts'
import { openBothWays, type Told } from './both-ways.ts'
import { capriciousSchema } from './capricious-schema.ts'
import { ignoreOrphansOfGraphql } from './orphaned-rejections.ts'
import { DocumentWriter } from './random-document.ts'

let hearAgain: () => void
beforeAll(() => {
  hearAgain = ignoreOrphansOfGraphql()
})
afterAll(async () => {
  // Those of the last round are told in a turn of their own.
  await new Promise((resolve) => setImmediate(resolve))
  hearAgain()
})

const openSession = () => ({
  cost: () => ({ upstreamRequests: {}, cacheHits: {} }),
  end() {},
  viewKey: '',
  writesSoFar: 0,
  isIncomplete: false,
})

/** The writer's documents nest and name as no client would. */
const generous = { depth: 100, aliases: 1000, directives: 100, cost: 1e9 }

interface ToldError {
  readonly path?: readonly (string | number)[]
}

/**
 * Of what fails where null must not be, graphql-js tells whatever happens first: of such errors it counts what became
 * null by them. Everything else is told in one order.
 */
function comparable({ body, ...told }: Told) {
  const { data, errors = [] } = JSON.parse(body)
  const nulls = new Set<string>()
  const inPlace = errors.filter(({ path = [] }: ToldError) => {
    let at = data
    for (const [depth, key] of path.entries()) {
      if (at === null) nulls.add(path.slice(0, depth).join('.'))
      at = at?.[key]
    }
    return at !== undefined
  })
  return { ...told, data: body.slice(body.indexOf('"data":')), errors: inPlace, nulls }
}

test.each([
  ['that mostly answers', 1000],
  ['that often fails', 12],
])(
  'a plan answers as graphql-js does, byte by byte, over a schema %s',
  { timeout: 600_000 },
  async (_, calm) => {
    const schema = capriciousSchema(calm)
    const { planned, plain } = await openBothWays(() => capriciousSchema(calm), openSession, {
      limits: generous,
    })
    const seen = { answers: 0, errors: 0 }
    const check = async (random: fc.GeneratorValue) => {
      const { text: query, variables } = new DocumentWriter(schema, random).write()
      const [expected, ...found] = [
        await plain({ query, variables }),
        await planned({ query, variables }),
        // By what is known of the document since.
        await planned({ query, variables }),
      ]
      for (const each of found) expect(comparable(each), query).toEqual(comparable(expected))
      if (expected.status === 200) seen.answers++
      if (expected.body.startsWith('{"errors"')) seen.errors++
    }
    await fc.assert(fc.asyncProperty(fc.gen(), check), {
      numRuns: rounds(40, 1000),
      seed: 7,
      endOnFailure: true,
    })
    expect(seen.answers).toBeGreaterThan(20)
    expect(seen.errors).toBeGreaterThan(0)
  },
)

test('a null for what is skipped fails the same field both ways, whatever was asked before', async () => {
  const { planned, plain } = await openBothWays(() => capriciousSchema(1000), openSession)
  const query = 'query ($brief: Boolean = true) { registries { name id @skip(if: $brief) } }'
  for (const brief of [null, false, null]) {
    const asked = { query, variables: { brief } }
    const expected = await plain(asked)
    expect(expected.body.includes('"errors"')).toBe(brief === null)
    for (let time = 0; time < 2; time++) expect(await planned(asked)).toEqual(expected)
  }
})

/** What tells its value at once to whoever waits for it, as no promise of JavaScript does. */
function telling(value: unknown) {
  // biome-ignore lint/suspicious/noThenProperty: this is what it is about
  return { then: (told: (value: unknown) => void) => told(value) }
}

test('what tells its value while it is looked at is answered whole', async () => {
  const model = (_: unknown, { name }: { name: string }) => telling({ name: telling(name), description: 'd' })
  const node = { __resolveType: () => 'Model' }
  const schemaOf = () =>
    createSchema({ Query: { model }, DateTime: dateTime, Node: node } as unknown as Resolvers)
  const { planned, plain } = await openBothWays(schemaOf, openSession)
  const fields = '(registry: "main", name: "m") { name description }'
  const query = `{ first: model${fields} second: model${fields} }`
  const expected = await plain({ query })
  expect(expected.body).toContain('"second":{"name":"m","description":"d"}')
  for (let time = 0; time < 2; time++) expect(await planned({ query })).toEqual(expected)
})

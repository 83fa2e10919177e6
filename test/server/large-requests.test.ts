import { expect, test } from 'vitest'
import { readAnswer, startServer } from './start-server.ts'

const strings = (count: number) => Array.from({ length: count }, (_, index) => `n${index}`)
const named = 'query($in: [String!]) { models(where: { name: { in: $in } }) { complete } }'
const repeat = (count: number, text: string) => Array(count).fill(text).join(' ')

test.each([
  ['a document of 1 MB', { query: `{ __typename }${' '.repeat(900_000)}` }, 'LIMIT_EXCEEDED'],
  ['a list of 80,000 names', { query: named, variables: { in: strings(80_000) } }, 'BAD_USER_INPUT'],
  [
    'lists in lists of as many',
    { query: named, variables: { in: [strings(3000), strings(3000)] } },
    'BAD_USER_INPUT',
  ],
  [
    'an object of 50,000 fields',
    { query: named, variables: Object.fromEntries(strings(50_000).map((name) => [name, 1])) },
    'BAD_USER_INPUT',
  ],
  [
    'a field 480 times',
    { query: `{ ${repeat(480, 'environments { name }')} }` },
    'GRAPHQL_VALIDATION_FAILED',
  ],
  [
    'inline fragments by the hundred',
    { query: `{ models { nodes { ${repeat(200, '... { name tags { key } }')} } } }` },
    'GRAPHQL_VALIDATION_FAILED',
  ],
])('%s is refused with a code', async (_, body, code) => {
  const { post, log } = await startServer({ models: () => ({ complete: true }) })
  const response = await post(body)
  expect(response.status).toBe(400)
  const { errors } = await readAnswer(response)
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual([code])
  expect(errors?.[0]?.message).toMatch(
    /^(The document has more|Variables hold more|The document repeats) .+\.$/,
  )
  expect(log.at('error')).toEqual([])
})

test.each([
  ['lists', Array.from({ length: 100_000 }, () => [])],
  ['objects', Array.from({ length: 100_000 }, () => ({}))],
  ['fields', Object.fromEntries(strings(70_000).map((name) => [name, 1]))],
])('a body of too many %s is refused before it is made, wherever they are', async (_, extensions) => {
  const { post } = await startServer({ models: () => ({ complete: true }) })
  const response = await post({ query: '{ __typename }', extensions: { extensions } })
  expect(response.status).toBe(400)
  const { errors } = await readAnswer(response)
  expect(errors).toMatchObject([
    {
      message: 'The body holds more than 60000 lists, objects and fields.',
      extensions: { code: 'BAD_REQUEST' },
    },
  ])
})

test('what stands in a text is no part of the body', async () => {
  const { post } = await startServer({ models: () => ({ complete: true }) })
  const text = ['"[{:\\'.repeat(70_000)]
  const response = await post({ query: '{ __typename }', extensions: { text } })
  expect(await readAnswer(response)).toEqual({ data: { __typename: 'Query' } })
})

test('as many names as people have are fine, and so is what they repeat', async () => {
  const { post } = await startServer({ models: () => ({ complete: true }) })
  const list = await readAnswer(await post({ query: named, variables: { in: strings(4900) } }))
  expect(list.data).toEqual({ models: { complete: true } })
  const many = await readAnswer(await post({ query: `{ ${repeat(60, 'models { complete }')} }` }))
  expect(many.data).toEqual({ models: { complete: true } })
})

test('a document that was refused is refused again', async () => {
  const { post } = await startServer({ models: () => ({ complete: true }) })
  const query = `query Named { ${repeat(480, 'environments { name }')} }`
  for (const operationName of ['Named', 'Named', undefined]) {
    const { errors, data } = await readAnswer(await post({ query, operationName }))
    expect([errors?.[0]?.extensions.code, data]).toEqual(['GRAPHQL_VALIDATION_FAILED', undefined])
  }
})

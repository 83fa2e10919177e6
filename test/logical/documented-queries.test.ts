import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildSchema, parse, validate } from 'graphql'
import { expect, it } from 'vitest'
import { loadTypeDefinitions } from '../../src/graphql/schema.ts'

const text = readFileSync(fileURLToPath(new URL('../../docs/logical-models.md', import.meta.url)), 'utf8')
const schema = buildSchema(loadTypeDefinitions())
const queries = [...text.matchAll(/```graphql\n(.*?)```/gs)].map((match) => match[1] ?? '')
const commands = [...text.matchAll(/-d '(\{.*?\})'/gs)].map(
  (match) => JSON.parse((match[1] ?? '').replaceAll('\n', ' ')).query as string,
)

it.each([...queries, ...commands])('docs/logical-models.md asks what can be asked: %s', (query) => {
  expect(validate(schema, parse(query))).toEqual([])
})

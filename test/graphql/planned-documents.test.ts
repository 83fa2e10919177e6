import { parse } from 'graphql'
import { expect, test } from 'vitest'
import { PlannedDocuments } from '../../src/graphql/plan/planned-documents.ts'
import { resolvers } from '../../src/graphql/resolvers/index.ts'
import { createSchema } from '../../src/graphql/schema.ts'

const schema = createSchema(resolvers)
const open = () =>
  new PlannedDocuments(schema, { resolverOf: ({ resolve }) => resolve, lastingFields: new Set() })

const add = (documents: PlannedDocuments, text: string) => {
  documents.add(text, parse(text))
  return documents.find(text, null)
}

test('a query is found by its text, and by its name where there are several', () => {
  const documents = open()
  const text = 'query A { registries { name } } query B { environments { name } }'
  expect(add(documents, text)).toBeNull()
  expect(documents.find(text, 'B')?.operation.name?.value).toBe('B')
  expect(documents.find(text, 'C')).toBeNull()
  expect(documents.find(`${text} `, 'B')).toBeNull()
})

test('mutations, and what is asked of the schema itself, have no plan', () => {
  const documents = open()
  const texts = [
    '{ __schema { types { name } } }',
    '{ registries { name } __type(name: "Model") { name } }',
    'mutation { deleteModel(input: { model: { id: "x" } }) { deletedId } }',
    '{ registries { __proto__: name } }',
  ]
  for (const text of texts) expect(add(documents, text)?.planFor({}), text).toBeNull()
  expect(add(documents, '{ registries { __typename name } }')?.planFor({})).not.toBeNull()
})

test('what is skipped by a variable is another plan of the same query', () => {
  const text = 'query ($brief: Boolean!) { registries { name adapter @skip(if: $brief) } }'
  const planned = add(open(), text)
  const fieldsOf = (brief: boolean) =>
    planned?.planFor({ brief })?.root.fields[0]?.value.item?.selection?.fields.map(({ key }) => key)
  expect([true, false, true].map(fieldsOf)).toEqual([['name'], ['name', 'adapter'], ['name']])
})

test('a null for what is skipped is left to graphql-js, whatever plans there are', () => {
  const text = 'query ($brief: Boolean = true) { registries { name adapter @skip(if: $brief) } }'
  const planned = add(open(), text)
  expect(planned?.planFor({ brief: null })).toBeNull()
  expect(planned?.planFor({ brief: false })).not.toBeNull()
  expect(planned?.planFor({ brief: null })).toBeNull()
})

test('documents without end take no more than their room, and the last ones are kept', () => {
  const documents = open()
  const fields = Array.from({ length: 200 }, (_, index) => `a${index}: name`).join(' ')
  const textOf = (index: number) => `query Q${index} { registries { ${fields} } }`
  let most = 0
  for (let index = 0; index < 800; index++) {
    add(documents, textOf(index))?.planFor({})
    documents.find(textOf(0), null)
    most = Math.max(most, documents.bytes)
  }
  expect(most).toBeGreaterThan(30_000_000)
  expect(most).toBeLessThanOrEqual(33_000_000)
  // The one that was asked for all the while, and the last, and none from between.
  expect([0, 799, 1].map((index) => documents.find(textOf(index), null) !== null)).toEqual([
    true,
    true,
    false,
  ])
})

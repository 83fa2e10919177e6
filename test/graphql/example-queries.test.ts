import { readdirSync, readFileSync } from 'node:fs'
import { buildSchema, parse, validate } from 'graphql'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { ModelsPageDocument, type ModelsPageQuery } from '../../examples/queries/generated/queries.ts'
import { loadTypeDefinitions } from '../../src/graphql/schema.ts'

const schema = buildSchema(loadTypeDefinitions())
const files = [
  ...readdirSync('examples/queries').map((name) => `examples/queries/${name}`),
  'src/graphql/graphiql/welcome.graphql',
].filter((path) => path.endsWith('.graphql'))

describe('the example queries', () => {
  test('are there', () => expect(files.length).toBeGreaterThan(8))

  for (const path of files) {
    test(`${path} is valid, and says what it is for`, () => {
      const text = readFileSync(path, 'utf8')
      expect(validate(schema, parse(text))).toEqual([])
      expect(text).toMatch(/^# [A-Z]/)
    })
  }

  test('have types that know what can be null', () => {
    expect(ModelsPageDocument.kind).toBe('Document')
    type Page = NonNullable<ModelsPageQuery['models']>
    expectTypeOf<Page['complete']>().toEqualTypeOf<boolean>()
    expectTypeOf<Page['nodes'][number]['updatedAt']>().toEqualTypeOf<string | null>()
  })
})

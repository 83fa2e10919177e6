import { expect, test } from 'vitest'
import { ContentTypes } from '../../src/graphql/short-way/content-types.ts'

test('a client with ever another Accept takes the place of nobody who asks or comes after it', () => {
  const types = new ContentTypes()
  types.learn(undefined, 'application/json')
  for (let index = 0; index < 500; index++) {
    types.learn(`application/json, a/b${index}`, 'application/json')
    expect(types.find(undefined), `after ${index}`).toBe('application/json')
  }
  types.learn('application/graphql-response+json', 'application/graphql-response+json')
  expect(types.find('application/graphql-response+json')).toBe('application/graphql-response+json')
  expect(types.find('application/json, a/b0')).toBeNull()
})

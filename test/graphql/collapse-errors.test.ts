import { expect, test } from 'vitest'
import { collapseErrors } from '../../src/graphql/collapse-errors.ts'

const error = (path: readonly (string | number)[], registry: string, code = 'REGISTRY_TIMEOUT') => ({
  message: `${registry}: ${code}`,
  path,
  extensions: { registry, code },
})

test('rows of one field say the same once', () => {
  const first = error(['models', 'nodes', 0, 'tags'], 'main')
  expect(collapseErrors([first, error(['models', 'nodes', 1, 'tags'], 'main')])).toEqual([first])
})

test('another field, registry or code is another error', () => {
  const errors = [
    error(['models', 'nodes', 0, 'tags'], 'main'),
    error(['models', 'nodes', 0, 'aliases'], 'main'),
    error(['models', 'nodes', 1, 'tags'], 'laptop'),
    error(['models', 'nodes', 2, 'tags'], 'main', 'REGISTRY_ERROR'),
    error(['models', 'edges', 0, 'node', 'tags'], 'main'),
  ]
  expect(collapseErrors(errors)).toEqual(errors)
})

test('a field that looks like an index is a field', () => {
  const errors = [error(['_0'], 'main'), error(['_1'], 'main')]
  expect(collapseErrors(errors)).toEqual(errors)
})

test('errors of the document stand for themselves', () => {
  const errors = [{ message: 'a' }, { message: 'a' }]
  expect(collapseErrors(errors)).toEqual(errors)
})

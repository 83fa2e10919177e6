import { execute, type FormattedExecutionResult, type GraphQLSchema, getOperationAST, parse } from 'graphql'
import { expect, test, vi } from 'vitest'
import { RegistryError } from '../../src/contract/index.ts'
import { RegistryFailure } from '../../src/federation/errors/registry-failure.ts'
import { Answers } from '../../src/graphql/answer/answers.ts'
import { toClientError } from '../../src/graphql/errors.ts'
import type { Resolvers } from '../../src/graphql/generated/resolver-types.ts'
import { defaultLimits } from '../../src/graphql/limits.ts'
import { dateTime } from '../../src/graphql/scalars.ts'
import { createSchema } from '../../src/graphql/schema.ts'

const createLog = () => ({ debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() })

const schemaOver = (query: Record<string, unknown>): GraphQLSchema =>
  createSchema({
    Query: query,
    DateTime: dateTime,
    Node: { __resolveType: () => 'Model' },
  } as unknown as Resolvers)

/** As a door would that has no Apollo: by an executor of its own. */
async function answer(query: Record<string, unknown>, text: string, limits = defaultLimits.answer) {
  const schema = schemaOver(query)
  const log = createLog()
  const answers = new Answers(schema, limits, log)
  const document = parse(text)
  const context = { requestId: 'trace-1' }
  const { errors = [], ...result } = await execute({ schema, document, contextValue: context })
  answers.logErrors(errors, context)
  const told = errors.map((error) => toClientError(error.toJSON(), error))
  const executed = { ...result, ...(told.length > 0 && { errors: told }) } as FormattedExecutionResult
  const operation = getOperationAST(document) ?? undefined
  const completed = answers.tooLarge(context, operation) ?? (await answers.complete(executed, context))
  return { json: JSON.parse(await answers.stringify(completed)), log }
}

test('what failed is null and told, by the registry that failed and no more than clients may know', async () => {
  const failure = new RegistryFailure(
    'main',
    new RegistryError('RATE_LIMITED', 'The registry asks to wait.', { retryAfterMs: 5, cause: 'canary-3' }),
  )
  const fault = new TypeError('canary-4')
  const query = {
    model: () => Promise.reject(failure),
    modelVersion: () => {
      throw fault
    },
  }
  const { json, log } = await answer(
    query,
    '{ model(registry: "a", name: "b") { name } modelVersion(registry: "a", model: "b", version: "1") { version } }',
  )
  expect(json.data).toEqual({ model: null, modelVersion: null })
  const byPath = Object.fromEntries(
    json.errors.map((error: { path: string[]; message: string; extensions: object }) => [
      error.path.join(),
      [error.message, error.extensions],
    ]),
  )
  expect(byPath).toEqual({
    model: [
      'The registry asks to wait.',
      { code: 'RATE_LIMITED', registry: 'main', retryable: true, retryAfterMs: 5 },
    ],
    modelVersion: ['Internal error; request id trace-1', { code: 'INTERNAL_SERVER_ERROR', retryable: false }],
  })
  expect(JSON.stringify(json)).not.toContain('canary')
  expect(log.warn.mock.calls).toMatchObject([[{ requestId: 'trace-1', registry: 'main' }, expect.anything()]])
  expect(log.error.mock.calls).toMatchObject([[{ path: ['modelVersion'], err: fault }, expect.anything()]])
})

test('what fails where null is not allowed is masked as well', async () => {
  const { json, log } = await answer(
    { registries: () => Promise.reject(new Error('canary-5')) },
    '{ registries { name } }',
  )
  expect(json.data).toBeNull()
  expect(json.errors).toMatchObject([{ path: ['registries'], message: 'Internal error; request id trace-1' }])
  expect(log.error).toHaveBeenCalledOnce()
})

test('an answer that grows too large is its error alone', async () => {
  const models = () => ({ nodes: Array.from({ length: 30 }, (_, index) => ({ name: `m${index}` })) })
  const limits = { ...defaultLimits.answer, objects: 20 }
  const { json } = await answer({ models }, '{ models { nodes { name } } }', limits)
  expect(json).toEqual({
    errors: [
      {
        message: expect.stringContaining('grew beyond 20 objects'),
        extensions: { code: 'LIMIT_EXCEEDED', retryable: false },
      },
    ],
  })
})

test('null for an argument with a default is the default, whoever executes', async () => {
  const seen: unknown[] = []
  const models = (_: unknown, given: { first: unknown }) => {
    seen.push(given.first)
    return { nodes: [] }
  }
  await answer({ models }, '{ a: models(first: null) { complete } b: models { complete } }')
  expect(seen[0]).toEqual(seen[1])
  expect(seen[0]).toEqual(expect.any(Number))
})

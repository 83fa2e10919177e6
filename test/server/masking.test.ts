import { expect, test } from 'vitest'
import { RegistryError } from '../../src/contract/index.ts'
import { InputError } from '../../src/federation/errors/input-error.ts'
import { RegistryFailure } from '../../src/federation/errors/registry-failure.ts'
import { readAnswer, startServer } from './start-server.ts'

const canary = 'canary-5e1f'

const throwing = (error: unknown) => ({
  model: () => {
    throw error
  },
})
const query = '{ model(registry: "main", name: "fraud") { name } }'

test('a fault of the gateway is told by the request id alone, and logged in full', async () => {
  const fault = new TypeError(`no ${canary}`, { cause: new Error(`below: ${canary}`) })
  const { post, log } = await startServer(throwing(fault))
  const response = await post({ query }, { 'x-request-id': 'trace-7' })
  const text = await response.text()
  expect(text).not.toContain(canary)
  expect(text).not.toMatch(/stack|\.ts:/)
  expect(JSON.parse(text)).toEqual({
    data: { model: null },
    errors: [
      {
        message: 'Internal error; request id trace-7',
        locations: [{ line: 1, column: 3 }],
        path: ['model'],
        extensions: { code: 'INTERNAL_SERVER_ERROR', retryable: false },
      },
    ],
  })
  expect(log.at('error')).toEqual([
    {
      level: 'error',
      message: 'a resolver failed',
      details: { requestId: 'trace-7', path: ['model'], err: fault },
    },
  ])
})

test('what is thrown and is no error is masked as well', async () => {
  const { post } = await startServer(throwing(canary))
  expect(await (await post({ query })).text()).not.toContain(canary)
})

test('a fault while the session is opened is masked, with the same id', async () => {
  const openSession = () => {
    throw new Error(canary)
  }
  const { post, log } = await startServer({}, { openSession })
  const response = await post({ query }, { 'x-request-id': 'trace-8' })
  expect(response.status).toBe(500)
  const text = await response.text()
  expect(text).not.toContain(canary)
  expect(text).toContain('Internal error; request id trace-8')
  expect(log.at('error').map(({ message }) => message)).toEqual(['a request could not begin'])
})

test('a readiness check that throws is masked', async () => {
  const readiness = () => Promise.reject(new Error(canary))
  const { url } = await startServer({}, { readiness })
  const response = await fetch(`${url}/readyz`)
  expect(response.status).toBe(500)
  expect(await response.text()).not.toContain(canary)
})

test('the failure of a registry keeps its code, and not what caused it', async () => {
  const error = new RegistryError('RATE_LIMITED', 'The registry asks to wait.', {
    retryAfterMs: 1500,
    cause: canary,
  })
  const { post, log } = await startServer(throwing(new RegistryFailure('main', error)))
  const text = await (await post({ query })).text()
  expect(text).not.toContain(canary)
  expect(JSON.parse(text).errors[0]).toMatchObject({
    message: 'The registry asks to wait.',
    extensions: { code: 'RATE_LIMITED', registry: 'main', retryable: true, retryAfterMs: 1500 },
  })
  expect(log.at('warn').map(({ details }) => details)).toMatchObject([{ registry: 'main', err: error }])
})

test('bad input names the argument', async () => {
  const { post } = await startServer(throwing(new InputError('registry', 'There is no registry "main".')))
  const { errors } = await readAnswer(await post({ query }))
  expect(errors?.[0]).toMatchObject({
    message: 'There is no registry "main".',
    extensions: { code: 'BAD_USER_INPUT', field: 'registry', retryable: false },
  })
})

test('null for a variable of an argument that must not be null is the fault of the caller', async () => {
  const { post, log } = await startServer({ model: () => null })
  const { errors } = await readAnswer(
    await post({
      query: 'query($name: String = "x") { model(registry: "main", name: $name) { name } }',
      variables: { name: null },
    }),
  )
  expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
  expect(log.at('error')).toEqual([])
})

test('a value that the schema does not allow is the fault of the gateway', async () => {
  const { post, log } = await startServer({ model: () => ({ name: null }) })
  const { errors } = await readAnswer(await post({ query }))
  expect(errors?.[0]?.extensions.code).toBe('INTERNAL_SERVER_ERROR')
  expect(log.at('error')).toHaveLength(1)
})

test('each row that fails has an error with its path, and what failed alike is logged once', async () => {
  const rows = Array.from({ length: 50 }, (_, index) => {
    const registry = index % 2 ? 'main' : 'laptop'
    const fail = () => {
      throw new RegistryFailure(registry, new RegistryError('REGISTRY_TIMEOUT', 'No answer by the deadline.'))
    }
    return { tags: fail, aliases: fail }
  })
  const { post, log } = await startServer({ models: () => ({ nodes: rows }) })
  const { errors, data } = await readAnswer(
    await post({ query: '{ models { nodes { tags { key } aliases { name } } } }' }),
  )
  expect(data).toMatchObject({ models: { nodes: { length: 50 } } })
  const expected = rows.flatMap((_, index) => {
    const registry = index % 2 ? 'main' : 'laptop'
    return ['tags', 'aliases'].map((field) => [['models', 'nodes', index, field].join(), registry])
  })
  expect(errors?.map(({ path, extensions }) => [path?.join(), extensions.registry]).sort()).toEqual(
    expected.sort(),
  )
  expect(log.at('warn')).toHaveLength(2)
})

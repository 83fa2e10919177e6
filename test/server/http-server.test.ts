import { getIntrospectionQuery } from 'graphql'
import { describe, expect, test } from 'vitest'
import { readAnswer, startServer } from './start-server.ts'

const query = '{ registries { name } }'
const registries = { registries: () => [{ name: 'main' }] }

describe('the request id', () => {
  test('is taken from the caller when it is sane', async () => {
    const { post, visits } = await startServer(registries)
    const response = await post({ query }, { 'x-request-id': 'abc-123' })
    expect(response.headers.get('x-request-id')).toBe('abc-123')
    expect(visits.map(({ requestId }) => requestId)).toEqual(['abc-123'])
  })

  test('is made when the caller sends none, or one that could not stand in a log line', async () => {
    const { post } = await startServer(registries)
    for (const given of ['', 'a b', 'x'.repeat(200), '"; DROP']) {
      const { headers } = await post({ query }, { 'x-request-id': given })
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    }
  })

  test('stands on every answer, also where there is nothing', async () => {
    const { url } = await startServer()
    const response = await fetch(`${url}/nowhere?token=secret`)
    expect(response.status).toBe(404)
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    const { errors } = await readAnswer(response)
    expect(errors).toEqual([
      { message: 'There is nothing at GET /nowhere.', extensions: { code: 'NOT_FOUND', retryable: false } },
    ])
  })
})

describe('the deadline header', () => {
  test('reaches the context', async () => {
    const { post, visits } = await startServer(registries)
    await post({ query }, { 'modelgate-deadline-ms': '250' })
    await post({ query })
    expect(visits.map(({ deadlineMs }) => deadlineMs)).toEqual([250, null])
  })

  test('is BAD_USER_INPUT when it is no positive whole number', async () => {
    const { post, visits } = await startServer(registries)
    for (const value of ['0', '-5', '1.5', 'soon', '1e3', '9999999999999999', '']) {
      const response = await post({ query }, { 'modelgate-deadline-ms': value })
      const { errors } = await readAnswer(response)
      expect([value, response.status]).toEqual([value, 400])
      expect(errors?.[0]?.extensions).toEqual({
        code: 'BAD_USER_INPUT',
        field: 'modelgate-deadline-ms',
        retryable: false,
      })
    }
    expect(visits).toEqual([])
  })
})

describe('the explain header', () => {
  test('adds what the request cost', async () => {
    const { post } = await startServer(registries)
    const { extensions } = await readAnswer(
      await post({ query }, { 'modelgate-explain': '1', 'x-request-id': 'abc' }),
    )
    expect(extensions).toEqual({
      modelgate: {
        requestId: 'abc',
        ms: expect.any(Number),
        upstreamRequests: { main: 3 },
        cacheHits: { main: 1 },
      },
    })
  })

  test('does so only when it is 1', async () => {
    const { post } = await startServer(registries)
    for (const headers of [{}, { 'modelgate-explain': '0' }, { 'modelgate-explain': 'true' }]) {
      expect(await readAnswer(await post({ query }, headers))).toEqual({
        data: { registries: [{ name: 'main' }] },
      })
    }
  })
})

describe('the probes', () => {
  test('answer 200 while all is well', async () => {
    const { url } = await startServer()
    expect((await fetch(`${url}/livez`)).status).toBe(200)
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: 'ready' })
  })

  test('tell alive from ready', async () => {
    const { url } = await startServer({}, { readiness: async () => ({ isReady: false, trouble: null }) })
    expect((await fetch(`${url}/livez`)).status).toBe(200)
    expect((await fetch(`${url}/readyz`)).status).toBe(503)
  })

  test('say what does not work while the rest does', async () => {
    const readiness = async () => ({ isReady: true, trouble: 'The disk is full.' })
    const { url } = await startServer({}, { readiness })
    const response = await fetch(`${url}/readyz`)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ status: 'ready', trouble: 'The disk is full.' })
  })
})

describe('browsers', () => {
  test('are told to guess and embed nothing, and get no leave for other origins', async () => {
    const { post } = await startServer(registries)
    const { headers } = await post({ query }, { origin: 'https://elsewhere.example' })
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(headers.get('access-control-allow-origin')).toBeNull()
    expect(headers.get('x-powered-by')).toBeNull()
  })

  test('are refused what a page of another origin could send', async () => {
    const { url } = await startServer(registries)
    const response = await fetch(`${url}/graphql?query=${encodeURIComponent(query)}`)
    expect(response.status).toBe(400)
    expect((await readAnswer(response)).errors?.[0]?.message).toContain('CSRF')
  })

  test('that open the endpoint are sent to GraphiQL', async () => {
    const { url } = await startServer()
    const headers = { accept: 'text/html,application/xhtml+xml' }
    const response = await fetch(`${url}/graphql`, { headers, redirect: 'manual' })
    expect([response.status, response.headers.get('location')]).toEqual([303, './'])
  })
})

describe('introspection', () => {
  test('is on by default, at its full depth', async () => {
    const { post } = await startServer()
    const response = await post({
      query: getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true }),
    })
    const { data, errors } = await readAnswer(response)
    expect(errors).toBeUndefined()
    expect(data?.__schema).toBeDefined()
  })

  test('can be switched off, and then names are not suggested either', async () => {
    const { post } = await startServer({}, { introspection: false })
    expect((await post({ query: '{ __schema { queryType { name } } }' })).status).toBe(400)
    const { errors } = await readAnswer(await post({ query: '{ model }' }))
    expect(JSON.stringify(errors)).not.toContain('Did you mean')
  })
})

test('null for an argument with a default is the default', async () => {
  const asked: unknown[] = []
  const models = (_: unknown, values: unknown) => void asked.push(values)
  const { post } = await startServer({ models })
  await post({ query: '{ models(first: null, includeArchived: null, after: null) { complete } }' })
  await post({
    query: 'query($first: Int) { models(first: $first) { complete } }',
    variables: { first: null },
  })
  expect(asked).toEqual([
    { first: 50, includeArchived: false, after: null },
    { first: 50, includeArchived: false },
  ])
})

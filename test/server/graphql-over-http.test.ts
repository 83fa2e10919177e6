import { type AuditFail, auditServer } from 'graphql-http'
import { expect, test } from 'vitest'
import { startServer } from './start-server.ts'

test('meets every rule of GraphQL over HTTP but three that protection from CSRF forbids', async () => {
  const { url } = await startServer()
  const results = await auditServer({ url: `${url}/graphql` })
  const failed = results.filter((result) => result.status !== 'ok') as AuditFail[]
  expect(failed.filter(({ status }) => status !== 'notice')).toEqual([])
  expect(failed.map(({ id }) => id).sort()).toEqual(['5A70', '6A70', 'D6D5'])
  expect(results.length).toBe(61)
})

test('meets them all for a client that asks as no web page of another origin can', async () => {
  const { url } = await startServer()
  const results = await auditServer({
    url: `${url}/graphql`,
    fetchFn: (input: string, init: RequestInit = {}) =>
      fetch(input, { ...init, headers: { ...init.headers, 'apollo-require-preflight': '1' } }),
  })
  expect(results.filter(({ status }) => status !== 'ok')).toEqual([])
  expect(results.length).toBe(61)
})

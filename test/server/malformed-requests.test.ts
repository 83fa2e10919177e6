import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { readAnswer, startServer } from './start-server.ts'

const times = (count: number, part: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => part(i)).join('')
const nested = (count: number, open: string, close: string) => open.repeat(count) + close.repeat(count)
const query = (text: string) => JSON.stringify({ query: text })
const filterVariable = (where: string) =>
  `{"query":"query($where: ModelFilter) { models(where: $where) { complete } }","variables":{"where":${where}}}`

const corpus: Record<string, string | Uint8Array> = {
  'a syntax error': query('{ models {'),
  'no document at all': query(''),
  'an unknown field': query('{ secrets }'),
  '5,000 tokens': query(`{ ${times(5000, () => '__typename ')} }`),
  '101 aliases': query(`{ ${times(101, (i) => `a${i}: __typename `)} }`),
  '16 aliases': query(`{ ${times(16, (i) => `a${i}: __typename `)} }`),
  '11 directives': query(`{ ${times(11, () => '__typename @include(if: true) ')} }`),
  'a directive over and over': query(`{ __typename ${'@aa'.repeat(10)} }`),
  'depth 13': query(chain(13)),
  'depth 660': query(nested(660, '{ model ', '}')),
  'fragments in a cycle': query('{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }'),
  'fragments that double': query(
    `{ ...F0 } ${times(20, (i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} } `)} fragment F20 on Query { __typename }`,
  ),
  'a list in a list, 990 deep': query(`{ nodes(ids: ${nested(990, '[', ']')}) { id } }`),
  'lists that are never closed': query(`{ nodes(ids: ${'['.repeat(1900)}) { id } }`),
  'an object in an object, 400 deep': query(
    `{ models(where: ${'{not:'.repeat(400)}{}${'}'.repeat(400)}) { complete ${'a'.repeat(9)} } }`,
  ),
  'variables nested 100,000 deep': filterVariable(`${'{"not":'.repeat(100_000)}{}${'}'.repeat(100_000)}`),
  'variables of the wrong type': filterVariable('7'),
  'a hundred faults in one variable': filterVariable(`{"and":[${times(100, (i) => (i ? ',7' : '7'))}]}`),
  'variables that are a list': '{"query":"{ __typename }","variables":[]}',
  'an operation that is not there': '{"query":"query A { __typename }","operationName":"B"}',
  'more rows than anybody has': query(cyclicRows()),
  'a body over 1 MB': query(`{ __typename } # ${'x'.repeat(1_000_000)}`),
  'a text of 900 kB': query(`{ ${'x'.repeat(900_000)} }`),
  'broken UTF-8': new Uint8Array([
    ...Buffer.from('{"query":"{ models(where: {name: {eq: \\"'),
    0xc3,
    0x28,
    0x22,
    0x7d,
  ]),
  'half of a JSON text': '{"query":"{ __type',
  'a JSON text that is no object': '[1, 2, 3]',
  'a batch': '[{"query":"{ __typename }"}]',
  'a JSON null': 'null',
  'an empty body': '',
  'a prototype for a body': '{"__proto__":{"query":"{ __typename }"}}',
}

function chain(levels: number): string {
  const fields = [
    'model(registry: "a", name: "b")',
    ...Array.from({ length: levels - 2 }, (_, i) => (i % 2 ? 'model' : 'version(version: "1")')),
  ]
  return `{ ${fields.join(' { ')} { name ${'} '.repeat(fields.length)} }`
}

function cyclicRows(): string {
  const round = 'model { versions(first: 500) { nodes {'
  return `{ modelVersions(first: 500) { nodes { ${round} ${round} version ${'} } } '.repeat(2)} } } }`
}

describe('a malformed request', () => {
  for (const [name, body] of Object.entries(corpus)) {
    test(`with ${name} gets a 4xx with a code`, async () => {
      const { post, log } = await startServer()
      const response = await post(body)
      expect(response.status).toBeGreaterThanOrEqual(400)
      expect(response.status).toBeLessThan(500)
      const { errors } = await readAnswer(response)
      expect(errors?.length).toBeGreaterThan(0)
      for (const error of errors ?? []) {
        expect(error.extensions.code).toEqual(expect.stringMatching(/^[A-Z_]+$/))
        expect(error.extensions.code).not.toBe('INTERNAL_SERVER_ERROR')
        expect(error.message).not.toMatch(/call stack|at .+:\d+:\d+/)
      }
      expect(log.at('error')).toEqual([])
    })

    test(`with ${name} gets no 5xx from a client that knows only application/json`, async () => {
      const { post } = await startServer()
      const response = await post(body, { accept: 'application/json' })
      expect(response.status === 200 || (response.status >= 400 && response.status < 500)).toBe(true)
      expect((await readAnswer(response)).errors?.length).toBeGreaterThan(0)
    })
  }

  test('of depth 12 is none', async () => {
    const { post } = await startServer({ model: () => null })
    const response = await post(query(chain(12)))
    expect(await readAnswer(response)).toEqual({ data: { model: null } })
  })

  test('with 15 aliases is none', async () => {
    const { post } = await startServer()
    expect((await post(query(`{ ${times(15, (i) => `a${i}: __typename `)} }`))).status).toBe(200)
  })

  test('of another content type gets 415, and a batch by form 4xx', async () => {
    const { url } = await startServer()
    const body = query('{ __typename }')
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ]) {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': type },
        body,
      })
      expect([type, response.status]).toEqual([type, 415])
    }
  })

  test('by another method gets 4xx', async () => {
    const { url } = await startServer()
    for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      const { status } = await fetch(`${url}/graphql`, {
        method,
        headers: { 'apollo-require-preflight': '1' },
      })
      expect([method, status]).toEqual([method, 405])
    }
  })

  test('with a broken Host header gets 400', async () => {
    const { url } = await startServer()
    const { port } = new URL(url)
    const answer = await sendRaw(
      Number(port),
      'GET /graphql?query={__typename} HTTP/1.1\r\nHost: [\r\nConnection: close\r\n\r\n',
    )
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
  })

  test('without a Host header gets 400 in the form of a GraphQL answer, and probes do without', async () => {
    const { url } = await startServer()
    const port = Number(new URL(url).port)
    const target = '/graphql?query={__typename}'
    const nameless = `GET ${target} HTTP/1.0\r\napollo-require-preflight: 1\r\n\r\n`
    const empty = `GET ${target} HTTP/1.1\r\nHost:\r\napollo-require-preflight: 1\r\nConnection: close\r\n\r\n`
    for (const request of [nameless, empty]) {
      const answer = await sendRaw(port, request)
      expect(answer).toMatch(/^HTTP\/1\.[01] 4\d\d /)
      expect(answer).toContain('"code":')
    }
    expect(await sendRaw(port, nameless)).toMatch(/^HTTP\/1\.[01] 400 .*"BAD_REQUEST"/s)
    expect(await sendRaw(port, 'GET /livez HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.[01] 200 /)
  })

  test('says how large the body may be by 413', async () => {
    const { post } = await startServer()
    expect((await post(corpus['a body over 1 MB'])).status).toBe(413)
  })
})

async function sendRaw(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.write(text)
  return (await socket.toArray()).join('')
}

import { createClient } from 'graphql-sse'
import { describe, expect, it, onTestFinished } from 'vitest'
import { changes, data, make, openLab } from './lab.ts'
import { everyEvent, type ToldEvent } from './listen.ts'

const accept = 'text/event-stream'

function connect(url: string, headers: Record<string, string> = {}) {
  const client = createClient({ url: `${url}/graphql/stream`, headers, retryAttempts: 0 })
  onTestFinished(() => client.dispose())
  return client
}

function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${url}/graphql/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept, ...headers },
    body: JSON.stringify(body),
  })
}

describe('server-sent events', () => {
  it('tell what happens, since a cursor and from then on', async () => {
    const { url } = await openLab()
    for (const name of ['a', 'b']) await data(url, make(name))
    const [first] = await changes(url)
    const told = connect(url).iterate<{ events: ToldEvent }>({
      query: everyEvent,
      variables: { since: first?.cursor },
    })
    const events = [(await told.next()).value?.data?.events]
    await data(url, make('c'))
    events.push((await told.next()).value?.data?.events)
    await told.return?.()
    expect(events).toEqual((await changes(url)).slice(1))
  })

  it('tell the one answer of a query or a mutation, and are over', async () => {
    const { url } = await openLab()
    const answers = []
    for await (const answer of connect(url).iterate({ query: make('one') })) answers.push(answer)
    expect(answers).toEqual([{ data: { createModel: { model: { name: 'one' } } } }])
    const text = await (await post(url, { query: '{ __typename }' })).text()
    expect(text).toBe(':\n\nevent: next\ndata: {"data":{"__typename":"Query"}}\n\nevent: complete\ndata:\n\n')
  })

  it('tell what is wrong with an operation', async () => {
    const { url } = await openLab()
    const wrong = connect(url).iterate({ query: everyEvent, variables: { since: 'no cursor' } })
    expect((await wrong.next()).value).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] })
    expect((await wrong.next()).done).toBe(true)
  })

  it('are refused to who asks in another form, as requests are', async () => {
    const { url } = await openLab({ limits: { maxConnections: 0 } })
    const query = '{ __typename }'
    const statusOf = async (body: unknown, headers = {}) => (await post(url, body, headers)).status
    expect(await statusOf({ query }, { accept: 'application/json' })).toBe(406)
    for (const body of [{}, [], { query: 1 }, { query, variables: [] }, { query, operationName: 1 }]) {
      expect([body, await statusOf(body)]).toEqual([body, 400])
    }
    expect(await statusOf({ query }, { 'content-type': 'text/plain' })).toBe(415)
    expect(await statusOf({ query })).toBe(503)
    expect((await fetch(`${url}/graphql/stream?query=${query}`, { headers: { accept } })).status).toBe(404)
  })

  it('come with what keeps proxies from holding them back, and with the headers of all answers', async () => {
    const origin = 'https://dashboard.example.com'
    const { url } = await openLab({ server: { port: 0, cors: { origins: [origin] } } })
    const { headers, status } = await post(url, { query: '{ __typename }' }, { origin })
    expect([status, headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8'])
    expect(headers.get('x-accel-buffering')).toBe('no')
    expect(headers.get('cache-control')).toContain('no-cache')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('access-control-allow-origin')).toBe(origin)
  })
})

import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { changes, data, make, now, openLab, tag } from './lab.ts'
import { ask, connect, everyEvent, listen } from './listen.ts'

describe('events over a WebSocket', () => {
  it('are told as they happen, the same as changes tells, and in its order', async () => {
    const { url } = await openLab()
    await data(url, make('before'))
    const client = connect(url)
    const told = listen(client, { since: await now(url) })
    await data(url, make('one'))
    await ask(client, make('two'))
    await told.until(2)
    expect(told.events.map(({ model }) => model)).toEqual(['one', 'two'])
    expect(told.events).toEqual((await changes(url)).slice(1))
  })

  it('are told from now on, where no cursor says since when', async () => {
    const { url } = await openLab()
    await data(url, make('before'))
    const told = listen(connect(url))
    // When it has begun is not told.
    for (let n = 0; told.events.length === 0; n++) await data(url, make(`after-${n}`))
    const first = (await changes(url)).findIndex(({ id }) => id === told.events[0]?.id)
    expect(first).toBeGreaterThan(0)
    await expect.poll(async () => (await changes(url)).slice(first)).toEqual(told.events)
  })

  it('are told since a cursor, of any filter, and then go on', async () => {
    const { url } = await openLab()
    for (const name of ['a', 'b', 'c']) await data(url, make(name))
    const [first] = await changes(url)
    const told = listen(connect(url), {
      since: first?.cursor,
      where: { kinds: ['TAG_SET', 'MODEL_CREATED'] },
    })
    await told.until(2)
    await data(url, tag('a', '1'))
    await told.until(3)
    expect(told.events).toEqual((await changes(url)).slice(1))
  })

  it('are those that where takes', async () => {
    const { url } = await openLab()
    const client = connect(url)
    const told = listen(client, {
      where: { kinds: ['TAG_SET'], model: { startsWith: 'b' }, key: { eq: 't' } },
    })
    const all = listen(client)
    await ask(client, '{ __typename }')
    for (const query of [make('a'), make('b'), tag('a', '1'), tag('b', '2')]) await data(url, query)
    await all.until(4)
    await told.until(1)
    expect(told.events.map(({ model, after }) => [model, after])).toEqual([['b', '2']])
  })

  it('are told with what they are about, under the names that were asked for', async () => {
    const { url } = await openLab()
    const client = connect(url)
    const query = `subscription ($deep: Boolean!, $since: String) {
      happened: events(since: $since) { __typename what: kind subject @include(if: $deep) { ... on Model { name tags { value } } } }
    }`
    const told = listen(client, { deep: true, since: await now(url) }, query)
    await data(url, make('one'))
    await expect.poll(() => told.answers.length).toBe(1)
    expect(told.answers[0]).toEqual({
      data: {
        happened: { __typename: 'Event', what: 'MODEL_CREATED', subject: { name: 'one', tags: [] } },
      },
    })
  })

  it('are told twice to who asks twice, and no more to who has heard enough', async () => {
    const { url } = await openLab()
    const client = connect(url)
    const since = await now(url)
    const [one, other] = [listen(client, { since }), listen(client, { since })]
    await data(url, make('a'))
    await Promise.all([one.until(1), other.until(1)])
    one.stop()
    await ask(client, '{ __typename }')
    await data(url, make('b'))
    await other.until(2)
    expect([one.events.length, other.events.length]).toEqual([1, 2])
  })

  it('come with the same failures and limits as the answers of requests', async () => {
    const { url } = await openLab()
    const client = connect(url)
    const refused = async (query: string, variables = {}) => {
      const [error] = (await listen(client, variables, query).over) as {
        extensions: object
        message: string
      }[]
      return error
    }
    const inputs = [
      { where: { registries: ['nowhere'] } },
      { where: { kinds: ['NONE'] } },
      { where: { nothing: 1 } },
      { since: 'no cursor' },
      { since: 7 },
    ]
    for (const variables of inputs) {
      expect([variables, await refused(everyEvent, variables)]).toMatchObject([
        variables,
        { extensions: { code: 'BAD_USER_INPUT' } },
      ])
    }
    await data(url, make('one'))
    const page = await data(url, '{ models { edges { cursor } } }')
    const ofModels = { since: page.models.edges[0].cursor }
    expect(await refused(everyEvent, ofModels)).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } })

    const invalid: [string, string][] = [
      ['subscription { events { nothing } }', 'GRAPHQL_VALIDATION_FAILED'],
      ['subscription { events { id } other: events { id } }', 'GRAPHQL_VALIDATION_FAILED'],
      ['subscription {', 'GRAPHQL_PARSE_FAILED'],
      [`subscription { events { ${'subject { id } '.repeat(700)} } }`, 'GRAPHQL_PARSE_FAILED'],
    ]
    for (const [query, code] of invalid) expect(await refused(query)).toMatchObject({ extensions: { code } })
  })

  it('are not told in the one answer of a request, which says where they are', async () => {
    const { ask: request } = await openLab()
    const answer = (await (await request({}, 'subscription { events { id } }')).json()) as object
    expect(answer).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] })
    expect(JSON.stringify(answer)).toContain('graphql/stream')
  })
})

describe('queries and mutations over a WebSocket', () => {
  it('are answered as requests are, with a line in the log', async () => {
    const gateway = await openLab()
    const client = connect(gateway.url)
    const query = '{ registries { name } }'
    expect(await ask(client, query)).toEqual({ data: await data(gateway.url, query) })
    expect(await ask(client, make('one'))).toEqual({ data: { createModel: { model: { name: 'one' } } } })
    const wrong = await ask(client, '{ registries { name } model(registry: "no", name: "m") { id } }')
    expect(wrong).toMatchObject({
      data: { model: null },
      errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    })
    await expect(ask(client, '{ nothing }')).rejects.toMatchObject([
      { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
    ])
    const lines = gateway
      .log()
      .split('\n')
      .filter((line) => line.includes('"msg":"answered"'))
    expect(lines.filter((line) => line.includes('"kind":"mutation"'))).toHaveLength(1)
  })

  it('are as bounded as those of requests', async () => {
    const { url } = await openLab()
    const long = `{ registries { name } } # ${'x'.repeat(100_000)}`
    await expect(ask(connect(url), long)).rejects.toMatchObject([{ extensions: { code: 'LIMIT_EXCEEDED' } }])
    const nested = Array.from({ length: 100 }).reduce((inner) => ({ and: [inner] }), {})
    const given = ask(connect(url), 'query ($w: ModelFilter) { models(where: $w) { totalCount } }', {
      w: nested,
    })
    await expect(given).rejects.toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
  })
})

describe('a connection', () => {
  const open = (url: string) => new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
  const closed = async (socket: WebSocket): Promise<number> => (await once(socket, 'close'))[0]

  it('has so many operations and no more', async () => {
    const { url } = await openLab()
    const client = connect(url)
    const since = await now(url)
    const told = Array.from({ length: 101 }, () => listen(client, { since }))
    const failed = (await told[100]?.over) as object[]
    expect(failed).toMatchObject([{ extensions: { code: 'LIMIT_EXCEEDED' } }])
    told[0]?.stop()
    expect(await ask(client, '{ __typename }')).toEqual({ data: { __typename: 'Query' } })
    await data(url, make('one'))
    for (const one of told.slice(1, 100)) expect(await one.until(1)).toHaveLength(1)
  })

  it('is one of so many, as each caller has so many subscriptions', async () => {
    const { url } = await openLab({ limits: { maxConnections: 2, maxSubscriptions: 3 } })
    const clients = [connect(url), connect(url)] as const
    const told = [0, 1, 0, 1].map((index) => listen(clients[index as 0 | 1]))
    const failed = await Promise.race(told.map(({ over }) => over))
    expect(failed).toMatchObject([{ extensions: { code: 'LIMIT_EXCEEDED' } }])
    const third = open(url)
    const [error] = (await once(third, 'error')) as [Error]
    expect(error.message).toContain('503')
    told[0]?.stop()
    told[2]?.stop()
    await expect.poll(async () => ask(connect(url), '{ __typename }').catch(() => null)).toBeTruthy()
  })

  it('is closed when it speaks something else, or too much', async () => {
    const { url } = await openLab()
    expect(await closed(new WebSocket(`${url.replace('http', 'ws')}/graphql`))).toBe(4406)
    const says = async (...messages: (string | Buffer)[]) => {
      const socket = open(url)
      await once(socket, 'open')
      for (const message of messages) socket.send(message)
      return closed(socket)
    }
    const init = '{"type":"connection_init"}'
    expect(await says('{"type":"subscribe","id":"1","payload":{"query":"{ __typename }"}}')).toBe(4401)
    expect(await says(init, init)).toBe(4429)
    expect(await says('nonsense')).toBe(4400)
    expect(await says(init, '{"type":"next","id":"1","payload":{}}')).toBe(4400)
    expect(await says(Buffer.from(init))).toBe(4400)
    expect(await says(`[${'[],'.repeat(70_000)}[]]`)).toBe(4400)
    expect(await says('x'.repeat(1_000_001))).toBe(1009)
  })

  it('is closed when it does not begin', async () => {
    const { url } = await openLab()
    const openedAt = performance.now()
    expect(await closed(open(url))).toBe(4408)
    expect(performance.now() - openedAt).toBeLessThan(9000)
  }, 15_000)

  it('is opened at /graphql alone; elsewhere, and for other protocols, the gateway answers as always', async () => {
    const { url } = await openLab()
    const elsewhere = new WebSocket(`${url.replace('http', 'ws')}/livez`)
    const [error] = (await once(elsewhere, 'error')) as [Error]
    expect(error.message).toContain('404')
    const upgrade = { connection: 'upgrade, http2-settings', upgrade: 'h2c', 'http2-settings': 'AAMAAABkAAQ' }
    const { request } = await import('node:http')
    const [response] = await once(request(`${url}/livez`, { headers: upgrade }).end(), 'response')
    expect(response.statusCode).toBe(200)
  })
})

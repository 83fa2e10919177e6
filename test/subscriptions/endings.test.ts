import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { createClient } from 'graphql-sse'
import { describe, expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { changes, data, make, now, openLab } from './lab.ts'
import { ask, connect, everyEvent, listen, type ToldEvent } from './listen.ts'

describe('a gateway that closes', () => {
  it('sends away who listens at once, to go on elsewhere, and takes no more', async () => {
    const gateway = await openLab()
    const since = await now(gateway.url)
    const told = listen(connect(gateway.url), { since })
    await data(gateway.url, make('one'))
    await told.until(1)
    const client = createClient({ url: `${gateway.url}/graphql/stream`, retryAttempts: 0 })
    onTestFinished(() => client.dispose())
    const stream = client.iterate<{ events: ToldEvent }>({ query: everyEvent, variables: { since } })
    await stream.next()
    const cutOff = stream.next()
    cutOff.catch(() => {})
    const closingAt = performance.now()
    const closing = gateway.close()
    expect(await told.over).toMatchObject({ code: 1012 })
    await expect(cutOff).rejects.toBeDefined()
    await closing
    expect(performance.now() - closingAt).toBeLessThan(3000)
  })

  it('waits no longer than its grace for who does not hear of it', async () => {
    const gateway = await openLab()
    const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
    await once(socket, 'open')
    socket.pause()
    const closingAt = performance.now()
    await gateway.close()
    expect(performance.now() - closingAt).toBeLessThan(5000)
    socket.terminate()
  })

  it('answers what was asked before', async () => {
    const gateway = await openLab()
    const client = connect(gateway.url)
    await ask(client, '{ __typename }')
    const told = listen(client, { since: await now(gateway.url) })
    const answers = Promise.all([1, 2, 3].map((n) => ask(client, make(`last-${n}`))))
    await data(gateway.url, make('first'))
    await told.until(1)
    const closing = gateway.close()
    for (const { data: answer } of await answers) expect(answer.createModel.model.name).toContain('last-')
    expect(await told.over).toMatchObject({ code: 1012 })
    await closing
  })
})

describe('a gateway that closes, asked by who asks without a pause', () => {
  it('answers what was asked before, and says to go on elsewhere, at once', async () => {
    const gateway = await openLab()
    const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
    await once(socket, 'open')
    socket.send('{"type":"connection_init"}')
    await once(socket, 'message')
    let asked = 0
    const answered = new Set<string>()
    const askMore = () =>
      socket.send(
        JSON.stringify({
          type: 'subscribe',
          id: String(asked++),
          payload: { query: '{ registries { name } models { totalCount } }' },
        }),
      )
    socket.on('message', (text) => {
      const { type, id } = JSON.parse(String(text)) as { type: string; id: string }
      if (type !== 'next') return
      answered.add(id)
      if (socket.readyState === WebSocket.OPEN) askMore()
    })
    for (let n = 0; n < 30; n++) askMore()
    await expect.poll(() => answered.size, { timeout: 20_000 }).toBeGreaterThan(30)
    const closed = once(socket, 'close')
    const closingAt = performance.now()
    await gateway.close()
    const [code] = await closed
    expect(code).toBe(1012)
    expect(performance.now() - closingAt).toBeLessThan(5000)
  }, 60_000)
})

describe('who reads too slowly', () => {
  const big = 'x'.repeat(4000)
  /** Twenty events, of 50 KB each where they are asked for as below. */
  const manyTags = (name: string, value: string) => {
    const tags = Array.from({ length: 20 }, (_, key) => `{ key: "k${key}", value: "${value}" }`).join(', ')
    return `mutation { setModelTags(input: { model: { key: { registry: "lab", name: "${name}" } }, tags: [${tags}] }) { model { id } } }`
  }

  it('is sent away, to go on since the last cursor, and loses nothing', async () => {
    const { url } = await openLab()
    const since = await now(url)
    await data(url, make('m'))
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
    await once(socket, 'open')
    socket.send('{"type":"connection_init"}')
    await once(socket, 'message')
    const events: ToldEvent[] = []
    const padded = Array.from({ length: 12 }, (_, n) => `a${n}: after`).join(' ')
    const query = `subscription ($since: String) { events(since: $since) { id cursor kind model key after ${padded} } }`
    socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload: { query, variables: { since } } }))
    await once(socket, 'message')
    events.length = 0
    socket.pause()
    // More than the buffers of the system and the gateway hold together.
    for (let n = 0; n < 12; n++) await data(url, manyTags('m', `${n}-${big}`))
    socket.on('message', (text) => {
      const { payload } = JSON.parse(String(text)) as { payload: { data: { events: ToldEvent } } }
      events.push(payload.data.events)
    })
    const closed = once(socket, 'close')
    socket.resume()
    const [code] = await closed
    expect(code).toBe(1013)
    const rest = listen(connect(url), { since: events.at(-1)?.cursor ?? null })
    const all = await changes(url, since)
    expect(events.length).toBeLessThan(all.length - 1)
    await rest.until(all.length - 1 - events.length)
    expect([...events, ...rest.events].map(({ id }) => id)).toEqual(all.slice(1).map(({ id }) => id))
  }, 60_000)

  it('of what lies behind is waited for', async () => {
    const { url } = await openLab()
    const since = await now(url)
    await data(url, make('m'))
    for (let n = 0; n < 12; n++) await data(url, manyTags('m', `${n}-${big}`))
    const padded = Array.from({ length: 12 }, (_, n) => `a${n}: after`).join(' ')
    const query = `subscription ($since: String) { events(since: $since) { id cursor ${padded} } }`
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
    await once(socket, 'open')
    socket.send('{"type":"connection_init"}')
    await once(socket, 'message')
    const ids: string[] = []
    socket.on('message', (text) => ids.push(JSON.parse(String(text)).payload.data.events.id))
    socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload: { query, variables: { since } } }))
    socket.pause()
    await wait(1500)
    socket.resume()
    const all = await changes(url, since)
    await expect.poll(() => ids.length, { timeout: 10_000 }).toBe(all.length)
    expect(ids).toEqual(all.map(({ id }) => id))
    socket.terminate()
  }, 60_000)
})

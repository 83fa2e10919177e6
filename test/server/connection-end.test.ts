import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { json } from 'node:stream/consumers'
import { expect, test, vi } from 'vitest'
import { type StartedServer, startServer } from './start-server.ts'

const query = '{ registries { name } }'

/** Registries that answer when the test opens the gate. */
async function startGated(graceMs = 10_000) {
  const gate = Promise.withResolvers<void>()
  const registries = async () => {
    await gate.promise
    return [{ name: 'main' }]
  }
  const started = await startServer({ registries }, { graceMs })
  return { ...started, open: gate.resolve }
}

const atWork = ({ visits }: StartedServer, count: number) =>
  vi.waitFor(() => expect(visits).toHaveLength(count), { interval: 5 })

function send(url: string, agent?: Agent) {
  const sent = request(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    ...(agent ? { agent } : {}),
  })
  sent.end(JSON.stringify({ query }))
  return sent
}

test('a client that goes away is noticed within 100 ms, 20 times of 20', async () => {
  const started = await startGated()
  for (let round = 1; round <= 20; round++) {
    const sent = send(started.url)
    sent.on('error', () => {})
    await atWork(started, round)
    const visit = started.visits.at(-1)
    if (!visit) throw new Error('The request did not arrive.')
    expect(visit.signal.aborted).toBe(false)
    const aborted = once(visit.signal, 'abort')
    const gone = performance.now()
    sent.destroy()
    await aborted
    expect(performance.now() - gone).toBeLessThan(100)
    expect(visit.ended).toBe(true)
  }
  started.open()
})

test('a request that is answered ends its session and aborts nothing', async () => {
  const { post, visits } = await startServer({ registries: () => [] })
  expect((await post({ query })).status).toBe(200)
  await vi.waitFor(() => expect(visits[0]?.ended).toBe(true))
  expect(visits[0]?.signal.aborted).toBe(false)
})

test('a request whose document is refused ends its session too', async () => {
  const { post, visits } = await startServer()
  expect((await post({ query: '{ nothing }' })).status).toBe(400)
  await vi.waitFor(() => expect(visits[0]?.ended).toBe(true))
})

test('8 requests in flight are answered after the server is closed, 8 of 8, also where connections are kept', async () => {
  const started = await startGated()
  const agent = new Agent({ keepAlive: true })
  const answers = Array.from({ length: 8 }, async () => {
    const [response] = (await once(send(started.url, agent), 'response')) as [IncomingMessage]
    return [response.statusCode, await json(response)]
  })
  await atWork(started, 8)
  const closed = started.server.close()
  await expect(fetch(`${started.url}/livez`)).rejects.toThrow()
  started.open()
  expect(await Promise.all(answers)).toEqual(
    Array.from({ length: 8 }, () => [200, { data: { registries: [{ name: 'main' }] } }]),
  )
  await closed
  expect(started.visits.some(({ signal }) => signal.aborted)).toBe(false)
})

test('closing waits no longer than the grace', async () => {
  const started = await startGated(50)
  const sent = send(started.url)
  const failed = once(sent, 'error')
  await atWork(started, 1)
  await started.server.close()
  await failed
  await vi.waitFor(() => expect(started.visits[0]?.signal.aborted).toBe(true), { interval: 5 })
  started.open()
})

test('closing twice is closing once', async () => {
  const { server } = await startServer()
  await Promise.all([server.close(), server.close()])
})

import type { FastifyInstance } from 'fastify'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { Door, DoorTools, RequestSession } from '../../src/server/door.ts'
import { createHttpServer } from '../../src/server/http-server.ts'
import type { RequestFacts } from '../../src/server/request-facts.ts'

interface NumberedSession extends RequestSession {
  readonly number: number
}

type Tools = DoorTools<NumberedSession>

const door = (
  name: string,
  addRoutes: (server: FastifyInstance, tools: Tools) => void,
  close = async () => {},
): Door<NumberedSession> => ({
  name,
  async open(server, tools) {
    addRoutes(server, tools)
    return close
  },
})

/** What its clients ask for is the number of their session. */
const numbers = (path: string) =>
  door(`numbers at ${path}`, (server, { openSession }) => {
    server.get(path, async (request, reply) => ({ number: (await openSession(request, reply)).number }))
  })

async function startServer(
  doors: readonly Door<NumberedSession>[],
  { refuse = false, graceMs = 10_000 } = {},
) {
  const facts: RequestFacts[] = []
  const ended: number[] = []
  const log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() }
  const server = await createHttpServer<NumberedSession>({
    doors,
    openSession(given) {
      if (refuse) throw new Error('no canary-77')
      const number = facts.push(given)
      return { number, end: () => void ended.push(number) }
    },
    readiness: async () => ({ isReady: true, trouble: null }),
    log,
    graceMs,
  })
  onTestFinished(() => server.close())
  return { url: await server.listen({ host: '127.0.0.1', port: 0 }), server, facts, ended, log }
}

test('every door opens sessions from the same facts, and each ends with its request', async () => {
  const { url, facts, ended } = await startServer([numbers('/one'), numbers('/two')])
  const headers = { 'x-request-id': 'abc', 'modelgate-deadline-ms': '250' }
  expect(await (await fetch(`${url}/one`, { headers })).json()).toEqual({ number: 1 })
  expect(await (await fetch(`${url}/two`, { headers })).json()).toEqual({ number: 2 })
  expect(facts).toMatchObject(
    Array(2).fill({ requestId: 'abc', deadlineMs: 250, signal: { aborted: false } }),
  )
  await vi.waitFor(() => expect(ended).toEqual([1, 2]))
})

test('a request that is refused before its session is told so, by whatever door it came', async () => {
  const { url, facts } = await startServer([numbers('/one')])
  const response = await fetch(`${url}/one`, { headers: { 'modelgate-deadline-ms': 'soon' } })
  expect([response.status, await response.json()]).toEqual([
    400,
    {
      errors: [
        {
          message: 'The header modelgate-deadline-ms must be a positive whole number of milliseconds.',
          extensions: { code: 'BAD_USER_INPUT', field: 'modelgate-deadline-ms', retryable: false },
        },
      ],
    },
  ])
  expect(facts).toEqual([])
})

test('a session that cannot be opened is told by the request id alone', async () => {
  const { url, log } = await startServer([numbers('/one')], { refuse: true })
  const response = await fetch(`${url}/one`, { headers: { 'x-request-id': 'trace-9' } })
  expect([response.status, await response.json()]).toEqual([
    500,
    {
      errors: [
        {
          message: 'Internal error; request id trace-9',
          extensions: { code: 'INTERNAL_SERVER_ERROR', retryable: false },
        },
      ],
    },
  ])
  expect(log.error).toHaveBeenCalledWith(
    { requestId: 'trace-9', err: expect.objectContaining({ message: 'no canary-77' }) },
    'a request could not begin',
  )
})

test('what a door adds for itself does not reach another', async () => {
  const strict = door('strict', (server) => {
    server.addHook('onRequest', async (_request, reply) => reply.code(401).send({ who: 'are you?' }))
    server.setErrorHandler((_error, _request, reply) => reply.code(418).send({}))
    server.get('/strict', async () => ({}))
  })
  const { url } = await startServer([strict, numbers('/one')])
  expect((await fetch(`${url}/strict`)).status).toBe(401)
  expect((await fetch(`${url}/one`)).status).toBe(200)
  const refused = await fetch(`${url}/one`, { headers: { 'modelgate-deadline-ms': '0' } })
  expect(refused.status).toBe(400)
})

test('a server that closes waits for the mutations of a door, and closes the door after them', async () => {
  const closed = vi.fn(async () => {})
  const write = Promise.withResolvers<void>()
  const writes = door(
    'writes',
    (server, { beginMutation }) => {
      server.post('/writes', async (request) => {
        write.promise.then(beginMutation({ requestId: request.id, operations: ['setAlias'] }))
        return {}
      })
    },
    closed,
  )
  const { url, server, log } = await startServer([writes])
  expect((await fetch(`${url}/writes`, { method: 'POST' })).status).toBe(200)
  const closing = server.close()
  await vi.waitFor(() => expect(fetch(url)).rejects.toThrow())
  expect(closed).not.toHaveBeenCalled()
  write.resolve()
  await closing
  expect(closed).toHaveBeenCalledOnce()
  expect(log.warn).not.toHaveBeenCalled()
})

test('a door that does not open keeps the server from starting, and is named', async () => {
  await expect(startServer([numbers('/one'), numbers('/one')])).rejects.toThrow(
    /^The door "numbers at \/one" does not open: .*already declared/,
  )
})

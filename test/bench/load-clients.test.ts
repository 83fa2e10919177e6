import { createServer, type Server, type ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { LoadClients } from '../../bench/harness/load-clients.ts'
import { listenOnLoopback } from '../environment/loopback-server.ts'

describe('the clients of the bench', () => {
  let server: Server | undefined
  const clients: LoadClients[] = []
  afterEach(async () => {
    for (const each of clients.splice(0)) each.close()
    server?.closeAllConnections()
    server?.close()
  })

  async function load(answer: (response: ServerResponse, body: string) => unknown, timeoutMs = 5000) {
    const asked: string[] = []
    server = createServer(async (request, response) => {
      let body = ''
      for await (const part of request) body += part
      asked.push(body)
      await answer(response, body)
    })
    const port = await listenOnLoopback(server)
    const each = new LoadClients()
    clients.push(each)
    const bodies = ['"one"', '"two"', '"three"']
    const answered = await each.ask({ port, path: '/', bodies, clients: 4, seconds: 0.2, timeoutMs })
    return { asked, answered }
  }
  const rows = JSON.stringify({
    data: { rows: Array.from({ length: 20_000 }, (_, index) => `row ${index}`) },
  })

  it('ask every body in turn, count what they ask, and wait for the last answer', async () => {
    const { asked, answered } = await load(async (response) => {
      await wait(5)
      response.end(rows)
    })
    expect(answered).toMatchObject({ answers: asked.length, bad: 0, firstBad: null })
    expect(new Set(asked).size).toBe(3)
    expect(answered.p50Ms).toBeGreaterThan(4)
    expect(answered.p99Ms).toBeGreaterThanOrEqual(answered.p50Ms)
  })

  it('read answers in chunks of any size', async () => {
    const { asked, answered } = await load(async (response) => {
      for (const [from, to] of [
        [0, 20],
        [20, 70_000],
        [70_000, rows.length],
      ]) {
        response.write(rows.slice(from, to))
        await wait(1)
      }
      response.end()
    })
    expect(answered).toMatchObject({ answers: asked.length, bad: 0 })
  })

  it('count answers without data as bad and show one', async () => {
    const refused = '{"errors":[{"message":"no"}],"data":null}'
    const { answered } = await load((response, body) => response.end(body === '"two"' ? refused : rows))
    expect(answered.bad).toBeGreaterThan(0)
    expect(answered.bad).toBeLessThan(answered.answers)
    expect(answered.firstBad).toContain(refused)
  })

  it('count other statuses as bad', async () => {
    const { answered } = await load((response) => response.writeHead(503).end(rows))
    expect(answered.bad).toBe(answered.answers)
  })

  it('fail where nobody answers', async () => {
    await expect(load(() => undefined, 200)).rejects.toThrow('No answer in 200 ms.')
  })
})

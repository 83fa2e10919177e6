import { createServer, type ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HttpConnection } from '../../../src/adapters/http/http-connection.ts'
import { parseJsonObject } from '../../../src/adapters/http/parse-json.ts'
import { closeServer, listenOnLoopback } from '../../environment/loopback-server.ts'
import { newCall } from '../counted-call.ts'

const megabyte = 1024 * 1024
/** Of a mapping that is larger than what waits for no turn: all but its last bytes, and these. */
const [most, rest] = [`{"text":"${'x'.repeat(megabyte + 1)}`, '","end":true}']

describe('large answers of one server', () => {
  const begun: ServerResponse[] = []
  const server = createServer((request, response) => {
    request.resume()
    response.writeHead(200, { 'content-type': 'application/json' })
    if (request.url === '/small') return void response.end('{"small":true}')
    response.write(most)
    begun.push(response)
  })
  let connection: HttpConnection
  beforeEach(async () => {
    const url = `http://127.0.0.1:${await listenOnLoopback(server)}`
    connection = new HttpConnection({ url, connections: 16 })
  })
  afterEach(async () => {
    for (const response of begun.splice(0)) response.destroy()
    await connection.close()
    await closeServer(server)
  })

  const get = (path: string, signal?: AbortSignal) =>
    connection.send({ method: 'GET', path }, newCall(signal)).then(parseJsonObject)
  /** So many have been asked for, and the gateway has taken what it takes of them. */
  const untilBegun = async (count: number) => {
    await expect.poll(() => begun.length).toBe(count)
    await get('/small')
  }
  const settled = (promises: readonly Promise<unknown>[]) => {
    let count = 0
    for (const promise of promises)
      void promise.then(
        () => count++,
        () => count++,
      )
    return () => count
  }

  it('are read one at a time, and small ones beside them', async () => {
    const answers = [get('/large')]
    await untilBegun(1)
    await wait(200)
    answers.push(get('/large'), get('/large'))
    const done = settled(answers)
    await untilBegun(3)
    const [first, ...late] = begun
    for (const response of late) response.end(rest)
    expect(await get('/small')).toEqual({ small: true })
    // Whole, and not taken: it is the turn of the first.
    await wait(50)
    expect(done()).toBe(0)
    first?.end(rest)
    for (const answer of await Promise.all(answers))
      expect(answer).toMatchObject({ end: true, text: 'x'.repeat(megabyte + 1) })
  })

  it('leave the line when their call is over', async () => {
    const leaving = new AbortController()
    const held = get('/large')
    await untilBegun(1)
    await wait(200)
    const left = expect(get('/large', leaving.signal)).rejects.toMatchObject({ code: 'REGISTRY_TIMEOUT' })
    await untilBegun(2)
    leaving.abort()
    await left
    const next = get('/large')
    await untilBegun(3)
    for (const response of begun) response.end(rest)
    for (const answer of await Promise.all([held, next])) expect(answer).toMatchObject({ end: true })
  })

  it('give their turn back when they break off', async () => {
    for (let round = 0; round < 3; round++) {
      const answer = get('/large')
      await untilBegun(1)
      begun.pop()?.destroy()
      await expect(answer).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE' })
    }
    const answer = get('/large')
    await untilBegun(1)
    begun[0]?.end(rest)
    expect(await answer).toMatchObject({ end: true })
  })

  it('say what is wrong with them as small ones do', async () => {
    const answer = get('/large')
    await untilBegun(1)
    begun[0]?.end('"')
    await expect(answer).rejects.toMatchObject({ code: 'REGISTRY_ERROR', message: /broken JSON/ })
  })
})

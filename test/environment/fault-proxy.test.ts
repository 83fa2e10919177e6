import { once } from 'node:events'
import { Agent, createServer, request as httpRequest } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startCountingProxy } from './counting-proxy.ts'
import { faults } from './fault-mode.ts'
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts'
import { closeServer, listenOnLoopback } from './loopback-server.ts'

const upstream = createServer((request, response) => {
  request.pipe(response.writeHead(200, { 'x-method': request.method ?? '' }))
  response.once('finish', () => upstream.emit('answered'))
})
let proxy: FaultProxy

beforeEach(async () => {
  proxy = await startFaultProxy(`http://127.0.0.1:${await listenOnLoopback(upstream)}`)
})
afterEach(async () => {
  await proxy.close()
  await closeServer(upstream)
})

const get = (signal?: AbortSignal) => fetch(`${proxy.url}/a/b?c=d`, signal === undefined ? {} : { signal })

describe('startFaultProxy', () => {
  it('passes method, path and body on and logs them', async () => {
    const answer = await fetch(`${proxy.url}/a/b?c=d`, { method: 'POST', body: 'hello' })
    expect(await answer.text()).toBe('hello')
    expect(answer.headers.get('x-method')).toBe('POST')
    expect(proxy.log.requests).toMatchObject([{ method: 'POST', path: '/a/b', body: 'hello' }])
    expect(proxy.log.requests[0]?.query.get('c')).toBe('d')
  })

  it('delays by the time asked for', async () => {
    await proxy.setMode(faults.delay(80))
    const startedAt = performance.now()
    expect((await get()).status).toBe(200)
    expect(performance.now() - startedAt).toBeGreaterThan(75)
  })

  it.each([
    ['html500', faults.html500, 500],
    ['json500', faults.json500, 500],
    ['status', faults.status(503), 503],
    ['tooManyRequests', faults.tooManyRequests(), 429],
  ] as const)('answers %s', async (_name, mode, status) => {
    await proxy.setMode(mode)
    const answer = await get()
    expect(answer.status).toBe(status)
    expect(answer.headers.get('retry-after')).toBeNull()
  })

  it('says when to come back', async () => {
    await proxy.setMode(faults.tooManyRequests('7'))
    expect((await get()).headers.get('retry-after')).toBe('7')
  })

  it('answers JSON that is none', async () => {
    await proxy.setMode(faults.garbage)
    await expect(get().then((answer) => answer.json())).rejects.toThrow(SyntaxError)
  })

  it.each([
    ['reset', faults.reset],
    ['notHttp', faults.notHttp],
    ['truncated', faults.truncated],
    ['refuse', faults.refuse],
  ] as const)('breaks the call by %s', async (_name, mode) => {
    await proxy.setMode(mode)
    await expect(get().then((answer) => answer.text())).rejects.toThrow(TypeError)
  })

  it.each([
    ['loseAnswer', faults.loseAnswer],
    ['swallowAnswer', faults.swallowAnswer],
  ] as const)('passes the request on and gives no answer by %s', async (_name, mode) => {
    const answered = once(upstream, 'answered')
    await proxy.setMode(mode)
    const leaving = new AbortController()
    const call = get(leaving.signal).then((answer) => answer.text())
    await Promise.race([answered, call])
    if (mode === faults.swallowAnswer) leaving.abort()
    await expect(call).rejects.toThrow(mode === faults.swallowAnswer ? 'aborted' : TypeError)
  })

  it('lets those pass that are not meant', async () => {
    await proxy.setMode(faults.status(500), ({ method, path }) => method === 'POST' && path === '/a/b')
    expect((await get()).status).toBe(200)
    expect((await fetch(`${proxy.url}/a/b`, { method: 'POST' })).status).toBe(500)
    await proxy.setMode(faults.status(500))
    expect((await get()).status).toBe(500)
  })

  it.each([
    ['hang', faults.hang],
    ['slowDrip', faults.slowDrip(5)],
  ] as const)('never ends by %s, and notes when the client left', async (_name, mode) => {
    await proxy.setMode(mode)
    const leaving = new AbortController()
    const call = get(leaving.signal).then((answer) => answer.text())
    await proxy.log.until((log) => log.count() === 1)
    await Promise.race([call, wait(30)])
    leaving.abort()
    const leftAt = performance.now()
    await expect(call).rejects.toThrow('aborted')
    await proxy.log.until((log) => log.aborted.length === 1)
    expect((proxy.log.aborted[0]?.abortedAt ?? 0) - leftAt).toBeLessThan(1_000)
  })

  it('comes back on the same port after it refused', async () => {
    await proxy.setMode(faults.refuse)
    await proxy.setMode(faults.pass)
    expect((await get()).status).toBe(200)
  })

  it('counts connections', async () => {
    const agent = new Agent({ keepAlive: true })
    const call = () =>
      new Promise((resolve, reject) => {
        httpRequest(proxy.url, { agent }, (answer) => answer.resume().on('end', resolve))
          .on('error', reject)
          .end()
      })
    await call()
    await call()
    agent.destroy()
    expect(proxy.log.count()).toBe(2)
    expect(proxy.connections).toBe(1)
  })
})

describe('startCountingProxy', () => {
  it('counts by path until it is reset', async () => {
    const counting = await startCountingProxy(proxy.url)
    try {
      await Promise.all(['/x', '/x?page=2', '/y/x', '/y'].map((path) => fetch(counting.url + path)))
      expect(counting.log.countByPath()).toEqual({ '/x': 2, '/y/x': 1, '/y': 1 })
      expect(counting.log.count('/x')).toBe(3)
      counting.log.reset()
      expect(counting.log.count()).toBe(0)
    } finally {
      await counting.close()
    }
  })
})

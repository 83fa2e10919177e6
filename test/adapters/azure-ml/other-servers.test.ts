import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { closeServer, listenOnLoopback } from '../../environment/loopback-server.ts'
import { newCall } from '../counted-call.ts'
import { openAzure } from './open-registry.ts'
import { modelQuery } from './queries.ts'

describe('another server', () => {
  let close = async () => {}
  afterEach(() => close())

  async function openStub(
    answer: (request: IncomingMessage, response: ServerResponse) => void,
    options: object = {},
  ) {
    const requests: IncomingMessage[] = []
    const server = createServer((request, response) => {
      requests.push(request)
      answer(request, response)
    })
    const url = `http://127.0.0.1:${await listenOnLoopback(server)}`
    const adapter = await openAzure(url, options)
    close = async () => {
      await adapter.close()
      await closeServer(server)
    }
    return { adapter, requests, url }
  }

  it('that redirects gets no second request, nor the token', async () => {
    const { adapter, requests } = await openStub((_, response) =>
      response.writeHead(302, { location: 'https://elsewhere.example/' }).end(),
    )
    await expect(adapter.health(newCall())).rejects.toMatchObject({ code: 'REGISTRY_ERROR' })
    expect(requests).toHaveLength(1)
  })

  it.each(['<html>Sign in</html>', '', '[]', '{"value":3}', '{"value":[],"nextLink":7}'])(
    'that answers %s is REGISTRY_ERROR',
    async (body) => {
      const { adapter } = await openStub((_, response) => response.writeHead(200).end(body))
      await expect(adapter.models.list(modelQuery(), newCall())).rejects.toMatchObject({
        code: 'REGISTRY_ERROR',
      })
    },
  )

  it('that answers rows of another kind is REGISTRY_ERROR, beside the rows that can be read', async () => {
    const { adapter } = await openStub((_, response) => response.writeHead(200).end('{"value":[{"name":1}]}'))
    const { items, flaw } = await adapter.models.list(modelQuery(), newCall())
    expect(items).toEqual([])
    expect(flaw).toMatchObject({ code: 'REGISTRY_ERROR' })
  })

  it('that is away fails a list of named models, as it fails all others', async () => {
    const { adapter } = await openStub((_, response) => response.writeHead(503).end())
    const values = ['a', 'b']
    const filter = {
      kind: 'text',
      field: 'name',
      tests: [{ operator: 'in', values, ignoreCase: false }],
    } as const
    await expect(adapter.models.list(modelQuery({ filter }), newCall())).rejects.toMatchObject({
      code: 'REGISTRY_UNAVAILABLE',
    })
  })

  it('that never stops talking is cut off', async () => {
    const { adapter } = await openStub((_, response) => {
      const chunk = Buffer.alloc(1024 * 1024, ' ')
      const talk = () => {
        while (!response.destroyed && response.write(chunk));
      }
      response.on('drain', talk)
      response.writeHead(200)
      talk()
    })
    await expect(adapter.health(newCall())).rejects.toMatchObject({
      code: 'REGISTRY_ERROR',
      message: expect.stringContaining('more than'),
    })
  })

  it('that breaks off in the middle is REGISTRY_UNAVAILABLE', async () => {
    const { adapter } = await openStub((_, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('{"value"', () => response.destroy())
    })
    await expect(adapter.health(newCall())).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE' })
  })

  it('that falls silent in the middle is left at once when the time is over', async () => {
    const { adapter, requests } = await openStub((_, response) => {
      response.writeHead(200).write('{"value"')
    })
    const abort = new AbortController()
    const health = adapter.health(newCall(abort.signal))
    while (requests.length === 0) await new Promise((resolve) => setImmediate(resolve))
    const abortedAt = performance.now()
    abort.abort()
    await expect(health).rejects.toMatchObject({ code: 'REGISTRY_TIMEOUT' })
    expect(performance.now() - abortedAt).toBeLessThan(100)
  })

  it('is asked for so many things at once as is configured', async () => {
    let underWay = 0
    let most = 0
    const { adapter } = await openStub((_, response) => {
      most = Math.max(most, ++underWay)
      setImmediate(() => {
        underWay--
        response.writeHead(404).end('{"error":{"code":"UserError","message":"No."}}')
      })
    })
    const names = Array.from({ length: 60 }, (_, index) => `model-${index}`)
    await Promise.all([adapter.models.get(names, newCall()), adapter.versions.latest(names, newCall())])
    expect(most).toBeLessThanOrEqual(8)
    expect(most).toBeGreaterThan(1)
  })

  it('is not asked for one who has left the line, and those behind him move up', async () => {
    const held: ServerResponse[] = []
    const { adapter, requests } = await openStub((_, response) => held.push(response), { connections: 1 })
    const abort = new AbortController()
    const first = adapter.health(newCall())
    const left = adapter.health(newCall(abort.signal))
    const last = adapter.health(newCall())
    while (held.length === 0) await new Promise((resolve) => setImmediate(resolve))
    abort.abort()
    await expect(left).rejects.toMatchObject({ code: 'REGISTRY_TIMEOUT' })
    held[0]?.end('{}')
    await first
    while (held.length === 1) await new Promise((resolve) => setImmediate(resolve))
    held[1]?.end('{}')
    await last
    expect(requests).toHaveLength(2)
  })

  it('that makes what it was to change says that somebody has deleted it meanwhile', async () => {
    const asset = JSON.stringify({
      name: 'm',
      properties: { tags: {} },
      systemData: { lastModifiedAt: 'now' },
    })
    const { adapter } = await openStub((request, response) =>
      response.writeHead(request.method === 'PUT' ? 201 : 200).end(asset),
    )
    await expect(adapter.writes?.models.describe?.('m', 'New.', newCall())).rejects.toMatchObject({
      code: 'CONFLICT',
      nothingWritten: false,
    })
  })

  it('that answers a look-up with another asset has not what was asked for', async () => {
    const { adapter } = await openStub((_, response) => response.end('{"name":"M"}'))
    expect(await adapter.models.get(['m'], newCall())).toEqual([null])
  })

  it('that knows no such page is not taken for Azure without that model', async () => {
    const { adapter } = await openStub((_, response) => response.writeHead(404).end('<html>'))
    expect(await adapter.models.get(['m'], newCall())).toMatchObject([{ code: 'UNSUPPORTED' }])
  })

  it('whose links go round in a circle is REGISTRY_ERROR, and each is followed once, as it was given', async () => {
    const link = '/page?$orderBy=createdtime+desc&$skipToken=a%2bB%3d&api-version=1'
    const stub = await openStub((request, response) =>
      response.end(JSON.stringify({ value: [], nextLink: `http://${request.headers.host}${link}` })),
    )
    await expect(stub.adapter.models.list(modelQuery(), newCall())).rejects.toMatchObject({
      code: 'REGISTRY_ERROR',
    })
    expect(stub.requests.map(({ url }) => url).slice(1)).toEqual([link])
  })
})

import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toPageToken } from '../../../src/adapters/mlflow/wire/page-token.ts'
import { closeServer, listenOnLoopback } from '../../environment/loopback-server.ts'
import { newCall } from '../counted-call.ts'
import { openRegistry } from './open-registry.ts'
import { modelQuery } from './queries.ts'

const names = Array.from({ length: 40 }, (_, index) => `model-${String(index).padStart(2, '0')}`)

describe('a server that gives pages as large as it likes', () => {
  const server = createServer((request, response) => {
    request.resume()
    const token = new URL(request.url ?? '', 'http://loopback').searchParams.get('page_token')
    const offset = token === null ? 0 : names.findIndex((_, index) => toPageToken(index) === token)
    const rest = names.slice(offset, offset + 30).map((name) => ({ name }))
    const next = offset + 30 < names.length ? { next_page_token: toPageToken(offset + 30) } : {}
    response.writeHead(200).end(JSON.stringify({ registered_models: rest, ...next }))
  })
  let url: string
  beforeAll(async () => {
    url = `http://127.0.0.1:${await listenOnLoopback(server)}`
  })
  afterAll(() => closeServer(server))

  it('is read by pages as they are asked for, without a row twice or left out', async () => {
    const registry = await openRegistry(url, { serverVersion: '3.17.2', nameOrder: 'codePoint' })
    const found: string[] = []
    let continuation: string | null = null
    do {
      const page = await registry.models.list(modelQuery({ limit: 10, continuation }), newCall())
      expect(page.items.length).toBeLessThanOrEqual(11)
      found.push(...page.items.map(({ name }) => name))
      continuation = page.continuation
    } while (continuation !== null)
    expect(found).toEqual(names)
    await registry.close()
  })
})

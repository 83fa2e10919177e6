import { createServer as createPlainServer } from 'node:http'
import { createServer } from 'node:https'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TlsConfig } from '../../../src/adapters/http/connection-config.ts'
import { HttpConnection } from '../../../src/adapters/http/http-connection.ts'
import { closeServer, listenOnLoopback } from '../../environment/loopback-server.ts'
import { newCall } from '../counted-call.ts'
import { testCertificate } from './test-certificate.ts'

describe('a connection over TLS', () => {
  const server = createServer(testCertificate, (_, response) => response.end('{}'))
  let port: number
  beforeAll(async () => {
    port = await listenOnLoopback(server)
  })
  afterAll(() => closeServer(server))

  async function send(tls: TlsConfig | undefined, at = port) {
    const connection = new HttpConnection({ url: `https://127.0.0.1:${at}`, connections: 1, tls })
    try {
      return await connection.send({ method: 'GET', path: '/' }, newCall())
    } finally {
      await connection.close()
    }
  }

  it.each<[string, TlsConfig]>([
    [
      'the authority and the name that are configured',
      { ca: testCertificate.cert, servername: 'models.internal' },
    ],
    ['any certificate, when told so', { insecureSkipVerify: true }],
  ])('trusts %s', async (_, tls) => {
    expect(await send(tls)).toMatchObject({ status: 200 })
  })

  it.each<[string, TlsConfig | undefined]>([
    ['an unknown authority', undefined],
    ['another name', { ca: testCertificate.cert, servername: 'other.internal' }],
  ])('does not trust %s, and says what to set', async (_, tls) => {
    await expect(send(tls)).rejects.toMatchObject({
      code: 'REGISTRY_UNAVAILABLE',
      retryable: false,
      message: expect.stringMatching(/certificate.*tls\.ca/),
    })
  })

  it('says that a port does not speak it', async () => {
    const plain = createPlainServer()
    try {
      await expect(send(undefined, await listenOnLoopback(plain))).rejects.toMatchObject({
        code: 'REGISTRY_UNAVAILABLE',
        message: expect.stringContaining('http://'),
      })
    } finally {
      await closeServer(plain)
    }
  })
})

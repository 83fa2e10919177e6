import { createServer, type IncomingMessage, request } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { connect, type Socket } from 'node:net'
import { inspect } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { HttpConnection } from '../../../src/adapters/http/http-connection.ts'
import { findProxy } from '../../../src/adapters/http/proxy.ts'
import type { Adapter } from '../../../src/contract/index.ts'
import { closeServer, listenOnLoopback } from '../../environment/loopback-server.ts'
import { openAzure } from '../azure-ml/open-registry.ts'
import { newCall } from '../counted-call.ts'
import { openRegistry } from '../mlflow/open-registry.ts'
import { testCertificate } from './test-certificate.ts'

describe('the proxy of an address', () => {
  const env = {
    HTTPS_PROXY: 'http://secure:1',
    http_proxy: 'plain:2',
    NO_PROXY: 'a.example, .b.example *.c.example,d.example:8443 ::1',
  }
  it.each([
    ['https://x.example', 'http://secure:1/'],
    ['http://x.example', 'http://plain:2/'],
    ['https://a.example', null],
    ['https://in.a.example', null],
    ['https://ba.example', 'http://secure:1/'],
    ['https://in.b.example', null],
    ['https://in.c.example', null],
    ['https://d.example:8443', null],
    ['https://d.example', 'http://secure:1/'],
    ['http://[::1]:5000', null],
  ])('%s is %s', (address, proxy) => {
    expect(findProxy(new URL(address), env)?.href ?? null).toBe(proxy)
  })

  it('is none without a variable, and for none with *', () => {
    expect(findProxy(new URL('https://x'), {})).toBeNull()
    expect(findProxy(new URL('https://x'), { ALL_PROXY: 'http://p', no_proxy: '*' })).toBeNull()
    expect(findProxy(new URL('https://x'), { ALL_PROXY: 'http://p' })?.host).toBe('p')
  })
})

describe('a registry behind a proxy', () => {
  const seen: string[] = []
  const plain = createServer((_, response) => response.end('{"registered_models":[],"value":[]}'))
  const secure = createTlsServer(testCertificate, (_, response) =>
    response.end('{"registered_models":[],"value":[]}'),
  )
  const proxy = createServer((from, response) => {
    if (!isAllowed(from))
      return response.writeHead(407).end(`You sent ${from.headers['proxy-authorization']}`)
    seen.push(`${from.method} ${from.url}`)
    const { host, ...headers } = from.headers
    const to = request(from.url ?? '', { method: from.method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers)
      answer.pipe(response)
    })
    from.pipe(to)
  })
  proxy.on('connect', (from: IncomingMessage, socket: Socket) => {
    if (!isAllowed(from)) return socket.end('HTTP/1.1 407 No\r\n\r\n')
    seen.push(`CONNECT ${from.url}`)
    const [host, port] = (from.url ?? '').split(':')
    const to = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      to.pipe(socket).pipe(to)
    })
    for (const each of [to, socket]) each.on('error', () => to.destroy())
  })
  const isAllowed = ({ headers }: IncomingMessage) =>
    headers['proxy-authorization'] === `Basic ${Buffer.from('ann:pass word').toString('base64')}`
  let [plainPort, securePort, proxyPort] = [0, 0, 0]

  beforeAll(async () => {
    plainPort = await listenOnLoopback(plain)
    securePort = await listenOnLoopback(secure)
    proxyPort = await listenOnLoopback(proxy)
  })
  afterEach(() => {
    vi.unstubAllEnvs()
    seen.length = 0
  })
  afterAll(async () => {
    for (const server of [plain, secure, proxy]) await closeServer(server)
  })

  function useProxy(user = 'ann:pass%20word@'): void {
    for (const name of ['HTTP_PROXY', 'HTTPS_PROXY']) vi.stubEnv(name, `http://${user}127.0.0.1:${proxyPort}`)
    for (const name of ['http_proxy', 'https_proxy', 'no_proxy', 'NO_PROXY', 'ALL_PROXY', 'all_proxy'])
      vi.stubEnv(name, undefined)
  }

  async function send(url: string) {
    const connection = new HttpConnection({ url, connections: 2, tls: { insecureSkipVerify: true } })
    const write = {
      method: 'POST',
      path: '/w',
      body: { contentType: 'a/b', length: 1, bytes: once1() },
    } as const
    try {
      const read = await connection.send({ method: 'GET', path: '/r?a=1' }, newCall())
      return [read.status, (await connection.write(write, newCall())).status]
    } finally {
      await connection.close()
    }
  }
  async function* once1() {
    yield Buffer.from('x')
  }

  it('over TLS is reached through a tunnel, and without TLS by being passed on', async () => {
    useProxy()
    expect(await send(`https://127.0.0.1:${securePort}/base`)).toEqual([200, 200])
    expect(seen).toEqual([`CONNECT 127.0.0.1:${securePort}`, `CONNECT 127.0.0.1:${securePort}`])
    seen.length = 0
    expect(await send(`http://127.0.0.1:${plainPort}/base`)).toEqual([200, 200])
    expect(seen).toEqual([
      `GET http://127.0.0.1:${plainPort}/base/r?a=1`,
      `POST http://127.0.0.1:${plainPort}/base/w`,
    ])
  })

  it('is reached without one where NO_PROXY names it', async () => {
    useProxy()
    vi.stubEnv('NO_PROXY', '127.0.0.1')
    expect(await send(`https://127.0.0.1:${securePort}`)).toEqual([200, 200])
    expect(seen).toEqual([])
  })

  const tls = { ca: testCertificate.cert, servername: 'models.internal' }
  const openMlflow = (url: string) => openRegistry(url, { tls })
  const openAzureOverTls = () => openAzure(`https://127.0.0.1:${securePort}`, { tls })
  const openAzurePlain = () => openAzure(`http://127.0.0.1:${plainPort}`)
  const openWithSecret = () =>
    openAzure(`https://127.0.0.1:${securePort}`, {
      tls,
      auth: { tenantId: 'tenant', clientId: 'client', clientSecret: 'a-secret' },
      authorityHost: `https://127.0.0.1:${securePort}`,
    })
  const everyWay = [
    () => openMlflow(`https://127.0.0.1:${securePort}`),
    () => openMlflow(`http://127.0.0.1:${plainPort}`),
    openAzureOverTls,
    openAzurePlain,
  ]

  it.each([
    ['mlflow over TLS', () => openMlflow(`https://127.0.0.1:${securePort}`)],
    ['azureml over TLS', () => openAzureOverTls()],
    ['azureml without TLS', () => openAzure(`http://127.0.0.1:${plainPort}`)],
  ] as const)('is reached by it, with what tls says: %s', async (name, open: () => Promise<Adapter>) => {
    useProxy()
    const adapter = await open()
    await adapter.health(newCall())
    await adapter.close()
    expect(seen.join()).toContain(name.includes('over TLS') ? `CONNECT 127.0.0.1:${securePort}` : 'GET http')
  })

  it.each([
    ['a name above in NO_PROXY', () => vi.stubEnv('NO_PROXY', '0.0.1')],
    ['a variable for http only', () => vi.stubEnv('HTTPS_PROXY', undefined)],
  ] as const)('is reached without one: Azure, %s', async (_, change) => {
    useProxy()
    change()
    const adapter = await openAzureOverTls()
    await adapter.health(newCall())
    await adapter.close()
    expect(seen).toEqual([])
  })

  it('says that the proxy cannot be reached, and not that the registry cannot', async () => {
    const closed = createServer()
    const port = await listenOnLoopback(closed)
    await closeServer(closed)
    useProxy()
    for (const name of ['HTTP_PROXY', 'HTTPS_PROXY']) vi.stubEnv(name, `http://127.0.0.1:${port}`)
    for (const open of [...everyWay, openWithSecret]) {
      const adapter = await open()
      await expect(adapter.health(newCall())).rejects.toMatchObject({
        code: 'REGISTRY_UNAVAILABLE',
        message: expect.stringMatching(`The proxy 127.0.0.1:${port} before .* refused .*NO_PROXY`),
      })
      await adapter.close()
    }
  })

  it.each(['socks5://127.0.0.1:1', 'http://a%zz:b@127.0.0.1:1', 'no address'])(
    'says which variable is to be corrected: %s',
    async (address) => {
      useProxy()
      for (const name of ['HTTP_PROXY', 'HTTPS_PROXY']) vi.stubEnv(name, address)
      for (const open of [...everyWay, openWithSecret]) {
        const asking = open().then((adapter) => adapter.health(newCall()))
        await expect(asking).rejects.toMatchObject({
          code: 'REGISTRY_ERROR',
          message: expect.stringMatching(/^HTTPS?_PROXY of the environment is not the address/),
        })
      }
    },
  )

  it('keeps the credentials of the proxy out of what it answers', async () => {
    useProxy('ann:wrong%20word@')
    for (const open of [() => openMlflow(`http://127.0.0.1:${plainPort}`), () => openAzurePlain()]) {
      const adapter = await open()
      const error = await adapter.health(newCall()).then(
        () => null,
        (thrown: unknown) => thrown,
      )
      const said = inspect(error, { depth: 9 })
      expect(said).toContain('You sent Basic ***')
      expect(said).not.toContain('wrong word')
      await adapter.close()
    }
  })

  it('is named where it wants credentials, before an authority too', async () => {
    useProxy('')
    for (const open of [...everyWay, openWithSecret]) {
      const adapter = await open()
      await expect(adapter.health(newCall())).rejects.toMatchObject({
        code: 'REGISTRY_ERROR',
        message: expect.stringMatching(
          `proxy before .* wants credentials \\(HTTP 407\\).* of 127.0.0.1:${proxyPort} in .*NO_PROXY`,
        ),
      })
      await adapter.close()
    }
  })
})

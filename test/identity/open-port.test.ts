import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { request as plainRequest } from 'node:http'
import { request as tlsRequest } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { bearer, openGuardedGateway } from './open-gateway.ts'

/** With a Host header of one's own, which fetch() does not send. */
function get(
  url: string,
  headers: Record<string, string>,
  ca?: string,
): Promise<{ status: number; text: string }> {
  const request = url.startsWith('https:') ? tlsRequest : plainRequest
  return new Promise((resolve, reject) => {
    request(url, { headers, ...(ca && { ca }) }, (response) => {
      let text = ''
      response.on('data', (chunk) => {
        text += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
    })
      .on('error', reject)
      .end()
  })
}

test('it answers to its names and to no others, and says which key to set', async () => {
  const plain = await openGuardedGateway({ auth: {} })
  const refused = await get(plain.url, { host: 'models.example.com' })
  expect(refused.status).toBe(403)
  for (const key of ['server.allowedHosts', 'server.publicUrl']) expect(refused.text).toContain(key)

  const server = {
    port: 0,
    publicUrl: 'https://models.example.com/gate',
    allowedHosts: ['internal', 'other:8080'],
  }
  const named = await openGuardedGateway({ auth: {}, server })
  const statusOf = async (host: string) => (await get(named.url, { host })).status
  for (const host of [
    'models.example.com',
    'MODELS.example.com',
    'internal',
    'internal:9',
    'other:8080',
    'localhost',
  ])
    expect([host, await statusOf(host)]).toEqual([host, 200])
  for (const host of ['example.com', 'other:81', 'models.example.com.evil.example', 'evil.example'])
    expect([host, await statusOf(host)]).toEqual([host, 403])
})

test('below a path it works whether or not the proxy takes the path away', async () => {
  const gateway = await openGuardedGateway({
    auth: {},
    server: { port: 0, publicUrl: 'https://models.example.com/gate' },
  })
  for (const path of ['/', '/gate/', '/livez', '/gate/livez', '/gate/readyz'])
    expect([path, (await fetch(gateway.url + path)).status]).toEqual([path, 200])
  const bare = await fetch(`${gateway.url}/gate`, { redirect: 'manual' })
  expect([bare.status, new URL(bare.headers.get('location') ?? '', `${gateway.url}/gate`).pathname]).toEqual([
    308,
    '/gate/',
  ])
  expect((await fetch(`${gateway.url}/gateway`)).status).toBe(404)
  expect((await fetch(`${gateway.url}/gate/gate/livez`)).status).toBe(404)
})

test('pages of the configured origins read its answers, and no others', async () => {
  const origins = ['https://dashboard.example.com']
  const gateway = await openGuardedGateway({
    auth: {},
    server: { port: 0, cors: { origins, credentials: true } },
  })
  const preflight = (origin: string) =>
    fetch(`${gateway.url}/graphql`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      },
    })
  const allowed = await preflight('https://dashboard.example.com')
  expect(allowed.status).toBe(204)
  expect(allowed.headers.get('access-control-allow-origin')).toBe('https://dashboard.example.com')
  expect(allowed.headers.get('access-control-allow-credentials')).toBe('true')
  expect(allowed.headers.get('access-control-allow-headers')).toContain('authorization')
  for (const origin of ['https://evil.example', 'null', 'https://dashboard.example.com.evil.example']) {
    expect((await preflight(origin)).headers.get('access-control-allow-origin')).toBeNull()
    expect((await gateway.ask({ origin })).headers.get('access-control-allow-origin')).toBeNull()
  }
  const asked = await gateway.ask({ origin: 'https://dashboard.example.com' })
  expect(asked.headers.get('access-control-allow-origin')).toBe('https://dashboard.example.com')
  const wrong = await gateway.ask({ origin: 'https://dashboard.example.com', ...bearer('mg_wrong') })
  expect([wrong.status, wrong.headers.get('access-control-allow-origin')]).toEqual([
    401,
    'https://dashboard.example.com',
  ])
})

test('it speaks TLS itself', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'modelgate-tls-'))
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-days', '2']
  await promisify(execFile)('openssl', [
    ...made,
    '-subj',
    '/CN=localhost',
    '-addext',
    'subjectAltName=IP:127.0.0.1',
  ])
  const gateway = await openGuardedGateway({ auth: {}, server: { port: 0, tls: { cert, key } } })
  expect(gateway.url).toMatch(/^https:/)
  expect((await get(`${gateway.url}/livez`, {}, readFileSync(cert, 'utf8'))).status).toBe(200)
})

test("a proxy's headers are believed of its own address, and of no other", async () => {
  const proxy = (from: string) => ({ user: 'x-forwarded-user', groups: 'x-forwarded-groups', from: [from] })
  const headers = { 'x-forwarded-user': 'ann', 'x-forwarded-groups': 'platform, fraud' }
  const trusted = await openGuardedGateway({ auth: { proxy: proxy('127.0.0.0/8') } })
  expect(await trusted.viewer(headers)).toEqual({
    status: 200,
    principal: 'user:ann',
    groups: ['group:platform', 'group:fraud'],
  })
  const named = Buffer.from('Zoë').toString('latin1')
  expect((await trusted.viewer({ 'x-forwarded-user': named })).principal).toBe('user:Zoë')
  // As oauth2-proxy sends it along unless it is told not to.
  expect(await trusted.viewer({ ...headers, authorization: 'Basic YW5uOng=' })).toMatchObject({ status: 200 })
  expect((await trusted.viewer({ ...headers, ...bearer('mg_wrong') })).status).toBe(401)
  expect((await trusted.viewer({ 'x-forwarded-user': 'ann, bea' })).status).toBe(401)
  expect((await trusted.viewer({ 'x-forwarded-user': '' })).status).toBe(401)
  expect((await trusted.viewer({ 'x-forwarded-user': 'cli:root' })).status).toBe(401)

  // Whatever the client says of its address, and whoever is trusted to say it.
  const server = { port: 0, trustProxy: true }
  const other = await openGuardedGateway({ auth: { proxy: proxy('10.1.2.3/32') }, server })
  expect((await other.viewer({ ...headers, 'x-forwarded-for': '10.1.2.3' })).status).toBe(401)
  expect(other.log()).toContain('auth.proxy.from')
  expect(await other.viewer()).toMatchObject({ status: 200, principal: 'user:anonymous' })
})

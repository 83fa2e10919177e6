import { createHmac } from 'node:crypto'
import { type CryptoKey, exportSPKI, importJWK, SignJWT, UnsecuredJWT } from 'jose'
import { expect, test } from 'vitest'
import { Names } from '../../src/identity/names.ts'
import { RefusedCredential } from '../../src/identity/refused-credential.ts'
import { type Issuer, startIssuer } from './issuer.ts'
import { bearer, openGuardedGateway } from './open-gateway.ts'

const now = () => Math.floor(Date.now() / 1000)

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

/** By hand, as no library lets one do this: the public key, as everybody can have it, taken for a secret. */
async function signWithPublicKey(issuer: Issuer, alg: string): Promise<string> {
  const { publicJwk, kid } = issuer.current()
  const pem = await exportSPKI((await importJWK(publicJwk, 'RS256', { extractable: true })) as CryptoKey)
  const claims = { iss: issuer.url, aud: 'modelgate', sub: 'ann', exp: now() + 300 }
  const body = `${encode({ alg, kid })}.${encode(claims)}`
  return `${body}.${createHmac('sha256', pem).update(body).digest('base64url')}`
}

const forgeries: Record<string, (issuer: Issuer, other: Issuer) => Promise<string> | string> = {
  'without a signature (alg none)': ({ url }) =>
    new UnsecuredJWT({ iss: url, aud: 'modelgate', sub: 'ann', exp: now() + 300 }).encode(),
  'HS256 with the public key for a secret': (issuer) => signWithPublicKey(issuer, 'HS256'),
  'RS256 that is an HMAC': (issuer) => signWithPublicKey(issuer, 'RS256'),
  'of another issuer': (_, other) => other.sign(),
  'signed by another issuer in this ones name': (issuer, other) => other.sign({ iss: issuer.url }),
  'the same with the kid of this one': (issuer, other) =>
    other.sign({ iss: issuer.url }, { kid: issuer.current().kid }),
  'for another audience': (issuer) => issuer.sign({ aud: 'another' }),
  'for nobody': (issuer) => issuer.sign({ aud: undefined }),
  expired: (issuer) => issuer.sign({ exp: now() - 61 }),
  'that never expires': (issuer) => issuer.sign({ exp: undefined }),
  'not yet valid': (issuer) => issuer.sign({ nbf: now() + 90 }),
  'of an unknown kid': (issuer) => issuer.sign({}, { kid: 'nobody-has-it' }),
  'without a required claim': (issuer) => issuer.sign({ repository_owner: undefined }),
  'with another value of a required claim': (issuer) => issuer.sign({ repository_owner: 'evil' }),
  'without a name': (issuer) => issuer.sign({ sub: undefined }),
  'with a name that is an object': (issuer) => issuer.sign({ sub: { toString: 'ann' } as never }),
  'with a name of two lines': (issuer) => issuer.sign({ sub: 'ann\nadmin' }),
  'with the name of a command line': (issuer) => issuer.sign({ sub: 'cli:root' }),
  'with the name of nobody': (issuer) => issuer.sign({ sub: 'anonymous' }),
  truncated: async (issuer) => (await issuer.sign()).slice(0, -40),
  'without its last part': async (issuer) => (await issuer.sign()).split('.').slice(0, 2).join('.'),
  'with changed claims': async (issuer) => {
    const [header, , signature] = (await issuer.sign()).split('.')
    return `${header}.${encode({ iss: issuer.url, aud: 'modelgate', sub: 'root', exp: now() + 300 })}.${signature}`
  },
  'with a key of its own (jwk in the header)': (issuer, other) =>
    other.sign({ iss: issuer.url }, { jwk: other.current().publicJwk, kid: undefined }),
  'that leads to keys of its own (jku)': (issuer, other) =>
    other.sign({ iss: issuer.url }, { jku: `${other.url}/keys`, kid: 'elsewhere' }),
  'with a critical header nobody knows': async (issuer) => {
    const { privateKey, kid } = issuer.current()
    return new SignJWT({ iss: issuer.url, aud: 'modelgate', sub: 'ann', exp: now() + 300 })
      .setProtectedHeader({ alg: 'RS256', kid, crit: ['b64'], b64: true })
      .sign(privateKey)
  },
  '100 kB long': (issuer) => issuer.sign({ repository_owner: 'acme', padding: 'x'.repeat(75_000) }),
  '100 kB of nothing': () => 'a'.repeat(100_000),
  'no token at all': () => 'hello',
  'an API token that does not exist': () => `mg_${'a'.repeat(43)}`,
  'an API token that is cut off': () => 'mg_abc',
}

const configOf = ({ url }: Issuer, more: object = {}) => ({
  auth: { jwt: [{ issuer: url, audience: 'modelgate', groups: 'realm_access.roles', ...more }] },
})

test('what is forged is refused, all in the same words, and never breaks the gateway', async () => {
  const [issuer, other] = await Promise.all([startIssuer(), startIssuer()])
  const gateway = await openGuardedGateway(
    configOf(issuer, { require: { repository_owner: ['acme', 'other'] } }),
  )
  const good = await issuer.sign({ repository_owner: 'acme' })
  expect(await gateway.viewer(bearer(good))).toMatchObject({ status: 200, principal: 'user:ann' })
  const bodies = new Set<string>()
  for (const [kind, forge] of Object.entries(forgeries)) {
    const required = {
      sign: (claims = {}, header = {}) => issuer.sign({ repository_owner: 'acme', ...claims }, header),
    }
    const token = await forge({ ...issuer, ...required }, other)
    const response = await gateway.ask(bearer(token))
    expect([kind, response.status]).toEqual([kind, 401])
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer realm="modelgate"/)
    bodies.add(await response.text())
    expect(gateway.log()).not.toContain(token.slice(0, 60))
  }
  expect([...bodies]).toHaveLength(1)
  expect(JSON.parse([...bodies][0] ?? '')).toMatchObject({
    errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
  })
  expect(gateway.log()).not.toContain('"level":"error"')
  for (const reason of ['it has expired', 'its claim \\"aud\\" does not hold', 'repository_owner']) {
    expect(gateway.log()).toContain(reason.replaceAll('\\"', ''))
  }
})

test.each(['basic dXNlcjpwYXNz', 'Bearer', 'Bearer a b', 'Token abc'])(
  '"%s" is refused too',
  async (authorization) => {
    const gateway = await openGuardedGateway({ auth: {} })
    expect((await gateway.ask({ authorization })).status).toBe(401)
  },
)

test('clocks may differ by a minute', async () => {
  const issuer = await startIssuer()
  const gateway = await openGuardedGateway(configOf(issuer))
  for (const claims of [{ exp: now() - 50 }, { nbf: now() + 50 }]) {
    expect(await gateway.viewer(bearer(await issuer.sign(claims)))).toMatchObject({ status: 200 })
  }
})

test('claims name people and groups, by a path, with a prefix, as a list or as words', async () => {
  const [plain, prefixed] = await Promise.all([startIssuer(), startIssuer()])
  const jwt = [
    { issuer: plain.url, audience: 'modelgate', principal: 'who.name', groups: 'realm_access.roles' },
    {
      issuer: prefixed.url,
      audience: ['x', 'modelgate'],
      groups: 'https://acme.example/groups',
      prefix: 'ci:',
    },
  ]
  const gateway = await openGuardedGateway({ auth: { jwt } })
  const first = await plain.sign({ who: { name: 'bea' }, realm_access: { roles: ['a', 'b b', 'ci:c', 7] } })
  expect(await gateway.viewer(bearer(first))).toEqual({
    status: 200,
    principal: 'user:bea',
    groups: ['group:a', 'group:b b'],
  })
  const second = await prefixed.sign({ sub: 'repo:acme/x', 'https://acme.example/groups': 'a b' })
  expect(await gateway.viewer(bearer(second))).toEqual({
    status: 200,
    principal: 'user:ci:repo:acme/x',
    groups: ['group:ci:a', 'group:ci:b'],
  })
  expect((await gateway.ask(bearer(await plain.sign({ who: { name: 'ci:x' } })))).status).toBe(401)
})

test('no issuer names who acts by a command, whatever its prefix', () => {
  expect(() => new Names(['cli:']).principal('root', 'cli:')).toThrow(RefusedCredential)
  expect(new Names(['cli:']).groups(['root'], 'cli:')).toEqual([])
})

test('keys change without a restart, and forged kids do not make the gateway ask again and again', async () => {
  const issuer = await startIssuer()
  const gateway = await openGuardedGateway(configOf(issuer))
  const old = await issuer.sign()
  expect((await gateway.viewer(bearer(old))).status).toBe(200)
  await issuer.rotate('ES256')
  await expect
    .poll(async () => (await gateway.viewer(bearer(await issuer.sign()))).status, { timeout: 5000 })
    .toBe(200)
  expect((await gateway.viewer(bearer(old))).status).toBe(401)
  const before = issuer.asked()
  for (let count = 0; count < 30; count++) {
    await gateway.ask(bearer(await issuer.sign({}, { kid: `forged-${count}` })))
  }
  expect(issuer.asked() - before).toBeLessThanOrEqual(1)
})

test('an issuer that is away: known keys go on, unknown ones are refused; back again, it needs no restart', async () => {
  const issuer = await startIssuer()
  const gateway = await openGuardedGateway(configOf(issuer))
  expect((await gateway.viewer(bearer(await issuer.sign()))).status).toBe(200)
  issuer.goAway()
  expect((await gateway.viewer(bearer(await issuer.sign()))).status).toBe(200)
  await issuer.rotate()
  expect((await gateway.viewer(bearer(await issuer.sign()))).status).toBe(401)
  issuer.comeBack()
  await expect
    .poll(async () => (await gateway.viewer(bearer(await issuer.sign()))).status, { timeout: 5000 })
    .toBe(200)
})

test('an issuer that cannot be reached at the start is told with its place; the gateway goes on', async () => {
  const issuer = await startIssuer()
  issuer.goAway()
  const gateway = await openGuardedGateway(configOf(issuer))
  await expect.poll(() => gateway.log(), { timeout: 5000 }).toContain('the keys of an issuer cannot be had')
  expect(gateway.log()).toMatch(/modelgate\.yaml:\d+:\d+ auth\.jwt\[0\]\.issuer/)
  expect(await gateway.viewer()).toMatchObject({ status: 200, principal: 'user:anonymous' })
  expect((await gateway.viewer(bearer(await issuer.sign()))).status).toBe(401)
})

test('an address that fails too often has to wait, but for what has held of late', async () => {
  const issuer = await startIssuer()
  const gateway = await openGuardedGateway(configOf(issuer))
  const good = await issuer.sign()
  expect((await gateway.viewer(bearer(good))).status).toBe(200)
  const statuses = new Set<number>()
  let last: Response | null = null
  for (let count = 0; count < 130; count++) {
    last = await gateway.ask(bearer(`mg_${String(count).padStart(43, 'x')}`))
    statuses.add(last.status)
  }
  expect([...statuses]).toEqual([401, 429])
  expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await gateway.viewer(bearer(good))).status).toBe(200)
  expect((await gateway.viewer()).status).toBe(200)
})

test('a token in an address is not looked at', async () => {
  const issuer = await startIssuer()
  const gateway = await openGuardedGateway(configOf(issuer))
  const token = await issuer.sign()
  const query = encodeURIComponent('{ viewer { principal } }')
  const response = await fetch(`${gateway.url}/graphql?query=${query}&access_token=${token}&token=${token}`, {
    headers: { 'apollo-require-preflight': '1' },
  })
  expect(await response.json()).toEqual({ data: { viewer: { principal: 'user:anonymous' } } })
  expect(gateway.log()).not.toContain(token)
})

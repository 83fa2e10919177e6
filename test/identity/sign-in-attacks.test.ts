import { expect, test } from 'vitest'
import { PlainBrowser, signIn } from './browser.ts'
import { openGuardedGateway } from './open-gateway.ts'
import { clientSecret, startOpenIdProvider } from './open-id-provider.ts'
import { configOf, openAll } from './open-login.ts'

const encode = (kept: object) => Buffer.from(JSON.stringify(kept)).toString('base64url')

test('who signs in again is signed in once: what the cookie held before is worth nothing', async () => {
  const { gateway, browser } = await openAll()
  await signIn(browser, `${gateway.url}/login`, 'ann')
  const before = browser.cookieFor(gateway.url)
  await browser.open(`${gateway.url}/login`)
  const after = browser.cookieFor(gateway.url)
  expect(after).not.toBe(before)
  expect((await gateway.viewer({ cookie: after })).principal).toBe('user:ann')
  expect((await gateway.viewer({ cookie: before })).status).toBe(401)
})

test('the way back is taken once, with what it was begun with, and a cookie leads nobody away', async () => {
  const { provider, gateway } = await openAll()
  const begin = async (name: string) => {
    const browser = new PlainBrowser(`${gateway.url}/login/callback`)
    const { url } = await signIn(browser, `${gateway.url}/login`, name)
    const [, value = ''] = browser.cookieFor(url).split('=')
    return { url, kept: JSON.parse(Buffer.from(value, 'base64url').toString('utf8')) }
  }
  const comeBack = (url: string, kept: object) =>
    fetch(url, { redirect: 'manual', headers: { cookie: `modelgate-login=${encode(kept)}` } })
  const [ann, eve] = [await begin('ann'), await begin('eve')]
  expect(new URL(ann.url).searchParams.get('iss')).toBe(provider.issuer)
  for (const [url, kept] of [
    [eve.url, ann.kept],
    [eve.url, { ...eve.kept, verifier: ann.kept.verifier }],
    [(await begin('eve')).url, { ...eve.kept, returnTo: 1 }],
  ] as const) {
    const refused = await comeBack(url, kept)
    expect([refused.status, refused.headers.getSetCookie()]).toEqual([
      401,
      [expect.stringMatching(/^modelgate-login=; Max-Age=0/)],
    ])
  }
  const other = await begin('ann')
  expect((await comeBack(other.url, { ...other.kept, nonce: ann.kept.nonce })).status).toBe(401)
  const led = await comeBack(ann.url, { ...ann.kept, returnTo: '/\t/evil.example' })
  expect([led.status, led.headers.get('location')]).toEqual([303, `${gateway.url}/`])
  expect((await comeBack(ann.url, ann.kept)).status).toBe(401)
})

test.each([
  ['https://models.example.com', '__Host-', '; Path=/; HttpOnly; SameSite=Lax; Secure'],
  ['https://models.example.com/gate', '', '; Path=/gate/; HttpOnly; SameSite=Lax; Secure'],
  ['http://models.example.com', '', '; Path=/; HttpOnly; SameSite=Lax'],
])('at %s cookies are as safe as they can be there', async (publicUrl, prefix, attributes) => {
  const provider = await startOpenIdProvider()
  const config = { ...configOf(provider), server: { port: 0, publicUrl } }
  const gateway = await openGuardedGateway(config, { OIDC_SECRET: clientSecret })
  provider.allow(`${publicUrl}/login/callback`)
  const browser = new PlainBrowser(publicUrl)
  const behind = (url: string) => url.replace(new URL(publicUrl).origin, gateway.url)
  const { url } = await signIn(browser, behind(`${publicUrl}/login`), 'ann')
  const ofAttempt = attributes.replace(/Path=([^;]*)\//, prefix === '' ? 'Path=$1/login' : 'Path=/')
  expect(browser.attributesOf(`${prefix}modelgate-login`)).toBe(`; Max-Age=600${ofAttempt}`)
  const back = await browser.open(behind(url))
  expect([back.status, back.url]).toEqual([303, publicUrl.replace(/\/?$/, '/')])
  expect(browser.attributesOf(`${prefix}modelgate-session`)).toBe(`; Max-Age=43200${attributes}`)

  const cookie = browser.cookieFor(behind(`${publicUrl}/graphql`))
  const { origin, host } = new URL(publicUrl)
  expect(await gateway.viewer({ cookie, origin })).toMatchObject({ status: 200, principal: 'user:ann' })
  for (const foreign of [
    `${origin}:8443`,
    `https://evil.${host}`,
    'http://evil.example',
    `${origin}.evil.example`,
  ])
    expect([foreign, (await gateway.ask({ cookie, origin: foreign })).status]).toEqual([foreign, 403])
  const plain = await gateway.ask({ cookie, origin: `http://${host}` })
  expect(plain.status).toBe(publicUrl.startsWith('https:') ? 403 : 200)
})

test('a name among allowedHosts without a port is no page of whatever else listens under that name', async () => {
  const provider = await startOpenIdProvider()
  const server = { port: 0, allowedHosts: ['models.internal', 'other.internal:8080'] }
  const gateway = await openGuardedGateway({ ...configOf(provider), server }, { OIDC_SECRET: clientSecret })
  provider.allow(`${gateway.url}/login/callback`)
  const browser = new PlainBrowser()
  await signIn(browser, `${gateway.url}/login`, 'ann')
  const cookie = browser.cookieFor(gateway.url)
  const statusOf = async (origin: string) => (await gateway.ask({ cookie, origin })).status
  for (const own of [
    gateway.url,
    'http://models.internal',
    'https://models.internal',
    'http://other.internal:8080',
  ])
    expect([own, await statusOf(own)]).toEqual([own, 200])
  for (const foreign of ['http://models.internal:9999', 'http://other.internal', 'http://localhost:9999'])
    expect([foreign, await statusOf(foreign)]).toEqual([foreign, 403])
})

test('requests by cookie come from the gateway itself, and not from pages of others', async () => {
  const { gateway, browser } = await openAll()
  await signIn(browser, `${gateway.url}/login`, 'ann')
  const cookie = browser.cookieFor(gateway.url)
  const statusOf = async (headers: Record<string, string>) =>
    (await gateway.ask({ cookie, ...headers })).status
  expect(await statusOf({ origin: gateway.url, 'sec-fetch-site': 'same-origin' })).toBe(200)
  expect(await statusOf({ origin: 'https://evil.example' })).toBe(403)
  expect(await statusOf({ origin: 'null' })).toBe(403)
  expect(await statusOf({ 'sec-fetch-site': 'cross-site' })).toBe(403)
  expect(await statusOf({ 'sec-fetch-site': 'same-site' })).toBe(403)
  expect(await statusOf({ origin: `${gateway.url}.evil.example` })).toBe(403)
  const query = encodeURIComponent('{ viewer { principal } }')
  const asLink = await fetch(`${gateway.url}/graphql?query=${query}`, { headers: { cookie } })
  expect(asLink.status).not.toBe(200)
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'text/plain; application/json'])
    expect([type, await statusOf({ 'content-type': type })]).toEqual([type, 415])
  // Without a cookie there is nothing to be borrowed.
  expect((await gateway.ask({ origin: 'https://evil.example' })).status).toBe(200)
})

import { expect, test } from 'vitest'
import { PlainBrowser, signIn } from './browser.ts'
import { openGuardedGateway } from './open-gateway.ts'
import { clientSecret, startOpenIdProvider } from './open-id-provider.ts'
import { configOf, openAll } from './open-login.ts'

test('people sign in at a real OpenID provider, are somebody, and sign out', async () => {
  const { gateway, browser } = await openAll()
  const back = await signIn(browser, `${gateway.url}/login`, 'ann')
  expect([back.url, back.status]).toEqual([`${gateway.url}/`, 200])
  expect(browser.attributesOf('modelgate-session')).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/)
  const cookie = browser.cookieFor(`${gateway.url}/graphql`)
  expect(await gateway.viewer({ cookie })).toEqual({
    status: 200,
    principal: 'user:ann',
    groups: ['group:platform', 'group:fraud'],
  })
  expect(gateway.log()).toContain('"principal":"user:ann"')
  const [, secret = ''] = cookie.split('=')
  expect(gateway.log()).not.toContain(secret)
  expect(gateway.log()).not.toContain(clientSecret)

  const logout = (headers: Record<string, string>) =>
    fetch(`${gateway.url}/logout`, { method: 'POST', headers: { cookie, ...headers } })
  expect((await logout({})).status).toBe(403)
  expect((await logout({ 'x-requested-with': 'x', origin: 'https://evil.example' })).status).toBe(403)
  expect((await gateway.viewer({ cookie })).status).toBe(200)
  const done = await logout({ 'x-requested-with': 'x', origin: gateway.url })
  expect(done.status).toBe(204)
  expect(done.headers.get('set-cookie')).toMatch(/^modelgate-session=; Max-Age=0/)
  const refused = await gateway.ask({ cookie })
  expect(refused.status).toBe(401)
  expect(refused.headers.get('set-cookie')).toMatch(/^modelgate-session=; Max-Age=0/)
})

test('who comes back with something else than they were sent with is not signed in', async () => {
  const { provider, gateway, browser } = await openAll()
  const callback = `${gateway.url}/login/callback`
  expect((await browser.open(`${callback}?code=abc&state=def&iss=${provider.issuer}`)).status).toBe(401)
  await browser.open(`${gateway.url}/login`)
  const mixed = await browser.open(`${callback}?code=abc&state=def&iss=${provider.issuer}`)
  expect(mixed.status).toBe(401)
  expect(mixed.text).toContain('You could not be signed in')
  const started = await browser.open(`${gateway.url}/login`)
  expect(started.url).toContain(provider.issuer)
  const stranger = new PlainBrowser()
  expect((await stranger.open(`${callback}?code=abc&state=def`)).status).toBe(401)
  expect(gateway.log()).toContain('signing in was refused')
  expect(gateway.log()).not.toContain('"level":"error"')
})

test.each([
  ['graphql?x=1', '/graphql?x=1'],
  ['/graphql?x=1', '/graphql?x=1'],
  ['//evil.example/', '/'],
  ['https://evil.example/', '/'],
  ['/\\evil.example', '/'],
  ['/\t/evil.example', '/'],
  ['/.//evil.example', '//evil.example'],
  ['javascript:alert(1)', '/'],
])('a link to sign in that wants to lead to %s leads to %s of the gateway', async (returnTo, expected) => {
  const { gateway, browser } = await openAll()
  const back = await signIn(browser, `${gateway.url}/login?returnTo=${encodeURIComponent(returnTo)}`, 'ann')
  expect(back.url).toBe(gateway.url + expected)
  expect((await gateway.viewer({ cookie: browser.cookieFor(back.url) })).principal).toBe('user:ann')
})

test('a link to sign in with more than a cookie holds leads to the gateway all the same', async () => {
  const { gateway, browser } = await openAll()
  const back = await signIn(browser, `${gateway.url}/login?returnTo=${'x'.repeat(5000)}`, 'ann')
  expect([back.url, back.status]).toEqual([`${gateway.url}/`, 200])
})

test('a provider that is away is told, and the gateway goes on; back again, it needs no restart', async () => {
  const { provider, gateway, browser } = await openAll()
  provider.goAway()
  const away = await browser.open(`${gateway.url}/login`)
  expect(away.status).toBe(503)
  expect(gateway.log()).toMatch(/modelgate\.yaml:\d+:\d+ auth\.login\.issuer/)
  expect(await gateway.viewer()).toMatchObject({ status: 200, principal: 'user:anonymous' })
  provider.comeBack()
  expect((await signIn(browser, `${gateway.url}/login`, 'ann')).url).toBe(`${gateway.url}/`)
})

test('a provider that cannot be reached at the start is told with its place', async () => {
  const provider = await startOpenIdProvider()
  provider.close()
  const gateway = await openGuardedGateway(configOf(provider), { OIDC_SECRET: clientSecret })
  await expect
    .poll(() => gateway.log(), { timeout: 5000 })
    .toContain('where people sign in cannot be reached')
  expect(gateway.log()).toMatch(/modelgate\.yaml:\d+:\d+ auth\.login\.issuer/)
})

test('a claim that is required is required of people too', async () => {
  const { gateway, browser } = await openAll({ require: { preferred_username: 'bea' } })
  const refused = await signIn(browser, `${gateway.url}/login`, 'ann')
  expect(refused.status).toBe(401)
  expect(browser.cookieFor(gateway.url)).not.toContain('modelgate-session')
})

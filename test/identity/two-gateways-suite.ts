import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import { PlainBrowser, signIn } from './browser.ts'
import { bearer, openGuardedGateway } from './open-gateway.ts'
import { clientSecret, startOpenIdProvider } from './open-id-provider.ts'
import { runModelgateIn } from './run-modelgate.ts'

/** @param createUrl of a database that both can open. */
export function describeTwoGateways(createUrl: () => Promise<string>): void {
  test('a token that is revoked and a sign-out hold on the other gateway within a second', async () => {
    const provider = await startOpenIdProvider()
    const config = {
      database: { url: await createUrl() },
      auth: {
        login: {
          issuer: provider.issuer,
          clientId: 'modelgate',
          // biome-ignore lint/suspicious/noTemplateCurlyInString: the configuration's own placeholder
          clientSecret: '${OIDC_SECRET}',
        },
      },
    }
    const open = () => openGuardedGateway(config, { OIDC_SECRET: clientSecret })
    const [one, other] = [await open(), await open()]
    provider.allow(`${one.url}/login/callback`)
    const env = { OIDC_SECRET: clientSecret }
    const run = (...args: string[]) => runModelgateIn(dirname(one.file), ['token', ...args], env)

    const token = (await run('create', 'ci')).stdout.trim()
    for (const gateway of [one, other])
      expect((await gateway.viewer(bearer(token))).principal).toBe('token:ci')
    await run('revoke', 'ci')
    const refused = async (headers: Record<string, string>) => (await other.viewer(headers)).status
    await expect.poll(() => refused(bearer(token)), { timeout: 1000, interval: 20 }).toBe(401)

    const browser = new PlainBrowser()
    await signIn(browser, `${one.url}/login`, 'ann')
    const cookie = browser.cookieFor(one.url)
    expect((await other.viewer({ cookie })).principal).toBe('user:ann')
    await fetch(`${one.url}/logout`, { method: 'POST', headers: { cookie, 'x-requested-with': 'x' } })
    await expect.poll(() => refused({ cookie }), { timeout: 1000, interval: 20 }).toBe(401)
  })
}

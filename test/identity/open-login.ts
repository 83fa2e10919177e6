import { PlainBrowser } from './browser.ts'
import { openGuardedGateway } from './open-gateway.ts'
import { clientSecret, type OpenIdServer, startOpenIdProvider } from './open-id-provider.ts'

/** Of a gateway where people sign in at this provider. */
export const configOf = ({ issuer }: OpenIdServer, more: object = {}) => ({
  auth: {
    login: {
      issuer,
      clientId: 'modelgate',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the configuration's own placeholder
      clientSecret: '${OIDC_SECRET}',
      principal: 'preferred_username',
      groups: 'realm_access.roles',
      ...more,
    },
  },
})

/** @param more keys of `auth.login`. */
export async function openAll(more: object = {}) {
  const provider = await startOpenIdProvider()
  const gateway = await openGuardedGateway(configOf(provider, more), { OIDC_SECRET: clientSecret })
  provider.allow(`${gateway.url}/login/callback`)
  return { provider, gateway, browser: new PlainBrowser() }
}

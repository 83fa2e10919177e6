import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair } from 'jose'
import Provider from 'oidc-provider'
import { onTestFinished } from 'vitest'

export const clientSecret = 'oidc-secret-canary-4f1c2a'

export interface OpenIdServer {
  readonly issuer: string
  /** Where it may send browsers back to; to be said before the first one signs in. */
  allow(redirectUri: string): void
  close(): void
  /** From now on it does not answer. */
  goAway(): void
  comeBack(): void
}

/** The certified OpenID provider of npm, over HTTP, with people who may sign in under any name. */
export async function startOpenIdProvider(): Promise<OpenIdServer> {
  let handle: RequestListener = (_, response) => response.end()
  let away = false
  const server = createServer((request, response) =>
    away ? request.socket.destroy() : handle(request, response),
  )
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  const key = { ...(await exportJWK(privateKey)), kid: 'k', use: 'sig', alg: 'RS256' }
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  onTestFinished(close)
  return {
    issuer,
    allow(redirectUri) {
      const provider = new Provider(issuer, {
        clients: [{ client_id: 'modelgate', client_secret: clientSecret, redirect_uris: [redirectUri] }],
        claims: { openid: ['sub'], profile: ['preferred_username', 'realm_access'] },
        findAccount: (_: unknown, name: string) => ({
          accountId: name,
          claims: async () => ({
            sub: name,
            preferred_username: name,
            realm_access: { roles: ['platform', 'fraud'] },
          }),
        }),
        pkce: { required: () => true },
        jwks: { keys: [key] },
        cookies: { keys: ['of-the-provider'] },
        features: { devInteractions: { enabled: true } },
      })
      handle = provider.callback()
    },
    close,
    goAway: () => {
      away = true
    },
    comeBack: () => {
      away = false
    },
  }
}

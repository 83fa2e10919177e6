import { jsonAnswer, type PlainAnswer } from './plain-answer.ts'
import { createToken } from './principal.ts'

/**
 * What one calls without a token: the authority that gives tokens, the managed identity of the machine (for
 * `IDENTITY_ENDPOINT`), and where the parts of this cloud are.
 */
export const answerOpenly = (method: string, url: URL, body: string): PlainAnswer | undefined => {
  if (url.pathname === '/metadata/endpoints') return jsonAnswer(200, [cloudMetadata(url)])
  if (url.pathname.endsWith('/discovery/instance')) return jsonAnswer(200, instanceMetadata(url))
  if (url.pathname === '/msi/token') return jsonAnswer(200, managedIdentityToken(url))
  const [, tenant, route] = /^\/([^/]+)\/(.+)$/.exec(url.pathname) ?? []
  if (tenant === undefined) return undefined
  if (route === 'v2.0/.well-known/openid-configuration') return jsonAnswer(200, configuration(url, tenant))
  if (route === 'oauth2/v2.0/token' && method === 'POST') return answerToken(new URLSearchParams(body))
  return undefined
}

/** Of an app or of a managed identity. */
export const isTokenRequest = ({ pathname }: URL): boolean =>
  pathname === '/msi/token' || pathname.endsWith('/oauth2/v2.0/token')

/** The host of this cloud's Resource Manager is the double itself. */
const cloudMetadata = ({ origin, host }: URL): object => ({
  name: 'AzureDouble',
  portal: 'https://portal.double.example',
  authentication: {
    loginEndpoint: origin,
    audiences: ['https://management.azure.com/'],
    tenant: 'common',
    identityProvider: 'AAD',
  },
  resourceManager: origin,
  suffixes: { storage: `storage.${host}`, keyVaultDns: `vault.${host}` },
})

const instanceMetadata = ({ origin, host }: URL): object => ({
  tenant_discovery_endpoint: `${origin}/common/v2.0/.well-known/openid-configuration`,
  'api-version': '1.1',
  metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
})

const configuration = ({ origin }: URL, tenant: string): object => ({
  token_endpoint: `${origin}/${tenant}/oauth2/v2.0/token`,
  token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
  jwks_uri: `${origin}/${tenant}/discovery/v2.0/keys`,
  response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
  scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
  issuer: `${origin}/${tenant}/v2.0`,
  authorization_endpoint: `${origin}/${tenant}/oauth2/v2.0/authorize`,
  device_authorization_endpoint: `${origin}/${tenant}/oauth2/v2.0/devicecode`,
  end_session_endpoint: `${origin}/${tenant}/oauth2/v2.0/logout`,
  subject_types_supported: ['pairwise'],
  id_token_signing_alg_values_supported: ['RS256'],
})

const lifetime = 86_399

const expiry = (): number => Math.floor(Date.now() / 1000) + lifetime

const managedIdentityToken = ({ searchParams }: URL): object => {
  const client = searchParams.get('client_id') ?? 'managed-identity'
  return {
    access_token: createToken({ oid: client, exp: expiry() }),
    client_id: client,
    expires_on: `${expiry()}`,
    resource: searchParams.get('resource'),
    token_type: 'Bearer',
  }
}

/** Any client with any secret gets a token, but for one secret. */
const answerToken = (form: URLSearchParams): PlainAnswer => {
  const client = form.get('client_id') ?? ''
  if (form.get('client_secret') === wrongSecret)
    return jsonAnswer(401, {
      error: 'invalid_client',
      error_description: `AADSTS7000215: Invalid client secret provided for app '${client}'.`,
      error_codes: [7000215],
    })
  return jsonAnswer(200, {
    token_type: 'Bearer',
    expires_in: lifetime,
    ext_expires_in: lifetime,
    refresh_in: 43_199,
    access_token: createToken({ oid: client, exp: expiry() }),
  })
}

/** The one secret that the double's authority refuses. */
export const wrongSecret = 'wrong-secret'

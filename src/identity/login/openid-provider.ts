import type { Configuration } from 'openid-client'
import type { LoginConfig } from '../../config/auth-config.ts'
import { RefusedCredential } from '../refused-credential.ts'

/** Where people sign in cannot be asked; nobody has done anything wrong. */
export class ProviderUnavailable extends Error {
  override readonly name = 'ProviderUnavailable'
}

export interface LoginAttempt {
  /** Where the browser goes. */
  readonly url: URL
  /** What the browser that comes back has to have. */
  readonly kept: { readonly state: string; readonly nonce: string; readonly verifier: string }
}

const timeoutSeconds = 10

type Library = typeof import('openid-client')

/** An OpenID provider, asked for what it says of itself when the first one signs in. */
export class OpenIdProvider {
  readonly #config: LoginConfig
  #known: Promise<{ readonly library: Library; readonly client: Configuration }> | null = null

  constructor(config: LoginConfig) {
    this.#config = config
  }

  async begin(callback: URL): Promise<LoginAttempt> {
    const { library, client } = await this.#open()
    const kept = {
      state: library.randomState(),
      nonce: library.randomNonce(),
      verifier: library.randomPKCECodeVerifier(),
    }
    const url = library.buildAuthorizationUrl(client, {
      redirect_uri: callback.href,
      scope: this.#config.scopes.join(' '),
      state: kept.state,
      nonce: kept.nonce,
      code_challenge: await library.calculatePKCECodeChallenge(kept.verifier),
      code_challenge_method: 'S256',
    })
    return { url, kept }
  }

  /**
   * What the provider says of who has come back.
   *
   * @throws RefusedCredential, ProviderUnavailable
   */
  async finish(
    callback: URL,
    { state, nonce, verifier }: LoginAttempt['kept'],
  ): Promise<Record<string, unknown>> {
    const { library, client } = await this.#open()
    try {
      const tokens = await library.authorizationCodeGrant(client, callback, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      })
      const claims = tokens.claims() ?? { sub: '' }
      const more = client.serverMetadata().userinfo_endpoint
        ? await library.fetchUserInfo(client, tokens.access_token, claims.sub)
        : {}
      return { ...more, ...claims }
    } catch (error) {
      throw toFailure(error, library)
    }
  }

  #open() {
    this.#known ??= this.#discover().catch((error: unknown) => {
      this.#known = null
      throw new ProviderUnavailable('the provider cannot be asked', { cause: error })
    })
    return this.#known
  }

  async #discover() {
    const library = await import('openid-client')
    const { issuer, clientId, clientSecret } = this.#config
    const isPlain = issuer.startsWith('http:')
    const client = await library.discovery(
      new URL(issuer),
      clientId,
      clientSecret,
      chooseProof(library, clientSecret),
      {
        timeout: timeoutSeconds,
        execute: [library.enableNonRepudiationChecks, ...(isPlain ? [library.allowInsecureRequests] : [])],
      },
    )
    return { library, client }
  }
}

/** In the header, as every provider has to take it, unless this one says that it does not. */
function chooseProof(library: Library, secret: string) {
  const basic = library.ClientSecretBasic(secret)
  const post = library.ClientSecretPost(secret)
  return (...given: Parameters<typeof basic>) => {
    const [server] = given
    const taken = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    return taken.includes('client_secret_basic') ? basic(...given) : post(...given)
  }
}

function toFailure(error: unknown, library: Library): Error {
  const { AuthorizationResponseError, ResponseBodyError, ClientError } = library
  const isTimeout = error instanceof ClientError && error.code === 'OAUTH_TIMEOUT'
  if (isTimeout || error instanceof TypeError) {
    return new ProviderUnavailable('the provider cannot be asked', { cause: error })
  }
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError) {
    return new RefusedCredential(`the issuer refuses it: ${error.error}`)
  }
  if (error instanceof ClientError) {
    return new RefusedCredential(`what the issuer answers does not hold: ${error.code ?? error.message}`)
  }
  return new RefusedCredential('what the issuer answers cannot be used', {}, { cause: error })
}

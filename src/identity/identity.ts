import type { AuthConfig } from '../config/auth-config.ts'
import type { Logger } from '../contract/index.ts'
import { anonymousCaller, type IdentifiedCaller, type Identify, type Presented } from '../server/caller.ts'
import { RequestRefusal } from '../server/request-refusal.ts'
import type { ApiTokens } from '../state/api-tokens/api-tokens.ts'
import { digestOf, digestOfApiToken, looksLikeApiToken } from './api-token.ts'
import { BrieflyKnown } from './briefly-known.ts'
import { type FailureLimits, Failures } from './failures.ts'
import type { JwtVerifier } from './jwt/jwt-verifier.ts'
import type { BrowserSessions } from './login/browser-sessions.ts'
import { Names } from './names.ts'
import { findCredential, type PresentedCredential } from './presented-credential.ts'
import { ProxyHeaders } from './proxy-headers.ts'
import { RecentlyHeld } from './recently-held.ts'
import { busyRefusal, unauthenticatedRefusal, unavailableRefusal } from './refusals.ts'
import { RefusedCredential } from './refused-credential.ts'

export interface IdentityOptions {
  readonly auth: AuthConfig
  readonly tokens: ApiTokens
  /** Null where nobody signs in by a browser. */
  readonly sessions: BrowserSessions | null
  /** Whether some registry is asked with callers' own tokens, so that these have to be kept for as long as a request. */
  readonly forwards?: boolean
  readonly log: Logger
  readonly failures?: Partial<FailureLimits>
}

/** Finds out who sends a request, for every door. */
export class Identity {
  readonly names: Names
  readonly #log: Logger
  readonly #tokens: BrieflyKnown<IdentifiedCaller | null> | null
  readonly #jwt: JwtVerifier | null
  readonly #proxy: ProxyHeaders | null
  readonly #sessions: BrowserSessions | null
  readonly #failures: Failures
  readonly #held = new RecentlyHeld()

  private constructor(
    { auth, tokens, sessions, log, failures }: IdentityOptions,
    jwt: JwtVerifier | null,
    names: Names,
  ) {
    this.names = names
    this.#log = log
    this.#tokens = auth.tokens ? new BrieflyKnown((digests) => callersOfTokens(tokens, digests)) : null
    this.#jwt = jwt
    this.#proxy = auth.proxy && new ProxyHeaders(auth.proxy, names)
    this.#sessions = sessions
    this.#failures = new Failures(failures)
  }

  /** What verifies tokens is loaded only where some are taken. */
  static async open(options: IdentityOptions): Promise<Identity> {
    const { auth, forwards = false, log } = options
    const names = namesOf(auth)
    if (auth.jwt.length === 0) return new Identity(options, null, names)
    const { JwtVerifier } = await import('./jwt/jwt-verifier.ts')
    return new Identity(options, new JwtVerifier(auth.jwt, names, { log, keepsToken: forwards }), names)
  }

  /** Asks issuers for their keys before the first token comes; who cannot be reached is in the log. */
  async warmUp(): Promise<void> {
    await this.#jwt?.warmUp()
  }

  readonly identify: Identify = async (presented) => {
    const credential = findCredential(presented.headers, this.#sessions?.cookie.name ?? null)
    const isFromProxy = credential?.kind !== 'bearer' && this.#proxy?.areIn(presented.headers) === true
    if (credential === null && !isFromProxy) return anonymousCaller
    const digest = digestOf(isFromProxy ? `proxy ${presented.peer}` : toText(credential))
    this.#assertPatient(presented, digest)
    try {
      const caller =
        isFromProxy && this.#proxy
          ? this.#proxy.identify(presented.headers, presented.peer)
          : await this.#verify(credential, presented)
      this.#held.note(digest)
      return caller
    } catch (error) {
      throw this.#refuse(error, presented, credential, digest)
    }
  }

  #verify(credential: PresentedCredential | null, presented: Presented): Promise<IdentifiedCaller> {
    if (credential?.kind === 'bearer') return this.#verifyBearer(credential.value)
    if (credential?.kind === 'cookie' && this.#sessions) {
      return this.#sessions.identify(credential.value, presented)
    }
    throw new RefusedCredential('its header Authorization holds something else than "Bearer …"')
  }

  async #verifyBearer(value: string): Promise<IdentifiedCaller> {
    if (!looksLikeApiToken(value)) {
      if (this.#jwt) return this.#jwt.identify(value)
      throw new RefusedCredential('it is no API token, and auth.jwt names no issuer')
    }
    if (!this.#tokens) throw new RefusedCredential('it is an API token, and auth.tokens is false')
    const digest = digestOfApiToken(value)
    const caller = digest && (await this.#tokens.get(digest))
    if (!caller) throw new RefusedCredential('it is an API token that does not exist, any more')
    return caller
  }

  /** What has held of late is looked at in any case: behind one address there may be many people. */
  #assertPatient({ address }: Presented, digest: string): void {
    const waitMs = this.#failures.waitMs(address)
    if (waitMs > 0 && !this.#held.has(digest)) throw busyRefusal(waitMs)
  }

  #refuse(
    error: unknown,
    presented: Presented,
    credential: PresentedCredential | null,
    digest: string,
  ): RequestRefusal {
    if (error instanceof RequestRefusal) return error
    const { requestId, address } = presented
    if (!(error instanceof RefusedCredential)) {
      this.#log.error({ requestId, address, err: error }, 'who asks could not be found out')
      return unavailableRefusal()
    }
    // What was good of late is no guess, and many may end at once of those who listen.
    const isLast = !this.#held.has(digest) && this.#failures.note(address)
    const kind = credential?.kind ?? 'proxy'
    const facts = { requestId, address, kind, reason: error.message, ...error.facts }
    this.#log.warn(
      { ...facts, ...(error.cause !== undefined && { err: error.cause }) },
      'a credential was refused',
    )
    if (isLast) {
      this.#log.warn({ address }, 'too many credentials were refused; no more are looked at for now')
    }
    return unauthenticatedRefusal(
      credential?.kind === 'cookie' ? (this.#sessions?.cookie.clearing ?? null) : null,
    )
  }
}

function toText(credential: PresentedCredential | null): string {
  return credential && 'value' in credential ? credential.value : ''
}

function namesOf({ jwt, login }: AuthConfig): Names {
  return new Names([...jwt, ...(login ? [login] : [])].map(({ prefix }) => prefix))
}

async function callersOfTokens(
  tokens: ApiTokens,
  digests: readonly string[],
): Promise<readonly (IdentifiedCaller | null)[]> {
  const found = await tokens.findAll(digests)
  return found.map(
    (token) => token && { principal: `token:${token.name}`, groups: token.groups, via: 'token' },
  )
}

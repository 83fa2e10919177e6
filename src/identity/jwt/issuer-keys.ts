import { createLocalJWKSet, errors, type FlattenedJWSInput, type JWK, type JWTHeaderParameters } from 'jose'
import type { JwtIssuerConfig } from '../../config/auth-config.ts'
import type { Logger } from '../../contract/index.ts'
import { isLoopbackName } from '../../server/loopback.ts'
import { loadJson } from './load-json.ts'

/** An issuer that takes a key out of service is believed so long after at the latest, while it can be reached. */
const renewedAfterMs = 5 * 60_000
/** Keys that are not known are asked for so often at most, however many tokens claim to have one. */
const askedAgainAfterMs = 2000

type FindKey = ReturnType<typeof createLocalJWKSet>

/**
 * The keys of one issuer. One that is not known is asked for, so that keys may change without a restart. While the
 * issuer cannot be reached, the keys that are known go on.
 */
export class IssuerKeys {
  readonly #issuer: Pick<JwtIssuerConfig, 'issuer' | 'jwksUri' | 'place'>
  readonly #log: Logger
  #find: FindKey | null = null
  #loadedAt = Number.NEGATIVE_INFINITY
  /** When the keys that are known were asked for. */
  #keysOf = Number.NEGATIVE_INFINITY
  #askedAt = Number.NEGATIVE_INFINITY
  #loading: Promise<void> | null = null

  constructor(issuer: Pick<JwtIssuerConfig, 'issuer' | 'jwksUri' | 'place'>, log: Logger) {
    this.#issuer = issuer
    this.#log = log
  }

  /** @throws JOSEError when no key of the issuer fits. */
  readonly find = async (header: JWTHeaderParameters, token: FlattenedJWSInput) => {
    if (this.#find) {
      const isOld = performance.now() - this.#loadedAt > renewedAfterMs
      try {
        const key = await this.#find(header, token)
        if (isOld) void this.load()
        return key
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error
      }
    }
    await this.load()
    if (!this.#find) throw new errors.JWKSNoMatchingKey()
    return this.#find(header, token)
  }

  /** Answers whether the keys are still those of now, and not so old that they have to be asked for again. */
  sinceNow(): () => boolean {
    const loadedAt = this.#loadedAt
    return () => this.#loadedAt === loadedAt && performance.now() - loadedAt <= renewedAfterMs
  }

  /** Asks the issuer, unless that was done a moment ago. A failure is in the log. */
  async load(): Promise<void> {
    if (performance.now() - this.#askedAt >= askedAgainAfterMs) {
      this.#askedAt = performance.now()
      this.#loading = this.#load(this.#askedAt)
    }
    await this.#loading
  }

  async #load(askedAt: number): Promise<void> {
    try {
      const keys = await loadJson(this.#issuer.jwksUri ?? (await this.#discover()))
      const find = createLocalJWKSet({ keys: withoutSecrets(keys.keys) })
      // Asked again meanwhile, it may have answered that first.
      if (this.#keysOf > askedAt) return
      this.#find = find
      this.#keysOf = askedAt
      this.#loadedAt = performance.now()
    } catch (error) {
      const { issuer, place, jwksUri } = this.#issuer
      const instead = jwksUri === null ? 'check that address, or name the keys with jwksUri' : 'check jwksUri'
      const meanwhile = this.#find
        ? 'tokens signed with the keys that are known are taken meanwhile'
        : 'its tokens are refused until they can'
      this.#log.warn(
        { issuer, place, err: error },
        `the keys of an issuer cannot be had; ${meanwhile}; ${instead}`,
      )
    }
  }

  async #discover(): Promise<string> {
    const { issuer } = this.#issuer
    const found = await loadJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`)
    if (found.issuer !== issuer) {
      throw new Error(`what answers there calls itself another issuer: ${String(found.issuer).slice(0, 200)}`)
    }
    const uri = URL.parse(String(found.jwks_uri))
    const isSafe = uri?.protocol === 'https:' || (uri?.protocol === 'http:' && isLoopbackName(uri.hostname))
    if (!isSafe) throw new Error('it names no https address for its keys')
    return String(found.jwks_uri)
  }
}

/** Public keys only: nobody can be told from another by a secret that both know. */
function withoutSecrets(keys: unknown): JWK[] {
  if (!Array.isArray(keys)) throw new Error('what answers there holds no keys')
  return keys.filter((key) => key !== null && typeof key === 'object' && key.kty !== 'oct')
}

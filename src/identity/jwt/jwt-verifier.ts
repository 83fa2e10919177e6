import { decodeJwt, errors, type JWTPayload, jwtVerify } from 'jose'
import type { JwtIssuerConfig } from '../../config/auth-config.ts'
import type { Logger } from '../../contract/index.ts'
import type { IdentifiedCaller } from '../../server/caller.ts'
import { type Names, nameByClaims } from '../names.ts'
import { RefusedCredential } from '../refused-credential.ts'
import { IssuerKeys } from './issuer-keys.ts'
import { VerifiedTokens } from './verified-tokens.ts'

/** Clocks of issuers and of gateways are never quite the same. */
const clockSkewSeconds = 60
/** No issuer makes longer ones, and others' are not worth reading. */
const longestToken = 16_384

interface Issuer {
  readonly config: JwtIssuerConfig
  readonly keys: IssuerKeys
}

/** Takes JSON web tokens of the configured issuers, and of nobody else. */
export class JwtVerifier {
  readonly #issuers: readonly Issuer[]
  readonly #names: Names
  readonly #keepsToken: boolean
  readonly #verified = new VerifiedTokens()

  constructor(
    issuers: readonly JwtIssuerConfig[],
    names: Names,
    { log, keepsToken }: { readonly log: Logger; readonly keepsToken: boolean },
  ) {
    const keys = new Map<string, IssuerKeys>()
    this.#issuers = issuers.map((config) => {
      const place = `${config.issuer} ${config.jwksUri}`
      const own = keys.get(place) ?? new IssuerKeys(config, log)
      keys.set(place, own)
      return { config, keys: own }
    })
    this.#names = names
    this.#keepsToken = keepsToken
  }

  /** Asks all issuers for their keys. Those that cannot be reached are in the log. */
  async warmUp(): Promise<void> {
    await Promise.all([...new Set(this.#issuers.map(({ keys }) => keys))].map((keys) => keys.load()))
  }

  /** @throws RefusedCredential */
  async identify(token: string): Promise<IdentifiedCaller> {
    const known = this.#verified.find(token)
    if (known) return known
    const issuer = issuerOf(token)
    const candidates = this.#issuers.filter(({ config }) => config.issuer === issuer)
    let refusal = new RefusedCredential('it is of an issuer that is not configured')
    for (const candidate of candidates) {
      try {
        // Of before: keys that come meanwhile may be others.
        const isKeyKept = candidate.keys.sinceNow()
        const claims = await verify(token, candidate)
        const names = nameByClaims(claims, candidate.config, this.#names)
        const caller = { ...names, via: 'jwt', ...(this.#keepsToken && { credential: token }) } as const
        const expiresAt = ((claims.exp ?? 0) + clockSkewSeconds) * 1000
        this.#verified.note(token, caller, expiresAt, isKeyKept)
        return caller
      } catch (error) {
        refusal = toRefusal(error, candidate.config.issuer)
      }
    }
    throw refusal
  }
}

/** Only to choose whose keys it is checked against. */
function issuerOf(token: string): unknown {
  if (token.length > longestToken) throw new RefusedCredential('it is too long for any token')
  try {
    return decodeJwt(token).iss
  } catch {
    throw new RefusedCredential('it is neither an API token nor a JSON web token')
  }
}

async function verify(token: string, { config, keys }: Issuer): Promise<JWTPayload> {
  const { issuer, audience, algorithms } = config
  const options = {
    issuer,
    audience: [...audience],
    algorithms: [...algorithms],
    clockTolerance: clockSkewSeconds,
    requiredClaims: ['exp'],
  }
  try {
    return (await jwtVerify(token, keys.find, options)).payload
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error
    // Without a kid, each key that fits is tried.
    for await (const key of error) {
      try {
        return (await jwtVerify(token, key, options)).payload
      } catch (failure) {
        if (!(failure instanceof errors.JWSSignatureVerificationFailed)) throw failure
      }
    }
    throw new errors.JWSSignatureVerificationFailed()
  }
}

function toRefusal(error: unknown, issuer: string): RefusedCredential {
  if (error instanceof RefusedCredential) return new RefusedCredential(error.message, { issuer })
  if (error instanceof errors.JOSEError) return new RefusedCredential(reasonOf(error), { issuer })
  // A key that cannot be used, or claims that cannot be read: whatever it is, it is not taken.
  return new RefusedCredential('it cannot be verified', { issuer }, { cause: error })
}

function reasonOf(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'it has expired'
  if (error instanceof errors.JWTClaimValidationFailed) return `its claim ${error.claim} does not hold`
  if (error instanceof errors.JWKSNoMatchingKey)
    return 'it is signed with a key that its issuer does not have'
  if (error instanceof errors.JOSEAlgNotAllowed) return 'it is signed in a way that is not allowed'
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'its signature does not hold'
  return `it is not a token that can be taken (${error.code})`
}

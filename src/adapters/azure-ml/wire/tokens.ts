import type { AccessToken, TokenCredential } from '@azure/core-auth'
import { RegistryError } from '../../../contract/index.ts'
import { untilAborted } from '../../../timing/until-aborted.ts'
import { toTransportError } from '../../http/transport-error.ts'

/** Before it ends, so that it does not end on its way. */
const marginMs = 120_000

/** So long those who come share what is asked for already; who comes later asks anew, as that one may hang. */
const sharedForMs = 5_000

/** As long as a command line tool may need that a credential starts. What hangs for longer is broken off. */
const longestMs = 30_000

/** A token that is asked for. */
interface Asking {
  readonly claims: string | null
  readonly startedAt: number
  readonly token: Promise<AccessToken>
}

/** The token of the moment. Credentials keep theirs too, but behind a lock or a file. */
export class Tokens {
  readonly #credential: TokenCredential
  readonly #scope: string
  #current: AccessToken | null = null
  #asking: Asking | null = null

  constructor(credential: TokenCredential, scope: string) {
    this.#credential = credential
    this.#scope = scope
  }

  async get(signal: AbortSignal): Promise<string> {
    const current = this.#current
    if (current !== null && current.expiresOnTimestamp - marginMs > Date.now()) return current.token
    return this.#ask(null, signal)
  }

  /** Another token than the one that was refused; `null`: there is none. */
  async replace(refused: string, claims: string | null, signal: AbortSignal): Promise<string | null> {
    if (this.#current?.token === refused) this.#current = null
    const token = claims === null ? await this.get(signal) : await this.#ask(claims, signal)
    return token === refused ? null : token
  }

  async #ask(claims: string | null, signal: AbortSignal): Promise<string> {
    // Shared by all who need one now, so nobody's deadline ends it.
    const { token } = this.#findShared(claims) ?? this.#begin(claims)
    try {
      return (await untilAborted(token, signal)).token
    } catch (error) {
      if (signal.aborted) throw toTransportError(error, signal, true)
      throw error
    }
  }

  #findShared(claims: string | null): Asking | null {
    const asking = this.#asking
    const isShared = asking?.claims === claims && performance.now() - asking.startedAt < sharedForMs
    return isShared ? asking : null
  }

  #begin(claims: string | null): Asking {
    const asking = { claims, startedAt: performance.now(), token: this.#load(claims) }
    this.#asking = asking
    const forget = () => {
      if (this.#asking === asking) this.#asking = null
    }
    asking.token.then(forget, forget)
    return asking
  }

  /** Also one that comes late, when nobody waits for it any more, is the token of the moment. */
  async #load(claims: string | null): Promise<AccessToken> {
    const late = new AbortController()
    const timer = setTimeout(() => late.abort(new Error('no token in time')), longestMs)
    const options = { abortSignal: late.signal, ...(claims === null ? {} : { claims, enableCae: true }) }
    try {
      // Not every credential heeds the signal.
      const token = await untilAborted(this.#credential.getToken(this.#scope, options), late.signal)
      if (token === null) throw new Error('no token')
      this.#current = token
      return token
    } catch (error) {
      throw late.signal.aborted ? tooLate(error) : toTokenError(error)
    } finally {
      clearTimeout(timer)
    }
  }
}

function tooLate(cause: unknown): RegistryError {
  return new RegistryError(
    'REGISTRY_UNAVAILABLE',
    `The authority that gives tokens for Azure did not answer within ${longestMs / 1000} seconds: check authorityHost, and the way there.`,
    { cause, nothingWritten: true },
  )
}

const unreachable =
  /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|CERT|network_error|endpoints_resolution_error|openid_config_error/

/** What the authority says names its own codes, and no secret; but it is long, and for the log. */
function toTokenError(error: unknown): RegistryError {
  if (RegistryError.is(error)) return error
  const text = error instanceof Error ? error.message : String(error)
  const aadsts = /AADSTS\d+/.exec(text)?.[0]
  if (unreachable.test(text)) {
    return new RegistryError(
      'REGISTRY_UNAVAILABLE',
      'The authority that gives tokens for Azure cannot be reached: check authorityHost, and the way there.',
      { cause: error, nothingWritten: true },
    )
  }
  return new RegistryError(
    'UNAUTHENTICATED',
    `No token for Azure was given${aadsts === undefined ? '' : ` (${aadsts})`}: check auth.`,
    { cause: error },
  )
}

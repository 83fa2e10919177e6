import type { AccessToken, TokenCredential } from '@azure/core-auth'
import { type Call, RegistryError } from '../../contract/index.ts'
import { toTransportError } from '../http/transport-error.ts'
import { untilAborted } from '../http/until-aborted.ts'

/** Before it ends, so that it does not end on its way. */
const marginMs = 120_000

/** The token of the moment. Credentials keep theirs too, but behind a lock or a file. */
export class Tokens {
  readonly #credential: TokenCredential
  readonly #scope: string
  #current: AccessToken | null = null
  #pending: Promise<AccessToken> | null = null

  constructor(credential: TokenCredential, scope: string) {
    this.#credential = credential
    this.#scope = scope
  }

  async get(call: Call): Promise<string> {
    const current = this.#current
    if (current !== null && current.expiresOnTimestamp - marginMs > Date.now()) return current.token
    return this.#ask({}, call)
  }

  /** Another token than the one that was refused; `null`: there is none. */
  async replace(refused: string, claims: string | null, call: Call): Promise<string | null> {
    if (this.#current?.token === refused) this.#current = null
    const token = claims === null ? await this.get(call) : await this.#ask({ claims, enableCae: true }, call)
    return token === refused ? null : token
  }

  async #ask(
    options: { readonly claims?: string; readonly enableCae?: boolean },
    call: Call,
  ): Promise<string> {
    // Shared by all who need one now, so nobody's deadline ends it.
    this.#pending ??= this.#load(options)
    try {
      return (await untilAborted(this.#pending, call.signal)).token
    } catch (error) {
      if (call.signal.aborted) throw toTransportError(error, call.signal, true)
      throw error
    }
  }

  async #load(options: object): Promise<AccessToken> {
    try {
      const token = await this.#credential.getToken(this.#scope, options)
      if (token === null) throw new Error('no token')
      this.#current = token
      return token
    } catch (error) {
      throw toTokenError(error)
    } finally {
      this.#pending = null
    }
  }
}

const unreachable =
  /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|CERT|network_error|endpoints_resolution_error|openid_config_error/

/** What the authority says names its own codes, and no secret; but it is long, and for the log. */
function toTokenError(error: unknown): RegistryError {
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

import type { IdentifiedCaller } from '../../server/caller.ts'
import { digestOf } from '../api-token.ts'

const keptMs = 10_000
const mostTokens = 10_000

interface Verified {
  readonly caller: IdentifiedCaller
  /** Epoch milliseconds. */
  readonly until: number
  readonly isKeyKept: () => boolean
}

/** Tokens that held a moment ago: to look at a signature takes longer than many a page. */
export class VerifiedTokens {
  readonly #verified = new Map<string, Verified>()

  find(token: string): IdentifiedCaller | null {
    const digest = digestOf(token)
    const verified = this.#verified.get(digest)
    if (!verified) return null
    if (verified.until > Date.now() && verified.isKeyKept()) return verified.caller
    this.#verified.delete(digest)
    return null
  }

  /** @param isKeyKept whether its issuer's keys are those that it was checked against. */
  note(token: string, caller: IdentifiedCaller, expiresAt: number, isKeyKept: () => boolean): void {
    this.#verified.set(digestOf(token), {
      caller,
      until: Math.min(Date.now() + keptMs, expiresAt),
      isKeyKept,
    })
    const [oldest] = this.#verified.keys()
    if (this.#verified.size > mostTokens && oldest !== undefined) this.#verified.delete(oldest)
  }
}

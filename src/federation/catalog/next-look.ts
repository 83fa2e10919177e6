import { setTimeout as wait } from 'node:timers/promises'
import type { Federation } from '../session/federation.ts'
import { inBackground } from './background-session.ts'

/** A registry that fails is asked less and less often, but not more seldom than this. */
const longestPauseMs = 600_000
/** How often one that is away is asked how it is, which costs it little. */
const askHowEveryMs = 10_000
/** What was left unclear is looked for again soon, so many times in a row. */
const soonMs = 5000
const mostSoon = 12

export interface PassEnd {
  readonly isGood: boolean
  /** Whether some of it was not clear yet, as after the kill of who was writing. */
  readonly isUnclear: boolean
}

/** When one registry is looked at again. */
export class NextLook {
  readonly #federation: Federation
  readonly #registry: string
  readonly #syncEveryMs: number
  readonly #signal: AbortSignal
  #failures = 0
  #unclear = 0
  /** Whether it said that it is well, and could not be read all the same. */
  #seemsWell = false

  constructor(
    federation: Federation,
    registry: string,
    { syncEveryMs, signal }: { readonly syncEveryMs: number; readonly signal: AbortSignal },
  ) {
    this.#federation = federation
    this.#registry = registry
    this.#syncEveryMs = syncEveryMs
    this.#signal = signal
  }

  /** Resolves when it is time, and soon after a registry that was away is back. */
  async after({ isGood, isUnclear }: PassEnd): Promise<void> {
    if (!isGood) return this.#untilWell()
    this.#failures = 0
    this.#seemsWell = false
    this.#unclear = isUnclear ? this.#unclear + 1 : 0
    const isSoon = isUnclear && this.#unclear <= mostSoon
    await this.#pause(jittered(isSoon ? Math.min(soonMs, this.#syncEveryMs) : this.#syncEveryMs))
  }

  async #untilWell(): Promise<void> {
    this.#failures++
    const most = Math.max(longestPauseMs, this.#syncEveryMs)
    const until =
      performance.now() + jittered(Math.min(this.#syncEveryMs * 2 ** Math.min(this.#failures, 20), most))
    let mayBeBack = !this.#seemsWell
    this.#seemsWell = false
    while (!this.#signal.aborted) {
      const left = until - performance.now()
      await this.#pause(Math.min(left, jittered(Math.min(askHowEveryMs, this.#syncEveryMs))))
      if (performance.now() >= until) return
      const isWell = await this.#isWell()
      if (isWell && mayBeBack) {
        this.#seemsWell = true
        return
      }
      mayBeBack ||= !isWell
    }
  }

  async #isWell(): Promise<boolean> {
    const ask = { ask: (registry: { health(): Promise<void> }) => registry.health(), countRequests() {} }
    try {
      await inBackground(this.#federation, this.#registry, this.#signal, ask)
      return true
    } catch {
      // Why it is not is told by who asks it for more.
      return false
    }
  }

  async #pause(milliseconds: number): Promise<void> {
    const options = { signal: this.#signal, ref: false }
    await wait(Math.max(0, milliseconds), undefined, options).catch(() => {})
  }
}

export function jittered(milliseconds: number): number {
  return milliseconds * (0.9 + 0.2 * Math.random())
}

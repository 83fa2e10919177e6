import type { RegistryError } from '../../contract/index.ts'
import type { Patience } from '../registry/flight.ts'
import type { RegistryLink } from '../registry/registry-link.ts'
import { deadlineMissed } from '../registry/time-limit.ts'

/**
 * For how long one registry is asked: to the registry's limit, the request's, or until nobody waits any more. Its own
 * limit is spent while somebody waits for it: what others take is not its doing, and what a page of them holds is read
 * when the slowest has answered. Most requests ask nothing of most registries, so clocks and signals are made for who
 * waits by them.
 */
export class AskingTime implements Patience {
  readonly #link: RegistryLink
  readonly #deadlineMs: number | null
  readonly #startedAt: number
  /** Of the request; epoch milliseconds. */
  readonly #end: number
  readonly #leavers = new Set<() => void>()
  #leftMs: number
  /** Epoch milliseconds; null: nobody waits. */
  #waitedSince: number | null = null
  #overFor: RegistryError | null = null
  #signal: AbortController | null = null
  #timer: NodeJS.Timeout | null = null

  constructor(
    link: RegistryLink,
    { startedAt, deadlineMs }: { readonly startedAt: number; readonly deadlineMs: number | null },
  ) {
    this.#link = link
    this.#startedAt = startedAt
    this.#deadlineMs = deadlineMs
    this.#end = startedAt + (deadlineMs ?? Number.POSITIVE_INFINITY)
    this.#leftMs = link.settings.timeoutMs
  }

  /** What was looked at before a write must not be old by then, whoever took the time: theirs is one deadline. */
  get forWrites(): { readonly deadline: number; readonly late: () => RegistryError } {
    const { settings } = this.#link
    const hurry = this.#deadlineMs !== null && this.#deadlineMs < settings.timeoutMs ? this.#deadlineMs : null
    return {
      deadline: this.#startedAt + (hurry ?? settings.timeoutMs),
      late: () => deadlineMissed(settings, hurry),
    }
  }

  get overFor(): RegistryError | null {
    if (this.#overFor === null && this.#timer === null && Date.now() >= this.#deadline())
      this.#finish(this.#late())
    return this.#overFor
  }

  /** Fires when it is over. */
  get signal(): AbortSignal {
    if (this.#signal === null) {
      this.#signal = new AbortController()
      if (this.overFor !== null) this.#signal.abort(this.overFor)
      else if (this.#deadlineMs !== null) this.#watch()
    }
    return this.#signal.signal
  }

  whenOver(leave: () => void): void {
    this.#leavers.add(leave)
    this.#waitedSince ??= Date.now()
    this.#watch()
  }

  forget(leave: () => void): void {
    this.#leavers.delete(leave)
    if (this.#leavers.size > 0) return
    this.#leftMs = this.#leftAt(Date.now())
    this.#waitedSince = null
  }

  /** As long as there is time; the work goes on, if need be. */
  inTime<T>(work: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const leave = () => reject(this.overFor)
      if (this.overFor === null) this.whenOver(leave)
      else leave()
      const settle = () => this.forget(leave)
      work.then(resolve, reject).finally(settle)
    })
  }

  end(): void {
    if (this.#overFor === null) this.#finish(this.#link.requestEnded)
  }

  #late(): RegistryError {
    const { settings } = this.#link
    const isSpent = this.#leftAt(Date.now()) <= 0 || this.#deadlineMs === settings.timeoutMs
    return deadlineMissed(settings, isSpent ? null : this.#deadlineMs)
  }

  /** Epoch milliseconds, for who waits from now on. */
  #deadline(): number {
    const now = Date.now()
    return Math.min(this.#end, now + this.#leftAt(now))
  }

  #leftAt(now: number): number {
    return this.#waitedSince === null ? this.#leftMs : this.#leftMs - (now - this.#waitedSince)
  }

  #watch(): void {
    if (this.#overFor === null)
      this.#timer ??= setTimeout(this.#look, Math.max(0, this.#deadline() - Date.now()))
  }

  /** Set for somebody who may have been answered since. */
  readonly #look = () => {
    this.#timer = null
    if (Date.now() >= this.#deadline()) this.#finish(this.#late())
    else if (this.#waitedSince !== null || this.#deadlineMs !== null) this.#watch()
  }

  #finish(reason: RegistryError): void {
    this.#overFor = reason
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#signal?.abort(reason)
    for (const leave of this.#leavers) leave()
    this.#leavers.clear()
  }
}

import type { RegistryError } from '../../contract/index.ts'
import type { Patience } from '../registry/flight.ts'
import type { RegistryLink } from '../registry/registry-link.ts'
import { deadlineMissed } from '../registry/time-limit.ts'

/**
 * For how long one registry is asked: to the registry's limit, the request's, or until nobody waits any more. Most
 * requests ask nothing of most registries, so clocks and signals are made for who waits by them.
 */
export class AskingTime implements Patience {
  /** Epoch milliseconds. */
  readonly deadline: number
  readonly #link: RegistryLink
  readonly #deadlineMs: number | null
  readonly #leavers = new Set<() => void>()
  #overFor: RegistryError | null = null
  #signal: AbortController | null = null
  #timer: NodeJS.Timeout | null = null

  constructor(
    link: RegistryLink,
    { startedAt, deadlineMs }: { readonly startedAt: number; readonly deadlineMs: number | null },
  ) {
    const { timeoutMs } = link.settings
    this.#link = link
    this.#deadlineMs = deadlineMs
    this.deadline = startedAt + (deadlineMs === null ? timeoutMs : Math.min(deadlineMs, timeoutMs))
  }

  /** What has been missed at the deadline. */
  readonly late = (): RegistryError => deadlineMissed(this.#link.settings, this.#deadlineMs)

  get overFor(): RegistryError | null {
    if (this.#overFor === null && this.#timer === null && Date.now() >= this.deadline)
      this.#finish(this.late())
    return this.#overFor
  }

  /** Fires when it is over. */
  get signal(): AbortSignal {
    if (this.#signal === null) {
      this.#signal = new AbortController()
      if (this.overFor === null) this.#watch()
      else this.#signal.abort(this.overFor)
    }
    return this.#signal.signal
  }

  whenOver(leave: () => void): void {
    this.#leavers.add(leave)
    this.#watch()
  }

  forget(leave: () => void): void {
    this.#leavers.delete(leave)
  }

  end(): void {
    if (this.#overFor === null) this.#finish(this.#link.requestEnded)
  }

  #watch(): void {
    const finish = () => this.#finish(this.late())
    this.#timer ??= setTimeout(finish, Math.max(0, this.deadline - Date.now()))
  }

  #finish(reason: RegistryError): void {
    this.#overFor = reason
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#signal?.abort(reason)
    for (const leave of this.#leavers) leave()
    this.#leavers.clear()
  }
}

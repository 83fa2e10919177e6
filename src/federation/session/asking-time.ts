import type { RegistryError } from '../../contract/index.ts'
import type { RegistryLink } from '../registry/registry-link.ts'
import { deadlineMissed } from '../registry/time-limit.ts'

/** For how long one registry is asked: to the registry's limit, the request's, or until nobody waits any more. */
export class AskingTime {
  /** Epoch milliseconds. */
  readonly deadline: number
  readonly late: () => RegistryError
  /** Fires when it is over. */
  readonly signal: AbortSignal
  readonly #link: RegistryLink
  readonly #over = new AbortController()
  readonly #timer: NodeJS.Timeout
  readonly #left: AbortSignal
  readonly #leave = () => this.end()

  constructor(
    link: RegistryLink,
    { startedAt, deadlineMs, left }: { startedAt: number; deadlineMs: number | null; left: AbortSignal },
  ) {
    const { timeoutMs } = link.settings
    this.#link = link
    this.signal = this.#over.signal
    this.deadline = startedAt + Math.min(deadlineMs ?? Number.POSITIVE_INFINITY, timeoutMs)
    this.late = () => deadlineMissed(link.settings, deadlineMs)
    const remaining = Math.max(0, this.deadline - Date.now())
    this.#timer = setTimeout(() => this.#over.abort(this.late()), remaining)
    this.#left = left
    left.addEventListener('abort', this.#leave)
    if (left.aborted) this.end()
  }

  end(): void {
    clearTimeout(this.#timer)
    this.#left.removeEventListener('abort', this.#leave)
    if (!this.signal.aborted) this.#over.abort(this.#link.requestEnded)
  }
}

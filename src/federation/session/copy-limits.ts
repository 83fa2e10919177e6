import { RegistryError } from '../../contract/index.ts'
import type { TransferLimits } from './registry-session.ts'

export interface CopyTimes {
  /** For all the files of one copy between registries. */
  readonly copyTimeoutMs: number
  /** For how long nothing of it may move. */
  readonly copyStallMs: number
}

/** What breaks a copy off: its time is over, nothing moves any more, somebody else may be at it, or a part has failed. */
export class CopyLimits {
  /** Epoch milliseconds. */
  readonly deadline: number
  readonly #stop = new AbortController()
  readonly #timer: NodeJS.Timeout
  readonly #stoodStill: () => void
  readonly #copyStallMs: number
  #stall: NodeJS.Timeout | null = null
  readonly #end = new AbortController()

  /**
   * @param milliseconds how long it may take, less than `times` says where the request is in a hurry.
   * @param stops fire when somebody else may be at the same wish, and when the one who asked for it wants no more of it.
   */
  constructor(to: string, milliseconds: number, times: CopyTimes, stops: readonly AbortSignal[]) {
    this.deadline = Date.now() + milliseconds
    this.#timer = setTimeout(() => this.stop(late(to, milliseconds, times)), milliseconds)
    this.#copyStallMs = times.copyStallMs
    this.#stoodStill = () => this.stop(stoodStill(to, times))
    for (const signal of stops) {
      signal.addEventListener('abort', () => this.stop(signal.reason), { signal: this.#end.signal })
      if (signal.aborted) this.stop(signal.reason)
    }
  }

  get signal(): AbortSignal {
    return this.#stop.signal
  }

  stop(reason: unknown): void {
    if (!this.#stop.signal.aborted) this.#stop.abort(reason)
  }

  /** For a part of it that a right of its own is needed for. */
  withRight(lost: AbortSignal | undefined): TransferLimits {
    if (lost === undefined) return this
    const signal = AbortSignal.any([this.signal, lost])
    return { deadline: this.deadline, signal, noteProgress: () => this.noteProgress() }
  }

  /** From the first time on nothing may stand still. */
  noteProgress(): void {
    if (this.#stall) this.#stall.refresh()
    else this.#stall = setTimeout(this.#stoodStill, this.#copyStallMs)
  }

  end(): void {
    clearTimeout(this.#timer)
    if (this.#stall) clearTimeout(this.#stall)
    this.#end.abort()
  }
}

function late(to: string, milliseconds: number, { copyTimeoutMs }: CopyTimes): RegistryError {
  return timeout(
    milliseconds < copyTimeoutMs
      ? `The request's own deadline of ${milliseconds} ms was over before the files had all reached "${to}"; see modelgate-deadline-ms.`
      : `The files did not all reach "${to}" in time; see federation.copyTimeoutMs.`,
  )
}

function stoodStill(to: string, { copyStallMs }: CopyTimes): RegistryError {
  return timeout(
    `Nothing of the files has moved on to "${to}" for ${copyStallMs} ms; see federation.copyStallMs.`,
  )
}

function timeout(message: string): RegistryError {
  return new RegistryError('REGISTRY_TIMEOUT', message, { nothingWritten: true })
}

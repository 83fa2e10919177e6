import { createHash } from 'node:crypto'
import type { Logger } from '../../contract/index.ts'

const forgetAfterMs = 60_000
/** Orders hold what clients send, such as keys of metrics: so many are remembered, by their digests. */
const most = 100

/**
 * Remembers in which orders a registry turned out not to give its rows: it said so, or it broke its word. Such a
 * list is read whole at once, without a try first. Forgotten after a minute, as a write between two pages can look
 * the same as a broken order.
 */
export class OrderTrust {
  readonly #brokenUntil = new Map<string, number>()
  readonly #registry: string
  readonly #log: Logger
  #hasWarned = false

  constructor(registry: string, log: Logger) {
    this.#registry = registry
    this.#log = log
  }

  isBroken(order: string): boolean {
    if (this.#brokenUntil.size === 0) return false
    return (this.#brokenUntil.get(digestOf(order)) ?? 0) > Date.now()
  }

  /** Said once, as it stays as it is until somebody corrects the adapter. */
  noteBrokenWord(order: object): void {
    if (this.#hasWarned) return
    this.#hasWarned = true
    this.#log.warn(
      { registry: this.#registry, order },
      'the registry said that its rows are ordered and they are not; such lists are read whole, which is slower',
    )
  }

  noteBroken(order: string): void {
    this.#forgetOld()
    this.#brokenUntil.set(digestOf(order), Date.now() + forgetAfterMs)
  }

  /** Those whose time is over, and the oldest where there are too many. */
  #forgetOld(): void {
    for (const [digest, until] of this.#brokenUntil) {
      if (until > Date.now() && this.#brokenUntil.size < most) return
      this.#brokenUntil.delete(digest)
    }
  }
}

function digestOf(order: string): string {
  return createHash('sha256').update(order).digest('base64url')
}

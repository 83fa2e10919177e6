/**
 * Rung when something was added to the log of events, after it was committed: whoever listens then looks what it is, and
 * looks from time to time all the same. It tells no more than that there is something, and may be rung once for many.
 */
export interface Bell {
  ring(): void
  /** Answers what ends it. */
  listen(listener: () => void): () => void
  close(): Promise<void>
}

/** Within one process. */
export class LocalBell implements Bell {
  readonly #listeners = new Set<() => void>()

  get isHeard(): boolean {
    return this.#listeners.size > 0
  }

  ring(): void {
    for (const listener of [...this.#listeners]) listener()
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  async close(): Promise<void> {
    this.#listeners.clear()
  }
}

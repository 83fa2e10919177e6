/** What goes on after its request: a connection over which somebody is told what happens. */
export interface Stream {
  /** The server closes: whoever listens is to come again, elsewhere. What is under way on it may end first. */
  end(): void
  /** At once. */
  destroy(): void
}

/** All of them. They are no requests in flight, as nobody waits for their end. */
export class Streams {
  readonly #open = new Set<Stream>()
  #whenNone: (() => void) | null = null
  #isEnding = false

  get isEnding(): boolean {
    return this.#isEnding
  }

  /** Answers what to call when it has ended. */
  begin(stream: Stream): () => void {
    this.#open.add(stream)
    if (this.#isEnding) stream.end()
    return () => {
      this.#open.delete(stream)
      if (this.#open.size === 0) this.#whenNone?.()
    }
  }

  /** Resolves when all have ended. */
  end(): Promise<void> {
    this.#isEnding = true
    const none = new Promise<void>((resolve) => {
      this.#whenNone = resolve
    })
    for (const stream of [...this.#open]) stream.end()
    return this.#open.size === 0 ? Promise.resolve() : none
  }

  destroy(): void {
    for (const stream of [...this.#open]) stream.destroy()
  }
}

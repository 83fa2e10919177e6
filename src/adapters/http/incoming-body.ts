/** What a body comes by. */
export interface Inflow {
  pause(): void
  resume(): void
  /** Nobody wants the rest of it. */
  leave(): void
}

/** What may have come before anybody has taken it. */
const mostWaiting = 64 * 1024

type Waiter = Pick<PromiseWithResolvers<void>, 'resolve' | 'reject'>

/** The bytes of an answer: all of them at once when they have come, or one after the other, as fast as they are taken. */
export class IncomingBody implements AsyncIterable<Uint8Array> {
  readonly #inflow: Inflow
  #chunks: Buffer[] = []
  #size = 0
  #takesAll: boolean
  #isPaused = false
  #hasEnded = false
  #failure: { readonly reason: unknown } | null = null
  #waiter: Waiter | null = null

  /** @param takesAll whether it is known to be small, and is to come as fast as it can. */
  constructor(inflow: Inflow, takesAll = false) {
    this.#inflow = inflow
    this.#takesAll = takesAll
  }

  add(chunk: Buffer): void {
    this.#chunks.push(chunk)
    this.#size += chunk.length
    if (this.#takesAll) return
    if (this.#size > mostWaiting && !this.#isPaused) {
      this.#isPaused = true
      this.#inflow.pause()
    }
    this.#wake()
  }

  end(): void {
    this.#hasEnded = true
    this.#wake()
  }

  fail(reason: unknown): void {
    if (this.#hasEnded) return
    this.#failure ??= { reason }
    this.#waiter?.reject(reason)
    this.#waiter = null
  }

  /** For what is known to be small; at once where all of it has come. */
  all(): readonly Uint8Array[] | Promise<readonly Uint8Array[]> {
    if (this.#hasEnded) return this.#chunks
    this.#takesAll = true
    this.#goOn()
    return this.#more().then(() => this.#chunks)
  }

  /** Whoever stops before the end leaves the rest of it. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        const chunks = this.#chunks
        this.#chunks = []
        this.#size = 0
        yield* chunks
        if (this.#chunks.length === 0) this.#goOn()
        if (this.#chunks.length > 0) continue
        if (this.#hasEnded) return
        await this.#more()
      }
    } finally {
      if (!this.#hasEnded && this.#failure === null) this.#inflow.leave()
    }
  }

  #goOn(): void {
    if (!this.#isPaused) return
    this.#isPaused = false
    this.#inflow.resume()
  }

  /** Until something has come, or all of it where all is taken. @throws what broke it off. */
  #more(): Promise<void> {
    if (this.#failure) return Promise.reject(this.#failure.reason)
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    this.#waiter = { resolve, reject }
    return promise
  }

  #wake(): void {
    this.#waiter?.resolve()
    this.#waiter = null
  }
}

/** A connection whose client may read more slowly than it is told. */
export interface Backlogged {
  /** Bytes that wait to be sent. */
  readonly waiting: number
  /** Of these, what it has asked for once: long answers are no sign of a slow reader. */
  readonly waitingAnswers: number
  /** Its client has to come again. */
  dropAsSlow(): void
  /** At once, with what waits. */
  destroy(): void
}

const usualLimits = { bytes: 1_000_000, bytesOfAll: 64_000_000 }

/** What waits to be sent to clients that read slowly, of each and of all together. */
export class Backlogs {
  readonly #limits: typeof usualLimits
  /** Of those of which something waited when they were last told something. */
  readonly #waiting = new Map<Backlogged, number>()
  #total = 0

  constructor(limits: Partial<typeof usualLimits> = {}) {
    this.#limits = { ...usualLimits, ...limits }
  }

  /** After it was told something. */
  note(client: Backlogged): void {
    const { waiting } = client
    this.#set(client, waiting)
    if (waiting - client.waitingAnswers > this.#limits.bytes) client.dropAsSlow()
    if (this.#total > this.#limits.bytesOfAll) this.#destroyLargest()
  }

  /** It is gone. */
  forget(client: Backlogged): void {
    this.#set(client, 0)
  }

  #set(client: Backlogged, waiting: number): void {
    this.#total += waiting - (this.#waiting.get(client) ?? 0)
    if (waiting > 0) this.#waiting.set(client, waiting)
    else this.#waiting.delete(client)
  }

  #destroyLargest(): void {
    for (const client of [...this.#waiting.keys()]) this.#set(client, client.waiting)
    const largest = [...this.#waiting].toSorted(([, a], [, b]) => b - a)
    for (const [client] of largest) {
      if (this.#total <= this.#limits.bytesOfAll) return
      this.forget(client)
      client.destroy()
    }
  }
}

import { setTimeout as wait } from 'node:timers/promises'

export interface MutationUnderWay {
  readonly requestId: string
  /** The fields of the mutation. */
  readonly operations: readonly string[]
}

/** Mutations that are not done yet, whether or not anybody waits for their answers. */
export class MutationsUnderWay {
  readonly #mutations = new Set<MutationUnderWay>()
  #whenNone: (() => void) | null = null

  /** Answers what to call when it is done. */
  begin(mutation: MutationUnderWay): () => void {
    this.#mutations.add(mutation)
    return () => {
      this.#mutations.delete(mutation)
      if (this.#mutations.size === 0) this.#whenNone?.()
    }
  }

  /** Waits until all are done, and no longer than that. Answers those that are not. */
  async done(milliseconds: number): Promise<readonly MutationUnderWay[]> {
    if (this.#mutations.size > 0) {
      const enough = new AbortController()
      const none = new Promise<void>((resolve) => {
        this.#whenNone = resolve
      })
      await Promise.race([none, wait(milliseconds, undefined, { signal: enough.signal }).catch(() => {})])
      enough.abort()
    }
    return [...this.#mutations]
  }
}

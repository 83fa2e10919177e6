import { setTimeout as wait } from 'node:timers/promises'

/** One at a time for each name, first come, first served. */
export class Turns {
  readonly #last = new Map<string, Promise<void>>()

  /** Answers what ends the turn, or null when it did not come in time. */
  async take(name: string, waitMs: number): Promise<(() => void) | null> {
    const before = this.#last.get(name)
    const { promise: left, resolve: leave } = Promise.withResolvers<void>()
    const turn = before === undefined ? left : before.then(() => left)
    this.#last.set(name, turn)
    turn.then(() => {
      if (this.#last.get(name) === turn) this.#last.delete(name)
    })
    if (before === undefined || (await settlesWithin(before, waitMs))) return leave
    leave()
    return null
  }
}

/** What a timer can count to. */
const longestMs = 2 ** 31 - 1

async function settlesWithin(promise: Promise<void>, milliseconds: number): Promise<boolean> {
  const settled = new AbortController()
  const late = wait(Math.min(Math.max(0, milliseconds), longestMs), false, { signal: settled.signal }).catch(
    () => true,
  )
  try {
    return await Promise.race([promise.then(() => true), late])
  } finally {
    settled.abort()
  }
}

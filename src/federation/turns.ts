import { setImmediate as turnOfTheLoop } from 'node:timers/promises'

/** How long work may hold the event loop before everybody else has a turn. */
const sliceMs = 10

/**
 * Turns at the one event loop that all requests share. Long work asks in between whether it is time, and waits; those
 * who wait go on in the order in which they came, a few in each turn.
 */
class Turns {
  #beganAt: number | null = null
  #waiting: (() => void)[] = []
  #isPassingOn = false

  /** Whether whoever works now has held the loop for long enough. */
  isOver(): boolean {
    if (this.#beganAt === null) {
      this.#begin()
      return false
    }
    return performance.now() - this.#beganAt > sliceMs
  }

  /** Resolves when others have had their turn. */
  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve)
      if (!this.#isPassingOn) void this.#passOn()
    })
  }

  /** Calls back when those who wait now have gone on, at once where there are none. */
  afterwards(callback: () => void): void {
    if (this.#isPassingOn) this.#waiting.push(callback)
    else callback()
  }

  #begin(): void {
    this.#beganAt = performance.now()
    setImmediate(() => {
      this.#beganAt = null
    })
  }

  async #passOn(): Promise<void> {
    this.#isPassingOn = true
    while (this.#waiting.length > 0) {
      const waiting = this.#waiting
      this.#waiting = []
      for (const resume of waiting) {
        if (this.isOver()) await turnOfTheLoop()
        resume()
        // What waits goes on in microtasks, and its time is to be seen here.
        await null
      }
    }
    this.#isPassingOn = false
  }
}

export const turns = new Turns()

/**
 * Maps many rows, in turns, and a few at once.
 *
 * @param asked whose signal is looked at, and so made, between turns alone. @throws its reason once it is aborted.
 */
export function mapInTurns<Item, Result>(
  items: readonly Item[],
  map: (item: Item, index: number) => Result,
  asked?: { readonly signal: AbortSignal },
): Result[] | Promise<Result[]> {
  const results: Result[] = []
  const mapOn = (): Result[] | Promise<Result[]> => {
    while (results.length < items.length) {
      if (turns.isOver()) return goOn()
      results.push(map(items[results.length] as Item, results.length))
    }
    return results
  }
  const goOn = async (): Promise<Result[]> => {
    await turns.next()
    asked?.signal.throwIfAborted()
    return mapOn()
  }
  return mapOn()
}

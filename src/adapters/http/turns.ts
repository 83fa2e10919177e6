import { untilAborted } from '../../timing/until-aborted.ts'

/** So many at once, and the others in line. */
export class Turns {
  #free: number
  readonly #waiting: (() => void)[] = []

  constructor(count: number) {
    this.#free = count
  }

  async run<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const passOn = await this.take(signal)
    try {
      return await work()
    } finally {
      passOn()
    }
  }

  /** What it answers has to be called once, when the turn is over. */
  async take(signal: AbortSignal): Promise<() => void> {
    if (this.#free > 0) this.#free--
    else await this.#wait(signal)
    return () => this.#passOn()
  }

  /** A place that is given to one who has left goes on to the next. */
  async #wait(signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#waiting.push(resolve)
    try {
      await untilAborted(promise, signal)
    } catch (error) {
      const at = this.#waiting.indexOf(resolve)
      if (at >= 0) this.#waiting.splice(at, 1)
      else this.#passOn()
      throw error
    }
  }

  #passOn(): void {
    const next = this.#waiting.shift()
    if (next === undefined) this.#free++
    else next()
  }
}

/** As long as the line gets. */
const mostWaiting = 10_000

/** There is no place, and none in the line either. */
export class LineFullError extends Error {}

/** So many calls at a time; the others stand in line. Who finds a place free has it at once. */
export class Places {
  #free: number
  readonly #line: (() => void)[] = []

  constructor(count: number) {
    this.#free = count
  }

  /** Null: it has one already. Each is given back once. @throws LineFullError */
  take(): Promise<void> | null {
    if (this.#free > 0) {
      this.#free--
      return null
    }
    if (this.#line.length >= mostWaiting) throw new LineFullError()
    return new Promise((resolve) => this.#line.push(resolve))
  }

  giveBack(): void {
    const next = this.#line.shift()
    if (next === undefined) this.#free++
    else next()
  }
}

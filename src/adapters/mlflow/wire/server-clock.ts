/** The server's clock, as far as its answers tell: their `date`, which is in whole seconds. */
export class ServerClock {
  #lowest = Number.POSITIVE_INFINITY
  #latest: number | null = null
  /** Many answers come within one second. */
  #noted: string | null = null

  note(date: string | undefined): void {
    if (date === undefined || date === this.#noted) return
    const time = Date.parse(date)
    if (Number.isNaN(time)) return
    this.#noted = date
    this.#latest = time
    this.#lowest = Math.min(this.#lowest, time)
  }

  /**
   * The earliest time, in epoch milliseconds, that the server may have dated a write with which it made within the last
   * `ms`, and since {@link forgetLowest}; positive infinity where it is not known.
   */
  earliestSince(ms: number): number {
    return Math.min(this.#lowest, this.#latest === null ? Number.POSITIVE_INFINITY : this.#latest - ms)
  }

  forgetLowest(): void {
    this.#lowest = this.#latest ?? Number.POSITIVE_INFINITY
  }
}

/** So many rows are kept without any of them having been met again. */
const trust = 4000
/** What a row that is met again pays for. */
const gain = 4
/** Where rows are not met again, those of one answer in so many are kept, to see whether that has changed. */
const trial = 64

/** Whether to keep the rows of one list, which costs something, for when they come again. */
export class Worth {
  #left = trust
  #answers = 0

  /** Asked once for each answer. */
  keepsThis(): boolean {
    return this.#left > 0 || ++this.#answers % trial === 0
  }

  note(met: number, kept: number): void {
    this.#left = Math.max(0, Math.min(trust, this.#left + met * gain - kept))
  }
}

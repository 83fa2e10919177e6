const forgetAfterMs = 60_000
const most = 1000

/**
 * Runs that were looked for in the newest list of experiments and are not there. A run never comes into being after
 * a version names it, so that for a while nobody has to look again.
 */
export class GoneRuns {
  readonly #until = new Map<string, number>()

  has(runId: string): boolean {
    return (this.#until.get(runId) ?? 0) > Date.now()
  }

  note(runIds: readonly string[]): void {
    for (const runId of runIds) {
      this.#forgetOld()
      this.#until.set(runId, Date.now() + forgetAfterMs)
    }
  }

  /** Those whose time is over, and the oldest where there are too many. */
  #forgetOld(): void {
    for (const [runId, until] of this.#until) {
      if (until > Date.now() && this.#until.size < most) return
      this.#until.delete(runId)
    }
  }
}

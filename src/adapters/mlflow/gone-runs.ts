const forgetAfterMs = 60_000
const most = 10_000

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
    if (this.#until.size + runIds.length > most) this.#until.clear()
    for (const runId of runIds) this.#until.set(runId, Date.now() + forgetAfterMs)
  }
}

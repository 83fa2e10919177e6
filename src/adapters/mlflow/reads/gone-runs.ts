import type { RegistryError } from '../../../contract/index.ts'

const forgetAfterMs = 60_000
const most = 10_000

/**
 * Runs that were looked for one by one, or in the newest list of all experiments, and are not to be had: `null` for
 * those that are not there. A run never comes into being after a version names it, so that for a while nobody has to
 * look again.
 */
export class GoneRuns {
  readonly #known = new Map<string, { readonly until: number; readonly why: RegistryError | null }>()

  /** `undefined`: nothing is known. */
  get(runId: string): RegistryError | null | undefined {
    const known = this.#known.get(runId)
    return known === undefined || known.until <= Date.now() ? undefined : known.why
  }

  note(runId: string, why: RegistryError | null): void {
    if (this.#known.size >= most) this.#known.clear()
    this.#known.set(runId, { until: Date.now() + forgetAfterMs, why })
  }
}

import type { Level } from '../check.ts'
import type { NotStored } from '../fixture/fixture.ts'

/**
 * `failed`: a MUST is not met. `warned`: a SHOULD or a MAY is not, and the adapter conforms all the same.
 * `deviates`: fails, and is known to. `mended`: is listed as a known deviation and passes, so that the list has to
 * be put right.
 */
export type ResultState = 'passed' | 'failed' | 'warned' | 'skipped' | 'deviates' | 'mended'

export interface CheckResult {
  readonly id: string
  readonly level: Level
  readonly title: string
  /** What goes wrong for the gateway's users when it is not kept. */
  readonly why: string
  /** Where the rule is written. */
  readonly source: string
  readonly state: ResultState
  /** Why it failed, warned, was skipped or deviates; `null` when it passed. */
  readonly reason: string | null
  readonly milliseconds: number
}

export interface Report {
  /** No MUST failed, no known deviation has been mended, and a check at least was not skipped. */
  readonly conforms: boolean
  readonly results: readonly CheckResult[]
  /** What of the fixture the backend could not hold. */
  readonly notStored: readonly NotStored[]
  /** What went wrong and is of no check, such as an adapter that does not close; then it does not conform. */
  readonly outsideOfChecks: readonly string[]
}

/** Whether the adapter does not conform because of this. */
export function isFailure({ state }: CheckResult): boolean {
  return state === 'mended' || state === 'failed'
}

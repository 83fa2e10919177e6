import type { CheckResult } from '../conformance/index.ts'

/** So many are no accident, and the wait for the others is long. */
const enough = 3

/** Tells once of the option that shortens the run, as soon as it is worth it. */
export function createTimeoutHint(
  timeoutMs: number,
  tell: (hint: string) => void,
): (result: CheckResult) => void {
  let late = 0
  return ({ state, milliseconds }) => {
    if ((state !== 'failed' && state !== 'warned') || milliseconds < timeoutMs) return
    late++
    if (late === enough)
      tell(
        `${enough} checks have not finished within ${timeoutMs / 1000} s each; --timeout SECONDS makes that shorter.`,
      )
  }
}

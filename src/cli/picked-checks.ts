import { allChecks, type Check, type RunOptions } from '../conformance/index.ts'
import { chooseChecks } from '../conformance/run-checks.ts'
import { UsageError } from './usage-error.ts'

/** @throws UsageError when there is no such check, or none is left. */
export function pickChecks(options: Pick<RunOptions, 'only' | 'deviations'>): readonly Check[] {
  const picked = chooseOrExplain(options)
  if (picked.length > 0) return picked
  throw new UsageError(`None of the ${allChecks.length} checks was chosen.`)
}

function chooseOrExplain(options: Pick<RunOptions, 'only' | 'deviations'>): readonly Check[] {
  try {
    return chooseChecks(options)
  } catch (error) {
    throw new UsageError(
      `${error instanceof Error ? error.message : error}; see modelgate conformance --list`,
    )
  }
}

import { setImmediate as turn } from 'node:timers/promises'
import type { Check } from './check.ts'
import { allChecks } from './checks/index.ts'
import { messageOf } from './expectations/message-of.ts'
import { groupOf } from './report/group-of.ts'
import { type CheckResult, isFailure, type Report } from './report/report.ts'
import { type ConformanceOptions, openSession } from './session.ts'

export interface RunOptions extends ConformanceOptions {
  /** {@link allChecks} when left out. */
  readonly checks?: readonly Check[]
  /** Ids, or groups of them such as `MG-PAGE`, to run these only. */
  readonly only?: readonly string[]
  /** Ends the run before the next check; what was run is reported, and does not conform. */
  readonly signal?: AbortSignal
  /** Told of each check before it is run, with its place from 0 and how many there are. */
  onCheck?(check: Check, index: number, count: number): void
  /** Told of each result as it comes. */
  onResult?(result: CheckResult): void
}

/** Seeds the registry, runs the checks one after the other, and takes the fixture out again. */
export async function runChecks(options: RunOptions): Promise<Report> {
  const checks = chooseChecks(options)
  const session = await openSession(options)
  const results: CheckResult[] = []
  const outsideOfChecks: string[] = []
  try {
    for (const [index, check] of checks.entries()) {
      // A backend within this process may leave no room for anything else, such as what aborts the signal.
      await turn()
      if (options.signal?.aborted) break
      options.onCheck?.(check, index, checks.length)
      const result = await session.run(check)
      options.onResult?.(result)
      results.push(result)
    }
  } finally {
    await session.close().catch((error: unknown) => outsideOfChecks.push(messageOf(error)))
  }
  const isWhole = results.length === checks.length && results.some(({ state }) => state !== 'skipped')
  const conforms = isWhole && outsideOfChecks.length === 0 && !results.some(isFailure)
  return { conforms, results, notStored: session.notStored, outsideOfChecks }
}

/** Throws on ids that no check has, which would otherwise do nothing unseen. */
export function chooseChecks({
  checks = allChecks,
  only,
  deviations = {},
}: Pick<RunOptions, 'checks' | 'only' | 'deviations'>): readonly Check[] {
  const known = new Set(allChecks.concat(checks).flatMap(({ id }) => [id, groupOf(id)]))
  const unknown = [...(only ?? []), ...Object.keys(deviations)].filter((id) => !known.has(id))
  if (unknown.length > 0) throw new Error(`There is no check ${unknown.join(', ')}`)
  if (only === undefined) return checks
  return checks.filter(({ id }) => only.includes(id) || only.includes(groupOf(id)))
}

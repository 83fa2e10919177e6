import type { Check } from './check.ts'
import { allChecks } from './checks/index.ts'
import { type CheckResult, conforms, type Report } from './report.ts'
import { type ConformanceOptions, openSession } from './session.ts'

export interface RunOptions extends ConformanceOptions {
  /** {@link allChecks} when left out. */
  readonly checks?: readonly Check[]
  /** Ids, to run these only. */
  readonly only?: readonly string[]
  /** Told of each result as it comes. */
  onResult?(result: CheckResult): void
}

/** Seeds the registry, runs the checks one after the other, and takes the fixture out again. */
export async function runChecks(options: RunOptions): Promise<Report> {
  const checks = chooseChecks(options)
  const session = await openSession(options)
  const results: CheckResult[] = []
  try {
    for (const check of checks) {
      const result = await session.run(check)
      options.onResult?.(result)
      results.push(result)
    }
  } finally {
    await session.close()
  }
  return { conforms: conforms(results), results, notStored: session.notStored }
}

/** Throws on ids that no check has, which would otherwise do nothing unseen. */
export function chooseChecks({
  checks = allChecks,
  only,
  deviations = {},
}: Pick<RunOptions, 'checks' | 'only' | 'deviations'>): readonly Check[] {
  const known = new Set(allChecks.concat(checks).map(({ id }) => id))
  const unknown = [...(only ?? []), ...Object.keys(deviations)].filter((id) => !known.has(id))
  if (unknown.length > 0) throw new Error(`There is no check ${unknown.join(', ')}`)
  return only === undefined ? checks : checks.filter(({ id }) => only.includes(id))
}

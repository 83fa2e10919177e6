import type { Level } from './check.ts'
import type { NotStored } from './fixture.ts'

/**
 * `deviates`: fails, and is known to. `mended`: is listed as a known deviation and passes, so that the list has to
 * be put right.
 */
export type ResultState = 'passed' | 'failed' | 'skipped' | 'deviates' | 'mended'

export interface CheckResult {
  readonly id: string
  readonly level: Level
  readonly title: string
  readonly state: ResultState
  /** Why it failed, was skipped or deviates; `null` when it passed. */
  readonly reason: string | null
  readonly milliseconds: number
}

export interface Report {
  /** No MUST failed, and no known deviation has been mended. */
  readonly conforms: boolean
  readonly results: readonly CheckResult[]
  /** What of the fixture the backend could not hold. */
  readonly notStored: readonly NotStored[]
}

export function conforms(results: readonly CheckResult[]): boolean {
  return results.every(({ state, level }) => state !== 'mended' && (state !== 'failed' || level !== 'MUST'))
}

const states: readonly ResultState[] = ['passed', 'failed', 'skipped', 'deviates', 'mended']

/** The report as a table for people; as JSON it is itself. */
export function formatReport(report: Report): string {
  const lines = report.results.map(({ id, level, state, title, reason }) => {
    const line = `${state.padEnd(8)}  ${level.padEnd(6)}  ${id.padEnd(15)}  ${title}`
    return reason === null ? line : `${line}\n${indent(reason)}`
  })
  const missing = report.notStored.map(({ what, reason }) => `not stored: ${what} (${reason})`)
  const counts = states.map(
    (state) => `${report.results.filter((result) => result.state === state).length} ${state}`,
  )
  const verdict = report.conforms ? 'conforms' : 'does not conform'
  return [...lines, ...missing, `${counts.join(', ')}: ${verdict}`].join('\n')
}

function indent(text: string): string {
  return text.replace(/^/gm, ' '.repeat(10))
}

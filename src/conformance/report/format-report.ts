import type { NotStored } from '../fixture/fixture.ts'
import { groupOf } from './group-of.ts'
import { type CheckResult, isFailure, type Report, type ResultState } from './report.ts'

/**
 * The report as a table for people: the sums of each group, then what failed, by a check and outside of
 * them, what is not as it should be, what deviates, what was skipped, and as the last line
 * `N passed, N failed, N deviating, N skipped`, with `, N warned` where there are any.
 */
export function formatReport({ results, notStored, outsideOfChecks }: Report): string {
  const inState = (state: ResultState) => results.filter((result) => result.state === state)
  const sections = [
    toSums(results),
    section('Failed', results.filter(isFailure).map(toFailure)),
    section('Outside of the checks', outsideOfChecks),
    section('Not met, which is a warning only', inState('warned').map(toFailure)),
    section('Known deviations', inState('deviates').map(toDeviation)),
    section('Skipped', toSkips(results)),
    section('Not stored', toOmissions(notStored)),
    toVerdict(results),
  ]
  return sections.filter((text) => text !== '').join('\n\n')
}

const columns = ['passed', 'failed', 'warned', 'skipped', 'deviates'] as const

function columnOf(result: CheckResult): (typeof columns)[number] {
  return result.state === 'mended' ? 'failed' : result.state
}

function toSums(results: readonly CheckResult[]): string {
  const groups = Map.groupBy(results, ({ id }) => groupOf(id))
  const width = Math.max(5, ...[...groups.keys()].map((group) => group.length))
  const toRow = ([group, own]: readonly [string, readonly CheckResult[]]) => {
    const counts = Map.groupBy(own, columnOf)
    const cells = columns.map((column) =>
      String(counts.get(column)?.length ?? '-').padStart(column.length + 2),
    )
    return group.padEnd(width) + cells.join('')
  }
  const header = 'GROUP'.padEnd(width) + columns.map((column) => `  ${column.toUpperCase()}`).join('')
  return [header, ...[...groups].map(toRow)].join('\n')
}

function section(title: string, entries: readonly string[]): string {
  return entries.length === 0 ? '' : [title, ...entries.map((entry) => indent(entry, 2))].join('\n')
}

function toFailure({ id, level, title, why, source, reason }: CheckResult): string {
  const lines = [`why: ${why}`, `rule: ${source}`, `found: ${reason}`]
  return [`${id}  ${level}  ${title}`, ...lines.map((line) => indent(line, 4))].join('\n')
}

function toDeviation({ id, title, reason }: CheckResult): string {
  return `${id}  ${title}\n${indent(`${reason}`, 4)}`
}

function toSkips(results: readonly CheckResult[]): string[] {
  const skipped = results.filter(({ state }) => state === 'skipped')
  const byReason = Map.groupBy(skipped, ({ reason }) => reason)
  return [...byReason].map(([reason, own]) => `${reason}: ${own.map(({ id }) => id).join(', ')}`)
}

/** By reason, as a narrow registry refuses hundreds of texts for one; `--json` names each. */
function toOmissions(notStored: readonly NotStored[]): string[] {
  return [...Map.groupBy(notStored, ({ reason }) => reason)].map(([reason, [first, ...others]]) => {
    const more = others.length === 0 ? '' : ` and ${others.length} more`
    return `${first?.what}${more}: ${reason}`
  })
}

function toVerdict(results: readonly CheckResult[]): string {
  const counts = Map.groupBy(results, columnOf)
  const words = { passed: 'passed', failed: 'failed', deviates: 'deviating', skipped: 'skipped' } as const
  const sums = (Object.keys(words) as (keyof typeof words)[]).map(
    (column) => `${counts.get(column)?.length ?? 0} ${words[column]}`,
  )
  const warned = counts.get('warned')?.length
  return [...sums, ...(warned === undefined ? [] : [`${warned} warned`])].join(', ')
}

function indent(text: string, width: number): string {
  return text.replace(/^/gm, ' '.repeat(width))
}

import type { CheckResult, Report } from '../../../src/conformance/index.ts'
import { compareCodePoints } from '../../../src/contract/index.ts'

type KeptReport = Omit<Report, 'outsideOfChecks'>

/** A report to be kept: nothing in it changes from run to run, so that a change is news. */
export function toReportMarkdown(title: string, { conforms, results, notStored }: KeptReport): string {
  const passed = results.filter(({ state }) => state === 'passed')
  const failed = results.filter(isFailure)
  const lines = [
    `# ${title}`,
    '',
    `${conforms ? 'Conforms' : '**Does not conform**'} to version 1 of the adapter contract:`,
    `${passed.length} passed, ${failed.length} failed.`,
    '',
    ...toTable(results),
    ...section('Failed', failed.map(toEntry)),
    ...section('Known deviations', results.filter(({ state }) => state === 'deviates').map(toEntry)),
    ...section('SHOULD and MAY that are not met', results.filter(isWarning).map(toEntry)),
    ...section('Skipped', toSkips(results)),
    ...section('Not stored', toOmissions(notStored)),
  ]
  return `${lines.join('\n')}\n`
}

const isFailure = ({ state }: CheckResult) => state === 'mended' || state === 'failed'
const isWarning = ({ state }: CheckResult) => state === 'warned'
const groupOf = (id: string) => id.replace(/-\d+$/, '')

function toTable(results: readonly CheckResult[]): string[] {
  const groups = Map.groupBy(results, ({ id }) => groupOf(id))
  const rows = [...groups].map(([group, own]) => {
    const count = (holds: (result: CheckResult) => boolean) => own.filter(holds).length || '-'
    const states = (['passed', 'skipped', 'deviates'] as const).map((state) =>
      count((one) => one.state === state),
    )
    const [passed, skipped, deviates] = states
    return `| \`${group}\` | ${passed} | ${count(isFailure)} | ${deviates} | ${count(isWarning)} | ${skipped} |`
  })
  return [
    '| group | passed | failed | deviates | not met | skipped |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
  ]
}

function section(title: string, entries: readonly string[]): string[] {
  return entries.length === 0 ? [] : ['', `## ${title}`, '', ...entries.map((entry) => `- ${entry}`)]
}

function toEntry({ id, title, reason }: CheckResult): string {
  return `\`${id}\` ${title}: ${firstLine(reason ?? '')}`
}

function toSkips(results: readonly CheckResult[]): string[] {
  const skipped = results.filter(({ state }) => state === 'skipped')
  return [...Map.groupBy(skipped, ({ reason }) => reason)].map(
    ([reason, own]) => `${reason}: ${own.map(({ id }) => `\`${id}\``).join(', ')}`,
  )
}

/** Sorted, as several models are stored at a time; each once. */
function toOmissions(notStored: Report['notStored']): string[] {
  const lines = notStored.map(({ what, reason }) => `${code(what)}: ${firstLine(reason)}`)
  return [...new Set(lines)].toSorted(compareCodePoints)
}

function firstLine(text: string): string {
  const line = printable(text.split('\n', 1)[0] ?? '')
  return line.length > 200 ? `${line.slice(0, 200)}…` : line
}

function code(text: string): string {
  const shown = printable(text)
  return shown.includes('`') ? `\`\` ${shown} \`\`` : `\`${shown}\``
}

function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, (control) => JSON.stringify(control).slice(1, -1))
}

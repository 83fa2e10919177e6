import { printable } from '../config/printable.ts'
import type { CheckedCapabilities, RegistryCheck } from './registry-check.ts'
import { toTable } from './text-table.ts'

const header = [
  'REGISTRY',
  'ADAPTER',
  'ENVIRONMENT',
  'STATE',
  'VERSION',
  'LATENCY',
  'ALIASES',
  'STAGES',
  'RUNS',
  'ARTIFACTS',
  'WRITES',
]

/** A table of all registries, then what is to be known of each, then the sum. */
export function toReport(
  checks: readonly RegistryCheck[],
  databaseProblem: string | null,
  notices: readonly string[],
): string {
  const wrong = checks.filter(({ ok }) => !ok).length
  const all = count(checks.length)
  const sum =
    wrong === 0 && databaseProblem === null ? `All is well with ${all}.` : `${wrong} of ${all} wrong.`
  return [
    toTable([header, ...checks.map(toRow)]),
    ...checks.flatMap(toRemarks),
    ...(databaseProblem === null ? [] : [`database\n  WRONG: ${databaseProblem}\n`]),
    ...(notices.length === 0 ? [] : [notices.map((notice) => `note: ${printable(notice)}\n`).join('')]),
    `${sum}\n`,
  ].join('\n')
}

function toRow(check: RegistryCheck): string[] {
  const { registry, adapter, environment, ok, serverVersion, latencyMs, capabilities } = check
  return [
    registry,
    adapter,
    environment ?? 'by name',
    ok ? 'ok' : 'WRONG',
    serverVersion ?? '-',
    latencyMs === null ? '-' : `${latencyMs} ms`,
    ...toLevels(capabilities),
  ]
}

function toLevels(capabilities: CheckedCapabilities | null): string[] {
  if (capabilities === null) return ['-', '-', '-', '-', '-']
  const { aliases, stages, runs, artifacts, writes } = capabilities
  return [aliases, stages, runs, artifacts, writes].map((level) => level.toLowerCase())
}

function toRemarks({ registry, problem, notices }: RegistryCheck): string[] {
  const lines = notices.map((notice) => `note: ${notice}`)
  if (problem !== null) {
    lines.unshift(
      `WRONG (${problem.code}): ${problem.message}`,
      ...(problem.advice === '' ? [] : [problem.advice]),
    )
  }
  return lines.length === 0 ? [] : [`${registry}\n${lines.map((line) => `  ${printable(line)}\n`).join('')}`]
}

function count(registries: number): string {
  return registries === 1 ? '1 registry' : `${registries} registries`
}

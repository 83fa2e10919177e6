import type { Check } from '../conformance/index.ts'
import { pickChecks } from './picked-checks.ts'
import { toTable } from './text-table.ts'

interface ListOptions {
  readonly only?: readonly string[]
  readonly json: boolean
}

/** Every check, or those asked for, with its level and what it needs. */
export function listChecks({ only, json }: ListOptions): string {
  const checks = pickChecks(only === undefined ? {} : { only })
  return json ? `${JSON.stringify(checks, null, 2)}\n` : toCheckList(checks)
}

function toCheckList(checks: readonly Check[]): string {
  const rows = checks.map(({ id, level, title, needs }) => [
    id,
    level,
    title,
    needs.length === 0 ? '-' : needs.join(', '),
  ])
  return `${toTable([['ID', 'LEVEL', 'TITLE', 'NEEDS'], ...rows])}\n${checks.length} ${checks.length === 1 ? 'check' : 'checks'}\n`
}

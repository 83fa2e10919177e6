import type { Check } from '../conformance/index.ts'
import { toTable } from './text-table.ts'

/** Every check with its level and what it needs. */
export function toCheckList(checks: readonly Check[]): string {
  const rows = checks.map(({ id, level, title, needs }) => [
    id,
    level,
    title,
    needs.length === 0 ? '-' : needs.join(', '),
  ])
  return `${toTable([['ID', 'LEVEL', 'TITLE', 'NEEDS'], ...rows])}\n${checks.length} checks\n`
}

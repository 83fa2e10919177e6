import { printable } from '../config/printable.ts'

/** Columns as wide as their widest cell, two spaces between them. */
export function toTable(rows: readonly (readonly string[])[]): string {
  const widths: number[] = []
  const printed = rows.map((row) => row.map(printable))
  for (const row of printed) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length)
  }
  const lines = printed.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
  return lines.map((line) => `${line.trimEnd()}\n`).join('')
}

import { readFileSync } from 'node:fs'

/** What stands in docs/conformance, which npm run conformance-reports writes. */
export function keptReport(file: string): string {
  return readFileSync(new URL(`../../../docs/conformance/${file}.md`, import.meta.url), 'utf8')
}

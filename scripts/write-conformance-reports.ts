/**
 * Writes docs/conformance: the zoo, and a report of each adapter of this repository. To be run after a change of an
 * adapter or of the kit, with names of reports to write these only.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  azureOnDoubles,
  localOnSqlite,
  ownAdaptersOnServers,
} from '../test/conformance/reports/own-adapters.ts'
import { runReport } from '../test/conformance/reports/run-report.ts'
import { toZooMarkdown } from '../test/conformance/reports/zoo-markdown.ts'
import { zoo } from '../test/conformance/zoo.ts'

const folder = fileURLToPath(new URL('../docs/conformance/', import.meta.url))
const names = process.argv.slice(2)

function write(file: string, text: string): void {
  writeFileSync(`${folder}${file}.md`, text)
  console.log(`docs/conformance/${file}.md: ${/\d+ passed, \d+ failed/.exec(text)?.[0] ?? 'written'}`)
}

mkdirSync(folder, { recursive: true })
const isAsked = (file: string) => names.length === 0 || names.includes(file)
if (isAsked('zoo')) write('zoo', toZooMarkdown(zoo))
for (const adapter of [localOnSqlite, ...azureOnDoubles, ...ownAdaptersOnServers])
  if (isAsked(adapter.file)) write(adapter.file, await runReport(adapter))

import { describe, expect, it } from 'vitest'
import { zoo } from '../zoo.ts'
import { keptReport } from './kept-report.ts'
import { localOnSqlite } from './own-adapters.ts'
import { runReport } from './run-report.ts'
import { toZooMarkdown } from './zoo-markdown.ts'

/** Those of Azure ML are compared where its checks are run. */
describe('what is kept in docs/conformance is what npm run conformance-reports would write', () => {
  it('of the zoo', () => {
    expect(toZooMarkdown(zoo)).toBe(keptReport('zoo'))
  })

  it('of an adapter', async () => {
    expect(await runReport(localOnSqlite)).toBe(keptReport(localOnSqlite.file))
  }, 120_000)
})

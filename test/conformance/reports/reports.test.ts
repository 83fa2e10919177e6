import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { rounds } from '../../environment/rounds.ts'
import { zoo } from '../zoo.ts'
import { ownAdapters } from './own-adapters.ts'
import { runReport } from './run-report.ts'
import { toZooMarkdown } from './zoo-markdown.ts'

const kept = (file: string) =>
  readFileSync(new URL(`../../../docs/conformance/${file}.md`, import.meta.url), 'utf8')

describe('what is kept in docs/conformance is what npm run conformance-reports would write', () => {
  it('of the zoo', () => {
    expect(toZooMarkdown(zoo)).toBe(kept('zoo'))
  })

  // Those of Azure ML take their time, and test/adapters/azure-ml runs the same checks.
  it.each(rounds(ownAdapters.slice(0, 1), ownAdapters))(
    'of $title',
    { timeout: 120_000 },
    async (adapter) => {
      expect(await runReport(adapter)).toBe(kept(adapter.file))
    },
  )
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CheckResult, describeConformance, type NotStored } from '../../../src/conformance/index.ts'
import { isFailure } from '../../../src/conformance/report/report.ts'
import { keptReport } from './kept-report.ts'
import type { OwnAdapter } from './own-adapters.ts'
import { toReportMarkdown } from './report-markdown.ts'

/** One test for each check, and one for the report that is kept of them. */
export async function describeOwnAdapter({ file, title, open }: OwnAdapter): Promise<void> {
  const { options, close } = await open()
  const results: CheckResult[] = []
  const notStored: NotStored[] = []

  describe(title, () => {
    afterAll(close)
    describeConformance(
      'conforms',
      {
        effort: 'quick',
        ...options,
        async seed(fixture) {
          const seeded = await options.seed(fixture)
          notStored.push(...seeded.notStored)
          return seeded
        },
        onResult: (result) => void results.push(result),
      },
      { describe, it, beforeAll, afterAll },
    )

    it('has the report that is kept', () => {
      const conforms = !results.some(isFailure)
      expect(toReportMarkdown(title, { conforms, results, notStored })).toBe(keptReport(file))
    })
  })
}

import { runChecks } from '../../../src/conformance/index.ts'
import type { OwnAdapter } from './own-adapters.ts'
import { toReportMarkdown } from './report-markdown.ts'

/** Runs the kit on the adapter and writes down what came of it. */
export async function runReport({ title, open }: OwnAdapter): Promise<string> {
  const { options, close } = await open()
  try {
    return toReportMarkdown(title, await runChecks({ effort: 'quick', ...options }))
  } finally {
    await close()
  }
}

import { chooseChecks, type RunOptions } from '../run-checks.ts'
import { type ConformanceSession, openSession } from '../session.ts'
import { isFailure } from './report.ts'

/** What is used of a test runner; vitest's, jest's and node:test's functions fit. */
export interface TestRunner {
  describe(name: string, body: () => void): unknown
  it(name: string, body: (test: { skip(reason?: string): unknown }) => Promise<void>): unknown
  beforeAll(body: () => Promise<void>): unknown
  afterAll(body: () => Promise<void>): unknown
}

/** One test for each check, over one seeded registry. */
export function describeConformance(name: string, options: RunOptions, runner: TestRunner): void {
  runner.describe(name, () => {
    let session: ConformanceSession
    runner.beforeAll(async () => {
      session = await openSession(options)
    })
    runner.afterAll(() => session.close())
    for (const check of chooseChecks(options)) {
      runner.it(`${check.id} ${check.title}`, async (test) => {
        const result = await session.run(check)
        options.onResult?.(result)
        const { state, reason } = result
        if (isFailure(result)) throw new Error(`${reason}`)
        if (state !== 'passed') test.skip(`${state}: ${reason}`)
      })
    }
  })
}

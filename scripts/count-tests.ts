/**
 * Reads what vitest's JSON reporter wrote and prints `PASSED FAILED`; on standard error it names what was
 * skipped. A suite that broke before its first test counts as one failure.
 */
import { readFile } from 'node:fs/promises'

interface TestReport {
  numPassedTests: number
  numFailedTests: number
  testResults: {
    name: string
    status: string
    assertionResults: { fullName: string; status: string }[]
  }[]
}

const path = process.argv[2]
if (path === undefined) throw new Error('usage: node scripts/count-tests.ts REPORT.json')
const report = JSON.parse(await readFile(path, 'utf8')) as TestReport

const brokenSuites = report.testResults.filter(
  ({ status, assertionResults }) =>
    status === 'failed' && !assertionResults.some((result) => result.status === 'failed'),
)
for (const { name, assertionResults } of report.testResults)
  for (const { fullName, status } of assertionResults)
    if (status !== 'passed' && status !== 'failed') console.error(`  ${status}: ${name}: ${fullName}`)

console.log(report.numPassedTests, report.numFailedTests + brokenSuites.length)

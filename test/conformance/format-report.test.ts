import { expect, it } from 'vitest'
import { type CheckResult, formatReport } from '../../src/conformance/index.ts'

function result(id: string, more: Partial<CheckResult>): CheckResult {
  const text = { title: `About ${id}`, why: `Because of ${id}.`, source: 'the rules' }
  return { id, level: 'MUST', ...text, state: 'passed', reason: null, milliseconds: 1, ...more }
}

it('is a table, with what has to be known below and the verdict at the end', () => {
  const results = [
    result('MG-A-001', {}),
    result('MG-A-002', { state: 'failed', reason: 'Not so.\nReally.' }),
    result('MG-A-003', { state: 'mended', reason: 'It passes.' }),
    result('MG-LONGER-001', { state: 'warned', level: 'SHOULD', reason: 'Better so.' }),
    result('MG-LONGER-002', { state: 'deviates', reason: 'The backend rounds.' }),
    result('MG-LONGER-003', { state: 'skipped', reason: 'the registry has no runs' }),
    result('MG-LONGER-004', { state: 'skipped', reason: 'the registry has no runs' }),
  ]
  const notStored = [
    { what: 'the model "a/b"', reason: 'no slash' },
    { what: 'runs', reason: 'there are none' },
    { what: 'the model "c/d"', reason: 'no slash' },
    { what: 'the model "e/f"', reason: 'no slash' },
  ]
  const outsideOfChecks = ['close has not finished after 20 ms']
  expect(formatReport({ conforms: false, results, notStored, outsideOfChecks })).toBe(
    `GROUP      PASSED  FAILED  WARNED  SKIPPED  DEVIATES
MG-A            1       2       -        -         -
MG-LONGER       -       -       1        2         1

Failed
  MG-A-002  MUST  About MG-A-002
      why: Because of MG-A-002.
      rule: the rules
      found: Not so.
      Really.
  MG-A-003  MUST  About MG-A-003
      why: Because of MG-A-003.
      rule: the rules
      found: It passes.

Outside of the checks
  close has not finished after 20 ms

Not met, which is a warning only
  MG-LONGER-001  SHOULD  About MG-LONGER-001
      why: Because of MG-LONGER-001.
      rule: the rules
      found: Better so.

Known deviations
  MG-LONGER-002  About MG-LONGER-002
      The backend rounds.

Skipped
  the registry has no runs: MG-LONGER-003, MG-LONGER-004

Not stored
  the model "a/b" and 2 more: no slash
  runs: there are none

1 passed, 2 failed, 1 deviating, 2 skipped, 1 warned`,
  )
})

it('has nothing but the table and the verdict when all is well', () => {
  expect(
    formatReport({ conforms: true, results: [result('MG-A-001', {})], notStored: [], outsideOfChecks: [] }),
  ).toBe(
    `GROUP  PASSED  FAILED  WARNED  SKIPPED  DEVIATES
MG-A        1       -       -        -         -

1 passed, 0 failed, 0 deviating, 0 skipped`,
  )
})

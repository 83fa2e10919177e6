import { once } from 'node:events'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { runModelgate, startModelgate } from './run-modelgate.ts'

const plugIn = resolve(import.meta.dirname, 'plug-ins/misbehaving.ts')

/** In a process of its own, as what is at stake is whether it lives on and how it ends. */
function run(fault: string, ...more: readonly string[]) {
  const args = ['conformance', plugIn, '--config', 'options.yaml', '--timeout', '0.3', ...more]
  return runModelgate(args, { 'options.yaml': `fault: ${fault}` })
}

describe('conformance of an adapter that misbehaves', () => {
  it('says that connect hangs', async () => {
    const { code, stdout, stderr } = await run('hanging connect')
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: '',
      stderr: 'The checks could not be run. CONFORMANCE: connect has not finished after 300 ms\n',
    })
  })

  it.each([
    ['hanging close', 'close has not finished after 300 ms'],
    ['rejecting close', 'No end with ***.'],
  ])('reports %s', async (fault, reason) => {
    const { code, stdout } = await run(fault, '--only', 'MG-LIFE-001,MG-LIFE-009')
    expect(code).toBe(1)
    expect(stdout).toMatch(/^MG-LIFE +1 +1 +- /m)
    expect(stdout).toMatch(/^ {2}MG-LIFE-009 {2}MUST/m)
    expect(stdout).toContain(`\nOutside of the checks\n  ${reason}\n`)
    expect(stdout).toMatch(/\n1 passed, 1 failed, 0 deviating, 0 skipped\n$/)
  })

  it.each([
    ['forgotten promise', 'a promise was rejected and nobody handled it: Error: Forgotten with ***.'],
    ['late throw', 'an error was thrown where nobody could catch it: Error: Too late.'],
  ])('runs on after %s, and names the check', async (fault, what) => {
    const { code, stdout } = await run(fault, '--only', 'MG-LIFE-004,MG-IDENT-001', '--json')
    const { ok, results, outsideOfChecks } = JSON.parse(stdout)
    expect([code, ok]).toEqual([1, false])
    expect(results).toMatchObject([
      { id: 'MG-LIFE-004', state: 'passed' },
      { id: 'MG-IDENT-001', state: 'passed' },
    ])
    expect(outsideOfChecks).toHaveLength(1)
    expect(outsideOfChecks[0].split('\n')[0]).toBe(`MG-LIFE-004: ${what}`)
    expect(outsideOfChecks[0]).toContain('misbehaving.ts:')
  })

  it('ends although a timer of the adapter runs on', async () => {
    const { code, stdout } = await run('open timer', '--only', 'MG-LIFE-001')
    expect(code).toBe(0)
    expect(stdout).toMatch(/\n1 passed, 0 failed, 0 deviating, 0 skipped\n$/)
  })
})

it('ends when a plug-in does not finish loading', async () => {
  const files = { 'slow.mjs': 'setInterval(() => {}, 60_000); await new Promise(() => {})' }
  const { code, stdout, stderr } = await runModelgate(['conformance', './slow.mjs', '--json'], files)
  expect(code).toBe(2)
  const [problem] = JSON.parse(stdout).problems
  expect(problem.message).toContain('slow.mjs cannot be loaded')
  expect(problem.message).toContain('did not finish loading within 10 s')
  expect(stderr).toBe(`${problem.message}\n`)
})

it('ends quietly, and with its own exit code, when nobody reads on', async () => {
  const child = startModelgate(['conformance', '--list', '--json'])
  child.stdout.destroy()
  const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, 'close')])
  expect([code, stderr]).toEqual([0, ''])
})

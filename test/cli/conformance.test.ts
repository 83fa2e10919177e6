import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { allChecks } from '../../src/conformance/index.ts'
import { createDirectory } from '../config/sample-directory.ts'
import { createMemoryAdapter } from '../conformance/memory-adapter.ts'
import memory, { storeAt } from './plug-ins/memory.ts'
import scoped, { scopedStoreAt } from './plug-ins/scoped.ts'
import { type RunOptions, run as runCommand } from './sample-tools.ts'

const plugIn = (name: string) => resolve(import.meta.dirname, 'plug-ins', `${name}.ts`)

function run(args: readonly string[], options: RunOptions = {}) {
  return runCommand(['conformance', ...args], { builtIns: { memory }, ...options })
}

/** Options in the place of a modelgate.yaml. */
const withOptions = (url: string, more = '') => ({ config: `url: ${url}\n${more}` })

describe('conformance', () => {
  it('fills the registry by the adapter’s own writes, prints the table, and takes everything out again', async () => {
    const args = [plugIn('memory'), '--config', 'modelgate.yaml', '--only', 'MG-LIFE,MG-PAGE-001']
    const { code, stdout, stderr } = await run(args, withOptions('memory://by-writes'))
    expect(stderr).toBe('')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^GROUP +PASSED +FAILED/)
    expect(stdout).toMatch(/^MG-PAGE +1 +- /m)
    expect(stdout).toContain('the option connectHanging is not given: MG-LIFE-008')
    expect(stdout).toContain('runs: they are not written through an adapter')
    expect(stdout).toMatch(/\n\n\d+ passed, 0 failed, 0 deviating, \d+ skipped\n$/)
    expect(storeAt('memory://by-writes').models.size).toBe(0)
  })

  it('takes a built-in adapter, JSON options, and prints the whole report as JSON', async () => {
    const args = ['memory', '--config', 'modelgate.yaml', '--only', 'MG-IDENT-001', '--json']
    const { code, stdout } = await run(args, { config: '{ "url": "memory://json" }' })
    expect(code).toBe(0)
    const { ok, conforms, results, notStored } = JSON.parse(stdout)
    expect([ok, conforms, notStored.length]).toEqual([true, true, 2])
    expect(results).toMatchObject([{ id: 'MG-IDENT-001', state: 'passed', reason: null, level: 'MUST' }])
    expect(results[0].why).toBe(allChecks.find(({ id }) => id === 'MG-IDENT-001')?.why)
  })

  it('takes what the module exports as conformance, and keeps secrets out of what it prints', async () => {
    const args = [plugIn('own-seed'), '--config', 'modelgate.yaml', '--only', 'MG-LIFE-001,MG-PAGE-001']
    const { code, stdout, stderr } = await run(args, withOptions('memory://own-seed', 'token: secret-1'))
    expect(code).toBe(1)
    expect(stdout).toContain('found: passes, but is listed as a deviation: It is known.')
    expect(stdout).toContain('runs: none with ***')
    expect(stdout).toMatch(/\n1 passed, 1 failed, 0 deviating, 0 skipped\n$/)
    expect(stderr).toBe('What was stored is still there; its names begin with ***-: no way back with ***\n')
    expect([...storeAt('memory://own-seed').models.keys()]).toContain('secret-1-alpha')
  })

  it('runs the whole kit where names are below a parent that seed makes, and takes that away again', async () => {
    const url = 'scoped://whole'
    const args = [plugIn('scoped'), '--config', 'modelgate.yaml', '--effort', 'quick']
    const { code, stdout, stderr } = await run(args, withOptions(url))
    expect(stderr).toBe('')
    expect(stdout.match(/^found: .*/gm) ?? []).toEqual([])
    expect(stdout).toMatch(/\n\d+ passed, 0 failed, 0 deviating, \d+ skipped\n$/)
    expect(code).toBe(0)
    const { schemas, store } = scopedStoreAt(url)
    expect([schemas, store.models.size]).toEqual([[], 0])
  })

  it('names the prefix where the parent is not there', async () => {
    const args = ['scoped', '--config', 'modelgate.yaml', '--only', 'MG-LIFE-001']
    const options = { ...withOptions('scoped://no-parent'), builtIns: { scoped } }
    const { code, stderr } = await run(args, options)
    expect(code).not.toBe(0)
    expect(stderr).toMatch(
      /No model of the fixture could be stored: .*Their names begin with the option prefix, "conformance-\w+-": give another one/,
    )
  })

  it('lets a server of the kit fail in the place of the `url`, and looks for the secrets of the options', async () => {
    const args = [plugIn('memory'), '--config', 'modelgate.yaml', '--only', 'MG-FAULT-004,MG-SECRET-002']
    const { code, stdout } = await run(args, withOptions('http://memory.example.org', 'token: the-secret-1'))
    expect(code).toBe(1)
    expect(stdout).toContain('MG-FAULT-004  MUST  A read that is answered by 401 is UNAUTHENTICATED')
    expect(stdout).toMatch(
      /found: describe with http-401: gave REGISTRY_ERROR, where it has to be UNAUTHENTICATED/,
    )
    expect(stdout).toContain('found: describe with http-500-json: holds the secret number 1')
    expect(stdout).not.toContain('the-secret-1')
  })

  it('says what to export when nothing can fill the registry', async () => {
    const { code, stdout, stderr } = await run(
      [plugIn('read-only'), '--config', 'modelgate.yaml'],
      withOptions('x'),
    )
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain('read-only.ts has no writes')
    expect(stderr).toContain('export const conformance = { seed:')
  })

  it('runs on a registry of the configuration, unless it is read-only there', async () => {
    const registry = (readOnly: boolean) =>
      `registries: [{ name: dev, environment: dev, readOnly: ${readOnly}, adapter: memory, url: "memory://dev" }]`
    const args = ['--registry', 'dev', '--only', 'MG-PAGE-001']
    const { code, stdout } = await run(args, { config: registry(false) })
    expect([code, stdout.endsWith('1 passed, 0 failed, 0 deviating, 0 skipped\n')]).toEqual([0, true])
    const refused = await run(args, { config: registry(true) })
    expect(refused.code).toBe(2)
    expect(refused.stderr).toContain('The registry "dev" is readOnly in the configuration')
    const unknown = await run(['--registry', 'deV2'], { config: registry(false) })
    expect(unknown.code).toBe(2)
    expect(unknown.stderr).toContain('There is no registry "deV2" in the configuration; did you mean "dev"?')
  })

  it('shows a person how far it is', async () => {
    const args = ['memory', '--config', 'modelgate.yaml', '--only', 'MG-PAGE-001,MG-PAGE-002']
    const { stderr } = await run(args, { ...withOptions('memory://tty'), isTTY: true })
    expect(stderr.split('\r\u001b[K')).toEqual([
      '',
      'Filling the registry',
      '1 of 2  MG-PAGE-001',
      '2 of 2  MG-PAGE-002',
      '',
    ])
  })

  it.each([
    [
      ['memory'],
      'The adapter needs options; write them to a YAML or JSON file and name it by --config.\n  url: is missing; add it',
    ],
    [['memory', '--config', 'none.yaml'], 'none.yaml:1:1 there is no such file'],
    [
      ['memory', '--config', 'modelgate.yaml'],
      'modelgate.yaml:2:8 token: must be text, not a number; put it into quotes',
    ],
    [
      ['nope'],
      'There is no file and no installed package "nope" here, and no built-in adapter of that name (memory).',
    ],
    [[], 'Name either an adapter'],
    [['memory', '--registry', 'dev'], 'Name either an adapter'],
    [
      ['memory', '--config', 'good.yaml', '--only', 'MG-NONE-001'],
      'There is no check MG-NONE-001; see modelgate conformance --list',
    ],
    [['memory', '--effort', 'much'], "argument 'much' is invalid"],
    [[plugIn('none')], 'plug-ins/none.ts.\n'],
    [['memory', '--timeout', '0'], 'Write a number of seconds, up to 86400.'],
    [['memory', '--timeout', '1e3'], 'Write a number of seconds, up to 86400.'],
    [['memory', '--timeout', '86401'], 'Write a number of seconds, up to 86400.'],
    [['--list', '--only', 'MG-NONE-001'], 'There is no check MG-NONE-001'],
  ])('says what is wrong with the command line or the options: %s', async (args, message) => {
    const { code, stdout, stderr } = await run(args, {
      config: 'url: memory://x\ntoken: 7',
      files: { 'good.yaml': 'url: memory://good' },
    })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
  })

  it('says what is wrong with the options as JSON too', async () => {
    const args = ['memory', '--config', 'modelgate.yaml', '--json']
    const { code, stdout } = await run(args, { config: 'url: 7' })
    expect(code).toBe(2)
    expect(JSON.parse(stdout)).toEqual({
      ok: false,
      problems: [
        {
          file: 'modelgate.yaml',
          line: 1,
          column: 6,
          key: 'url',
          message: 'must be text, not a number; put it into quotes',
        },
      ],
    })
  })

  it('says as JSON too that there is no such check', async () => {
    const args = ['memory', '--config', 'modelgate.yaml', '--only', 'MG-NOPE', '--json']
    const { code, stdout, stderr } = await run(args, withOptions('memory://nope'))
    const message = 'There is no check MG-NOPE; see modelgate conformance --list'
    expect([code, stderr]).toEqual([2, `${message}\n`])
    expect(JSON.parse(stdout)).toEqual({ ok: false, problems: [{ message }] })
  })

  it('says where it looked for a file', async () => {
    const directory = createDirectory({})
    const { code, stderr } = await run(['./nope.js'], { directory })
    expect([code, stderr]).toEqual([2, `There is no file ${join(directory, 'nope.js')}.\n`])
  })

  it('is no success when nothing was tried', async () => {
    const args = ['memory', '--config', 'modelgate.yaml', '--only', 'MG-FAULT']
    const { code, stdout, stderr } = await run(args, withOptions('memory://untried'))
    expect([code, stderr]).toEqual([1, 'Each of these checks was skipped, so nothing was tried.\n'])
    expect(stdout).toMatch(/\n0 passed, 0 failed, 0 deviating, \d+ skipped\n$/)
    const json = await run([...args, '--json'], withOptions('memory://untried'))
    expect([json.code, JSON.parse(json.stdout).ok]).toEqual([1, false])
  })

  it('gives each check as long as it is told to, and says how to shorten that', async () => {
    const only = ['--only', 'MG-LIFE-001,MG-LIFE-004,MG-LIFE-005,MG-LIFE-007']
    const args = [plugIn('misbehaving'), '--config', 'modelgate.yaml', '--timeout', '0.05', ...only]
    const { code, stdout, stderr } = await run(args, { config: 'fault: hanging health' })
    expect(code).toBe(1)
    expect(stdout.match(/found: the check has not finished after 50 ms/g)).toHaveLength(3)
    expect(stdout).toMatch(/\n1 passed, 3 failed, 0 deviating, 0 skipped\n$/)
    expect(stderr).toBe(
      '3 checks have not finished within 0.05 s each; --timeout SECONDS makes that shorter.\n',
    )
  })

  it('ends before the next check at Ctrl-C, and takes out what it stored', async () => {
    let connected = 0
    const interrupted = {
      ...memory,
      connect: (...[options]: Parameters<typeof memory.connect>) => {
        connected++
        // The first fills the registry, after it was looked at.
        if (connected === 2) process.emit('SIGINT', 'SIGINT')
        return createMemoryAdapter(storeAt(options.url))
      },
    }
    const args = ['interrupted', '--config', 'modelgate.yaml']
    const builtIns = { interrupted }
    const { code, stdout, stderr } = await run(args, { ...withOptions('memory://stopped'), builtIns })
    expect([code, stderr]).toEqual([1, 'Stopped; the checks that are left were not run.\n'])
    expect(stdout).toMatch(/\n0 passed, 0 failed, 0 deviating, \d+ skipped\n$/)
    expect(storeAt('memory://stopped').models.size).toBe(0)
  })

  it('says why the checks could not be run', async () => {
    const down = {
      ...memory,
      connect: () => {
        throw new Error('No way to a-token.')
      },
    }
    const args = ['down', '--config', 'modelgate.yaml']
    const builtIns = { down }
    const { code, stderr } = await run(args, { ...withOptions('x'), builtIns })
    expect([code, stderr]).toEqual([1, 'The checks could not be run. CONFORMANCE: No way to ***.\n'])
    const { stdout } = await run([...args, '--json'], { ...withOptions('x'), builtIns })
    expect(JSON.parse(stdout)).toEqual({
      ok: false,
      problem: { code: 'CONFORMANCE', message: 'No way to ***.' },
    })
  })

  it('lists every check', async () => {
    const { code, stdout } = await run(['--list'])
    expect(code).toBe(0)
    const lines = stdout.trimEnd().split('\n')
    expect(lines.at(-1)).toBe(`${allChecks.length} checks`)
    for (const { id, level, title } of allChecks)
      expect(
        lines.some((line) => line.startsWith(id) && line.includes(`${level} `) && line.includes(title)),
      ).toBe(true)
    expect(JSON.parse((await run(['--list', '--json'])).stdout)).toHaveLength(allChecks.length)
  })

  it('lists those that were asked for', async () => {
    const { code, stdout } = await run(['--list', '--only', 'MG-LIFE-001,MG-FAULT-004'])
    expect(code).toBe(0)
    const ids = stdout.split('\n').map((line) => line.split(' ')[0])
    expect(ids).toEqual(['ID', 'MG-LIFE-001', 'MG-FAULT-004', '', '2', ''])
    const json = await run(['--list', '--only', 'MG-LIFE-001', '--json'])
    expect(JSON.parse(json.stdout)).toMatchObject([{ id: 'MG-LIFE-001' }])
  })
})

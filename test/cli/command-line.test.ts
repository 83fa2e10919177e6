import { describe, expect, it } from 'vitest'
import { run } from './sample-tools.ts'

describe('the command line', () => {
  it('prints its version', async () => {
    expect(await run(['--version'])).toEqual({ code: 0, stdout: '1.2.3\n', stderr: '' })
  })

  it.each([
    [['--help']],
    [['start', '--help']],
    [['check', '--help']],
    [['copy', '--help']],
    [['create-adapter', '--help']],
  ])('%j says all there is to know', async (args) => {
    const { code, stdout, stderr } = await run(args)
    expect(code).toBe(0)
    expect(stderr).toBe('')
    for (const part of ['Usage: modelgate', 'Examples:', 'MODELGATE_CONFIG', 'Exit codes:']) {
      expect(stdout).toContain(part)
    }
  })

  it.each([
    [[], 'Usage: modelgate'],
    [['strat'], "unknown command 'strat'"],
    [['strat'], 'Did you mean start?'],
    [['start', '--prot', '1'], "unknown option '--prot'"],
    [['start', '--port', 'many'], 'Write a number from 0 to 65535.'],
    [['start', '--port', '70000'], 'Write a number from 0 to 65535.'],
    [['start', '--port'], "option '--port <number>' argument missing"],
    [['start', 'now'], 'too many arguments'],
    [['check', '--log-level', 'loud'], 'Allowed choices are trace, debug, info, warn, error, silent.'],
    [['check', '--jsn'], 'Run "modelgate check --help" for what there is.'],
  ])('%j is a usage error', async (args, expected) => {
    const { code, stdout, stderr } = await run(args)
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toContain(expected)
  })

  it.each(['start', 'check'])(
    '%s refuses a configuration with mistakes and lists them all',
    async (command) => {
      const { code, stdout, stderr } = await run([command], { config: 'server: { port: x, hots: a }\n' })
      expect(code).toBe(2)
      expect(stdout).toBe('')
      expect(stderr.trimEnd().split('\n')).toEqual([
        'modelgate.yaml:1:17 server.port: must be a number, not text; write for example 4000',
        'modelgate.yaml:1:20 server.hots: is not a key that is known here; did you mean "host"?',
      ])
    },
  )

  it('names a configuration that is not there', async () => {
    const { code, stderr } = await run(['start', '--config', 'gone.yaml'])
    expect(code).toBe(2)
    expect(stderr).toContain('gone.yaml:1:1 there is no such file')
  })
})

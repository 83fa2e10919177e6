import { describe, expect, it } from 'vitest'
import type { CommandTools } from '../../src/cli/index.ts'
import { openLog } from '../../src/cli/open-log.ts'
import { toTable } from '../../src/cli/text-table.ts'
import { loadConfig } from '../../src/config/index.ts'
import { printable } from '../../src/config/printable.ts'
import { RegistryError } from '../../src/contract/index.ts'
import { toPlugInError } from '../../src/plug-ins/plug-in-fault.ts'
import { sampleAdapters } from '../config/sample-adapters.ts'
import { createDirectory } from '../config/sample-directory.ts'
import { cursorWords } from '../environment/hostile-behaviour.ts'
import { createSampleAdapter, run } from './sample-tools.ts'

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come
const acted = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/

describe('words of a registry', () => {
  it('reach a terminal without what it would act on', () => {
    expect(printable(cursorWords)).toBe(
      '\\u001b[2K\\u000dmodels://prod/churn/4 is a copy.\\u009b31m\\u202e\\u2028\\u0000',
    )
    const table = toTable([
      ['A', 'B'],
      [cursorWords, 'a\nb'],
    ])
    expect(table).not.toMatch(acted)
    expect(table.split('\n')).toHaveLength(3)
  })

  it('reach a terminal so from every command, also as JSON, which is read again', async () => {
    const said = new RegistryError('REGISTRY_ERROR', cursorWords)
    const adapters = {
      prod: createSampleAdapter({
        describe: () => Promise.reject(said),
        health: () => Promise.reject(said),
      }),
    }
    const config = 'registries: [{ name: prod, adapter: mlflow, environment: prod }]'
    const left = { kind: 'files', model: cursorWords, details: '{}', problem: cursorWords } as const
    const cleanUp = { id: 'an-id', registry: 'prod', notedAt: 0, dueAt: null, tries: 1, ...left } as const
    const createConnector: CommandTools['createConnector'] = () => ({
      connect: async () => adapters.prod,
      cleanUps: async () => ({ list: async () => [cleanUp], forget: async () => false }),
      close: async () => {},
    })
    for (const args of [
      ['check'],
      ['check', '--json'],
      ['check', '--probe', '--registry', 'prod', '--json'],
    ]) {
      const { stdout, stderr } = await run(args, { config, adapters, createConnector })
      expect(stdout + stderr, args.join(' ')).toContain('is a copy')
      expect(stdout + stderr, args.join(' ')).not.toMatch(acted)
      if (args.includes('--json')) expect(JSON.stringify(JSON.parse(stdout))).toContain('\u009b31m')
    }
  })

  it('reach the log so, as JSON that is read again, and without a secret of the configuration', async () => {
    const directory = createDirectory({
      'modelgate.yaml': `registries: [{ name: a, adapter: mlflow, environment: dev, url: "http://a", auth: { bearer: 'in-the-"file"' } }]
server: { port: "\${PORT}", host: "\${TOKEN}" }`,
    })
    const env = { PORT: '4000', TOKEN: 'from-the-environment' }
    const config = await loadConfig({ env, directory, builtIns: sampleAdapters })
    let written = ''
    const { log, hideSecretsOf } = openLog('info', { write: (text) => (written += text) })
    hideSecretsOf(config)
    const said = `${cursorWords} Bearer in-the-"file" from-the-environment`
    log.warn({ port: 4000, err: new RegistryError('REGISTRY_ERROR', said, { cause: new Error(said) }) }, said)
    expect(written).not.toMatch(acted)
    expect(written).not.toMatch(/in-the-|from-the-environment/)
    const line = JSON.parse(written)
    expect(line).toMatchObject({ port: 4000, level: 'warn' })
    expect(line.msg).toBe(`${cursorWords} Bearer *** ***`)
    expect(line.err.message).toContain('***')
    expect(line.err.cause.stack).toContain('***')
  })

  it('of a plug-in are without the secrets of its options', () => {
    const mask = (text: string) => text.replace('hunter2', '***')
    const error = new RegistryError('FORBIDDEN', 'Not with hunter2.', { nothingWritten: true })
    expect(toPlugInError(error, { name: 'a', adapter: './a.js', mask })).toMatchObject({
      code: 'FORBIDDEN',
      message: 'Not with ***.',
      nothingWritten: true,
    })
  })
})

import { describe, expect, it } from 'vitest'
import { openLog } from '../../src/cli/open-log.ts'
import { toTable } from '../../src/cli/text-table.ts'
import { loadConfig } from '../../src/config/index.ts'
import { printable } from '../../src/config/printable.ts'
import { RegistryError } from '../../src/contract/index.ts'
import { toPlugInError } from '../../src/plug-ins/plug-in-fault.ts'
import { sampleAdapters } from '../config/sample-adapters.ts'
import { createDirectory } from '../config/sample-directory.ts'
import { cursorWords } from '../environment/hostile-behaviour.ts'

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

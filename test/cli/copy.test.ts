import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { createLocalStore } from '../../src/adapters/local/store/local-store.ts'
import { createCopyProgress } from '../../src/cli/copy-progress.ts'
import { builtInAdapters } from '../../src/gateway/connect-registry.ts'
import { openGatewayDatabase } from '../../src/gateway/open-database.ts'
import { openFederation } from '../../src/gateway/open-federation.ts'
import { run } from './sample-tools.ts'

const config = `
environments: [dev, prod]
registries:
  - { name: dev, adapter: local, environment: dev }
  - { name: prod, adapter: local, environment: prod }
`

/** Two local registries, the first with a version. */
async function copy(args: readonly string[]) {
  const log = pino({ level: 'silent' })
  const database = await openGatewayDatabase('sqlite::memory:', { log })
  const dev = createLocalStore(database, 'dev')
  await dev.models.create({ name: 'churn' })
  await dev.versions.create({ model: 'churn', source: 's3://bucket/churn' })
  const result = await run(['copy', ...args], {
    config,
    builtIns: builtInAdapters,
    openFederation: async (loaded) => {
      const opened = await openFederation(loaded, database, log)
      const { federation } = opened
      return { ...opened, close: () => federation.close() }
    },
  })
  await database.close()
  return result
}

describe('copy', () => {
  it('says what is a copy of what', async () => {
    expect(await copy(['models://dev/churn/latest', 'models://prod/churn'])).toEqual({
      code: 0,
      stdout: 'models://prod/churn/1 is a copy of models://dev/churn/1, whose model was made with it.\n',
      stderr: '',
    })
  })

  it('prints one JSON document instead, when asked', async () => {
    const args = ['models://dev/churn/1', 'models://prod/churn', '--json', '--tag', 'a=b=c']
    const { code, stdout } = await copy(args)
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toEqual({
      ok: true,
      uri: 'models://prod/churn/1',
      registry: 'prod',
      model: 'churn',
      version: '1',
      source: 'models://dev/churn/1',
      digest: null,
      sizeBytes: null,
      createdModel: true,
    })
  })

  it.each([
    [
      ['models://dev/churn/9', 'models://prod/churn'],
      1,
      'NOT_FOUND: The version to copy is not in the registry "dev".',
    ],
    [['churn', 'models://prod/churn'], 2, 'BAD_USER_INPUT: "churn" is not a model URI.'],
    [
      ['models://dev/churn/1', 'prod'],
      2,
      'BAD_USER_INPUT: "prod" names no model: write models://REGISTRY/NAME.',
    ],
    [['models://dev/churn/1', 'models://none/churn'], 2, 'BAD_USER_INPUT: There is no registry "none".'],
    [['models://dev/churn/1', 'models://prod/churn', '--tag', 'a'], 2, 'Write KEY=VALUE.'],
    [
      ['models://dev/churn/1', 'models://prod/churn', '--artifacts', 'copy'],
      1,
      'UNSUPPORTED: The registry "dev" cannot give files away',
    ],
    [['models://dev/churn/1'], 2, "missing required argument 'destination'"],
  ])('%j ends with %i', async (args, code, message) => {
    const result = await copy(args)
    expect(result.code).toBe(code)
    expect(result.stderr).toContain(message)
    expect(result.stdout).toBe('')
  })
})

describe('the progress of a copy', () => {
  const show = (isTTY: boolean, isQuiet = false) => {
    let written = ''
    let now = 0
    const output = { isTTY, write: (text: string) => (written += text) }
    const progress = createCopyProgress(output, isQuiet, () => now)
    progress.show({ files: 3, filesDone: 0, bytes: 300e6, bytesDone: 0 })
    now = 50
    progress.show({ files: 3, filesDone: 0, bytes: 300e6, bytesDone: 1e6 })
    now = 2000
    progress.show({ files: 3, filesDone: 1, bytes: 300e6, bytesDone: 150e6 })
    progress.clear()
    return written.split('\r\u001b[K')
  }

  it('is a bar for a person who is watching, and not renewed all the time', () => {
    expect(show(true)).toEqual([
      '',
      '[------------------------]   0%  0 B of 300.0 MB, 0 of 3 files',
      '[############------------]  50%  150.0 MB of 300.0 MB, 75.0 MB/s, 1 of 3 files',
      '',
    ])
  })

  it('is not shown to files and pipes', () => {
    expect(show(false)).toEqual([''])
    expect(show(true, true)).toEqual([''])
  })

  it.each([
    [[], 'INTERNAL_SERVER_ERROR: The database x cannot be used: it is none.\n'],
    [['--json'], ''],
  ] as const)('says why it could not begin, without a stack %j', async (more, said) => {
    const { code, stdout, stderr } = await run(['copy', 'models://dev/m/1', 'models://prod/m', ...more], {
      config,
      builtIns: builtInAdapters,
      openFederation: async () => {
        throw new Error('The database x cannot be used: it is none.')
      },
    })
    expect({ code, stderr }).toEqual({ code: 1, stderr: said })
    if (more.length > 0)
      expect(JSON.parse(stdout)).toMatchObject({ ok: false, code: 'INTERNAL_SERVER_ERROR' })
  })
})

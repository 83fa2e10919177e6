// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the configuration's own placeholders
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { RegistryError } from '../../src/contract/index.ts'
import { createSampleAdapter, run, sampleDescription } from './sample-tools.ts'

const config = `registries:
  - { name: dev, adapter: local, environment: dev }
  - { name: prod, adapter: mlflow, environment: prod, url: "http://prod", timeoutMs: 50 }
`

function failingWith(error: unknown) {
  return createSampleAdapter({
    health: async () => {
      throw error
    },
  })
}

function withCause(code: string) {
  return Object.assign(new Error(`connect ${code}`), { code })
}

describe('check', () => {
  it('prints a table and exits 0 when all is well', async () => {
    const { code, stdout, stderr } = await run(['check'], { config })
    expect(code).toBe(0)
    expect(stderr).toBe('')
    expect(
      stdout.replace(/[\d.]+ +ms/g, 'N ms').replace(/ +/g, ' '),
    ).toBe(`REGISTRY ADAPTER ENVIRONMENT STATE VERSION LATENCY ALIASES STAGES RUNS ARTIFACTS WRITES
dev local dev ok 3.17.2 N ms native emulated native none none
prod mlflow prod ok 3.17.2 N ms native emulated native none none

All is well with 2 registries.
`)
  })

  it('asks all registries at the same time', async () => {
    const arrived: string[] = []
    const together = Promise.withResolvers<void>()
    const waiting = (name: string) =>
      createSampleAdapter({
        health: async () => {
          arrived.push(name)
          if (arrived.length === 2) together.resolve()
          await together.promise
        },
      })
    const slow = config.replace('timeoutMs: 50', 'timeoutMs: 5000')
    const { code } = await run(['check'], {
      config: slow,
      adapters: { dev: waiting('dev'), prod: waiting('prod') },
    })
    expect(code).toBe(0)
  })

  it.each([
    [
      new RegistryError('UNAUTHENTICATED', 'No.'),
      'WRONG (UNAUTHENTICATED): No.',
      'Correct the credentials under auth',
    ],
    [new RegistryError('FORBIDDEN', 'No.'), 'WRONG (FORBIDDEN)', 'Ask for the permission to read'],
    [
      new RegistryError('REGISTRY_ERROR', 'HTML.'),
      'WRONG (REGISTRY_ERROR): HTML.',
      'the root of the registry',
    ],
    [
      new RegistryError('REGISTRY_UNAVAILABLE', 'Refused.', { cause: withCause('ECONNREFUSED') }),
      'Refused.',
      'Start the server, or correct the host and the port',
    ],
    [
      new RegistryError('REGISTRY_UNAVAILABLE', 'Unknown.', {
        cause: new AggregateError([withCause('ENOTFOUND')]),
      }),
      'Unknown.',
      'Correct the host name',
    ],
    [
      new RegistryError('REGISTRY_UNAVAILABLE', 'TLS.', { cause: withCause('DEPTH_ZERO_SELF_SIGNED_CERT') }),
      'TLS.',
      'tls.ca',
    ],
    [
      new RegistryError('REGISTRY_UNAVAILABLE', 'TLS.', { cause: withCause('ERR_SSL_WRONG_VERSION_NUMBER') }),
      'TLS.',
      'write http:// in the address',
    ],
    [new TypeError('x is undefined'), 'WRONG (INTERNAL_SERVER_ERROR): x is undefined', '--log-level debug'],
  ])('says what is wrong and what to do: %s', async (error, what, advice) => {
    const { code, stdout } = await run(['check'], { config, adapters: { prod: failingWith(error) } })
    expect(code).toBe(1)
    expect(stdout).toContain(what)
    expect(stdout).toContain(advice)
    expect(stdout).toMatch(/^dev .* ok /m)
    expect(stdout).toMatch(/^prod .* WRONG /m)
    expect(stdout).toContain('1 of 2 registries wrong.')
  })

  it('says why a gateway could not start with its database, however well the registries are', async () => {
    const message = 'The database postgres://host/db cannot be used: its encoding is SQL_ASCII.'
    const tools = { findDatabaseProblem: async () => message }
    const { code, stdout } = await run(['check'], { config, ...tools })
    expect(code).toBe(1)
    expect(stdout).toContain(`database\n  WRONG: ${message}\n`)
    expect(stdout).not.toContain('All is well')
    const { stdout: json } = await run(['check', '--json'], { config, ...tools })
    expect(JSON.parse(json)).toMatchObject({ ok: false, database: { ok: false, message } })
  })

  it('says what a plug-in declares and does not have', async () => {
    const { aliases: _, ...adapter } = createSampleAdapter()
    const { code, stdout } = await run(['check', '--json', '--registry', 'prod'], {
      config,
      adapters: { prod: adapter },
    })
    expect(code).toBe(1)
    expect(JSON.parse(stdout).registries[0].problem).toMatchObject({
      code: 'REGISTRY_ERROR',
      message:
        'It declares what it does not have: levels.aliases is NATIVE and the facet aliases is missing.',
    })
  })

  it('gives up on an adapter that overlooks its deadline, and closes it', async () => {
    let closed = false
    const hanging = createSampleAdapter({
      describe: () => new Promise(() => {}),
      close: async () => {
        closed = true
      },
    })
    const { code, stdout } = await run(['check'], { config, adapters: { prod: hanging } })
    expect(code).toBe(1)
    expect(stdout).toContain('WRONG (REGISTRY_TIMEOUT): The registry did not answer within 50 ms.')
    expect(closed).toBe(true)
  })

  it('hands the adapter a signal that fires at the deadline', async () => {
    const patient = createSampleAdapter({
      health: async ({ signal }) => {
        await once(signal, 'abort')
        throw new RegistryError('REGISTRY_TIMEOUT', 'Broken off.')
      },
    })
    const { stdout } = await run(['check'], { config, adapters: { prod: patient } })
    expect(stdout).toContain('WRONG (REGISTRY_TIMEOUT)')
  })

  it('shows notices without calling them wrong', async () => {
    const talkative = createSampleAdapter({
      describe: async () => ({ ...sampleDescription, serverVersion: null, notices: ['It is old.'] }),
    })
    const { code, stdout } = await run(['check'], { config, adapters: { prod: talkative } })
    expect(code).toBe(0)
    expect(stdout).toContain('prod\n  note: It is old.\n')
  })

  it('shows no capabilities and no notices of a registry that is not well', async () => {
    const describe = async () => ({ ...sampleDescription, notices: ['Perhaps.'] })
    const adapter = { ...failingWith(new RegistryError('REGISTRY_ERROR', 'No.')), describe }
    const { stdout } = await run(['check'], { config, adapters: { prod: adapter } })
    expect(stdout).toMatch(/^prod +mlflow +prod +WRONG +3\.17\.2 +- +- +- +- +- +-$/m)
    expect(stdout).not.toContain('Perhaps.')
  })

  it('checks one registry only, when it is named', async () => {
    const adapters = { dev: failingWith(new RegistryError('REGISTRY_ERROR', 'No.')) }
    const { code, stdout } = await run(['check', '--registry', 'prod'], { config, adapters })
    expect(code).toBe(0)
    expect(stdout).not.toContain('dev')
    const unknown = await run(['check', '--registry', 'prd'], { config })
    expect(unknown).toMatchObject({ code: 2, stdout: '' })
    expect(unknown.stderr).toContain('There is no registry "prd" in the configuration; did you mean "prod"?')
  })

  it('names a plug-in that is broken beside the registries that are well', async () => {
    const broken = `${config}  - { name: acme, adapter: ./gone.js, environment: prod }\n`
    const { code, stdout } = await run(['check'], { config: broken })
    expect(code).toBe(1)
    expect(stdout).toContain('WRONG (PLUG_IN): ./gone.js is not there')
    expect(stdout).toMatch(/^dev .* ok /m)
  })

  it('shows its progress to a person, on stderr', async () => {
    const { stdout, stderr } = await run(['check'], { config, isTTY: true })
    expect(stderr).toContain('Asking the registries: 1 of 2 have answered')
    expect(stderr.endsWith('\r\u001b[K')).toBe(true)
    expect(stdout).not.toContain('Asking')
    expect((await run(['check', '--json'], { config, isTTY: true })).stderr).toBe('')
  })
})

describe('check --json', () => {
  it('prints the same facts as one document and nothing else', async () => {
    const adapters = { prod: failingWith(new RegistryError('UNAUTHENTICATED', 'No.')) }
    const { code, stdout, stderr } = await run(['check', '--json'], { config, adapters })
    expect(code).toBe(1)
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toEqual({
      ok: false,
      notices: [],
      database: { ok: true, message: null },
      cleanUps: [],
      registries: [
        {
          registry: 'dev',
          adapter: 'local',
          environment: 'dev',
          ok: true,
          serverVersion: '3.17.2',
          latencyMs: expect.any(Number),
          capabilities: {
            aliases: 'NATIVE',
            stages: 'EMULATED',
            runs: 'NATIVE',
            artifacts: 'NONE',
            writes: 'NONE',
            copyModelVersion: 'NONE',
            compareAndSet: 'NONE',
          },
          notices: [],
          problem: null,
        },
        expect.objectContaining({
          registry: 'prod',
          ok: false,
          latencyMs: null,
          problem: {
            code: 'UNAUTHENTICATED',
            message: 'No.',
            advice: expect.stringContaining('credentials'),
          },
        }),
      ],
    })
  })

  it('gives the problems of the configuration as data', async () => {
    const { code, stdout } = await run(['check', '--json'], { config: 'servr: {}' })
    expect(code).toBe(2)
    expect(JSON.parse(stdout)).toEqual({
      ok: false,
      problems: [
        {
          file: 'modelgate.yaml',
          line: 1,
          column: 1,
          key: 'servr',
          message: expect.stringContaining('"server"'),
        },
      ],
    })
  })
})

describe('secrets', () => {
  const secrets = ['canary-from-environment', 'canary-in-the-file']
  const secretConfig = `registries:
  - { name: a, adapter: mlflow, environment: dev, url: "http://a", auth: { bearer: "\${TOKEN}" } }
  - { name: b, adapter: mlflow, environment: dev, url: "http://b", auth: { bearer: canary-in-the-file } }
`
  const gossip = (secret: string) =>
    createSampleAdapter({
      health: async () => {
        throw new Error(`401 for Bearer ${secret}`)
      },
    })

  it.each([[['check']], [['check', '--json']]])('never appear in %j', async (args) => {
    const adapters = { a: gossip('canary-from-environment'), b: gossip('canary-in-the-file') }
    const env = { TOKEN: 'canary-from-environment' }
    const { code, stdout, stderr } = await run(args, { config: secretConfig, env, adapters })
    expect(code).toBe(1)
    expect(stdout).toContain('401 for Bearer ${TOKEN}')
    expect(stdout).toContain('401 for Bearer ***')
    for (const secret of secrets) expect(stdout + stderr).not.toContain(secret)
  })

  it('never appear in notices', async () => {
    const talkative = createSampleAdapter({
      describe: async () => ({ ...sampleDescription, notices: ['sent canary-from-environment'] }),
    })
    const env = { TOKEN: 'canary-from-environment' }
    const { stdout } = await run(['check'], { config: secretConfig, env, adapters: { a: talkative } })
    expect(stdout).toContain('note: sent ${TOKEN}')
    expect(stdout).not.toContain('canary')
  })
})

describe('what writes have left behind', () => {
  const left = {
    id: '4a3',
    kind: 'files',
    registry: 'prod',
    model: 'churn',
    details: '{}',
    notedAt: 0,
    dueAt: 60_000,
    tries: 2,
    problem: 'It is away.',
  } as const
  const withLeft = (forgotten: string[] = []) => ({
    config,
    createConnector: () => ({
      connect: async () => createSampleAdapter(),
      cleanUps: async () => ({
        list: async () => [
          left,
          { ...left, id: '5b', kind: 'model', dueAt: null, tries: 0, problem: null } as const,
        ],
        forget: async (id: string) => {
          forgotten.push(id)
          return id === left.id
        },
      }),
      close: async () => {},
    }),
  })

  it('is shown, with how to give it up, and is no failure', async () => {
    const { code, stdout } = await run(['check'], withLeft())
    expect(code).toBe(0)
    expect(stdout.split('\n').slice(-6)).toEqual([
      '',
      'Left behind by writes',
      '  4a3: files of a copy to "churn" in "prod" (since 1970-01-01T00:00:00.000Z, tried 2 times, due at 1970-01-01T00:01:00.000Z): It is away.',
      '  5b: the empty model "churn" in "prod" (since 1970-01-01T00:00:00.000Z, left to people)',
      '  A running gateway tries again what it can. When you have dealt with one yourself: modelgate check --forget ID',
      '',
    ])
    const json = await run(['check', '--json'], withLeft())
    expect(JSON.parse(json.stdout)).toMatchObject({ ok: true, cleanUps: [{ id: '4a3' }, { id: '5b' }] })
  })

  it('is given up when a person says so', async () => {
    const forgotten: string[] = []
    expect(await run(['check', '--forget', '4a3'], withLeft(forgotten))).toMatchObject({ code: 0 })
    expect(await run(['check', '--forget', 'other'], withLeft(forgotten))).toMatchObject({ code: 2 })
    expect(forgotten).toEqual(['4a3', 'other'])
  })
})

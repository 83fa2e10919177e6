import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { createLocalStore } from '../../src/adapters/local/store/local-store.ts'
import { localTables } from '../../src/adapters/local/store/tables.ts'
import { type Adapter, RegistryError } from '../../src/contract/index.ts'
import { builtInAdapters, connectRegistry } from '../../src/gateway/connect-registry.ts'
import { openGatewayDatabase } from '../../src/gateway/open-database.ts'
import { createSampleAdapter, run } from './sample-tools.ts'

const log = pino({ level: 'silent' })
const config = `
environments: [dev]
registries:
  - { name: dev, adapter: local, environment: dev }
  - { name: locked, adapter: local, environment: dev, readOnly: true }
`

/** Of a local registry with a model that has everything. */
async function probe(args: readonly string[], change: (adapter: Adapter) => Adapter = (adapter) => adapter) {
  const database = await openGatewayDatabase('sqlite::memory:', { log })
  const dev = createLocalStore(database, 'dev')
  await dev.runs.log({ runId: 'run-1', metrics: [{ key: 'auc', value: 0.5 }] })
  await dev.models.create({ name: 'churn' })
  await dev.versions.create({ model: 'churn', source: 's3://bucket/churn', runId: 'run-1' })
  await dev.aliases.set({ model: 'churn', alias: 'champion' }, '1')
  const result = await run(['check', '--registry', 'dev', '--probe', ...args], {
    config,
    builtIns: builtInAdapters,
    createConnector: () => ({
      connect: async (registry) => change(await connectRegistry(registry, async () => database, log)),
      cleanUps: async () => null,
      close: async () => {},
    }),
  })
  const rows = await localTables.in(database).queries.selectFrom('local_model').select('name').execute()
  await database.close()
  return { ...result, models: rows.map(({ name }) => name) }
}

const states = (stdout: string) =>
  Object.fromEntries(
    JSON.parse(stdout).steps.map(({ step, state }: { step: string; state: string }) => [step, state]),
  )

describe('check --probe', () => {
  it('reads everything there is, and writes nothing', async () => {
    const { code, stdout, models } = await probe(['--json'])
    expect(code).toBe(0)
    expect(states(stdout)).toEqual({
      'ask what it is': 'ok',
      'ask whether it is well': 'ok',
      'list models': 'ok',
      'get a model by its name': 'ok',
      'list its versions': 'ok',
      'get a version': 'ok',
      'get the latest versions': 'ok',
      'resolve an alias': 'ok',
      'get a run': 'ok',
      'find the files': 'skipped',
    })
    expect(JSON.parse(stdout).steps[6]).toMatchObject({ requests: 1, detail: '1 (None)' })
    expect(models).toEqual(['churn'])
  })

  it('writes a model of its own with --write, and deletes it again', async () => {
    const { code, stdout, models } = await probe(['--write'])
    expect(code).toBe(0)
    for (const step of ['make a version', 'change tags', 'move between stages', 'copy the version']) {
      expect(stdout).toMatch(new RegExp(`^ok +${step} `, 'm'))
    }
    expect(stdout).toContain('All that could be tried works.')
    expect(models).toEqual(['churn'])
  })

  it('goes on behind what is wrong, and says so', async () => {
    const { code, stdout } = await probe(['--json'], (adapter) => ({
      ...adapter,
      runs: {
        get: async () => {
          throw new RegistryError('FORBIDDEN', 'Not for you.')
        },
      },
    }))
    expect(code).toBe(1)
    const { ok, steps } = JSON.parse(stdout)
    expect(ok).toBe(false)
    expect(steps[8]).toMatchObject({ step: 'get a run', state: 'WRONG', detail: 'FORBIDDEN: Not for you.' })
    expect(steps).toHaveLength(10)
  })

  it.each([
    [['check', '--write'], '--write is only for --probe'],
    [['check', '--probe', '--registry', 'dev', '--source', 's3://x'], '--source is only for --probe --write'],
    [['check', '--probe'], 'Say with --registry which one to probe.'],
    [
      ['check', '--probe', '--registry', 'dve'],
      'There is no registry "dve" that can be probed; did you mean "dev"?',
    ],
    [['check', '--probe', '--write', '--registry', 'locked'], '"locked" is readOnly in the configuration'],
  ])('%j is refused', async (args, message) => {
    const result = await run(args, { config, adapters: { dev: createSampleAdapter() } })
    expect(result.code).toBe(2)
    expect(result.stderr).toContain(message)
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLocalStore } from '../../src/adapters/local/store/local-store.ts'
import { openGatewayDatabase } from '../../src/gateway/open-database.ts'
import { catalogTables } from '../../src/state/catalog/tables.ts'
import { startMlflowStub } from '../environment/mlflow-stub.ts'
import { type OpenGateway, openGateway } from '../gateway/open-gateway.ts'
import { createFileSource, silent } from '../state/database-source.ts'
import { runModelgate } from './run-modelgate.ts'

const source = createFileSource()

describe('sync beside a running gateway', () => {
  let gateway: OpenGateway
  let url: string
  let config: string
  beforeAll(async () => {
    url = await source.createUrl()
    const database = await openGatewayDatabase(url, { log: silent })
    for (const name of ['a', 'b']) await createLocalStore(database, 'dev').models.create({ name })
    await database.close()
    const registries = [
      { name: 'dev', adapter: 'local', environment: 'dev' },
      { name: 'away', adapter: 'mlflow', environment: 'dev', url: 'http://127.0.0.1:9', timeoutMs: 500 },
      { name: 'out', adapter: 'local', environment: 'dev', catalog: false },
    ]
    // The gateway itself comes too late to have read anything.
    gateway = await openGateway({
      environments: ['dev'],
      registries,
      database: { url },
      catalog: { syncEvery: '1d' },
    })
    config = JSON.stringify({ environments: ['dev'], registries, database: { url } })
  })
  afterAll(async () => {
    await gateway?.close()
    await source.dispose()
  })

  const sync = (...args: string[]) => runModelgate(['sync', ...args], { 'modelgate.yaml': config })

  it('reads a registry, which the gateway has in its next answer', async () => {
    const { code, stdout } = await sync('--registry', 'dev', '--json', '--full')
    expect(code).toBe(0)
    expect(JSON.parse(stdout).registries).toMatchObject([
      { registry: 'dev', ok: true, was: 'swept', models: 2, versions: 0, problem: null },
    ])
    const { models } = await gateway.data(
      '{ models(registries: ["dev"], read: INDEXED) { nodes { name } complete } }',
    )
    expect(models).toEqual({ nodes: [{ name: 'a' }, { name: 'b' }], complete: true })
  })

  it('says which registry could not be read, and answers with what there is', async () => {
    const { code, stdout } = await sync()
    expect(code).toBe(1)
    expect(stdout).toMatch(/^dev +(brought up to date|read whole) +2 +0 /m)
    expect(stdout).toMatch(/^away +not read +0 +0 /m)
    expect(stdout).toMatch(/^REGISTRY_UNAVAILABLE: away: /m)
    const { models } = await gateway.data(
      '{ models(registries: ["dev", "away", "out"], read: INDEXED) { nodes { name } complete sources { state } } }',
    )
    expect(models).toMatchObject({
      nodes: [{ name: 'a' }, { name: 'b' }],
      complete: false,
      sources: [{ state: 'OK' }, { state: 'SKIPPED' }, { state: 'SKIPPED' }],
    })
  })

  it('refuses a registry that is not there, or is left out', async () => {
    expect(await sync('--registry', 'nowhere')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('dev, away, out'),
    })
    expect(await sync('--registry', 'out')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('leaves "out" out'),
    })
  })
})

it('a sync waits for that of a running gateway, which has what the command read in its next answer', async () => {
  const stub = await startMlflowStub({ pageCap: 4, latencyMs: 60 })
  for (let index = 0; index < 24; index++) stub.store.addModel(`m${index}`, { versions: [{}] })
  const own = createFileSource()
  const url = await own.createUrl()
  const registries = [
    { name: 'main', adapter: 'mlflow', environment: 'dev', url: stub.url, timeoutMs: 10_000 },
  ]
  const shared = { environments: ['dev'], registries, database: { url } }
  const gateway = await openGateway({ ...shared, catalog: { syncEvery: '1d' } })
  const database = await openGatewayDatabase(url, { log: silent })
  const { queries } = catalogTables.in(database)
  const phase = async () =>
    (await queries.selectFrom('catalog_registry').select('phase').executeTakeFirst())?.phase ?? null
  try {
    await expect.poll(phase, { timeout: 20_000, interval: 20 }).toBe('models')
    // What comes now the sweep under way may have passed by.
    stub.store.addModel('a-late', { versions: [{}] })
    const files = { 'modelgate.yaml': JSON.stringify(shared) }
    const { code, stdout } = await runModelgate(['sync', '--full', '--json'], files)
    expect(code).toBe(0)
    expect(JSON.parse(stdout).registries).toMatchObject([
      { was: 'swept', models: 25, versions: 25, problem: null },
    ])
    const { models, changes } = await gateway.data(
      '{ models(read: INDEXED, where: { name: { startsWith: "a-" } }) { nodes { name } sources { state } } changes { nodes { kind model certainty } } }',
    )
    expect(models).toEqual({ nodes: [{ name: 'a-late' }], sources: [{ state: 'OK' }] })
    // Of the first sweep nothing is told, whoever ended it.
    expect(changes.nodes.filter(({ model }: { model: string }) => model !== 'a-late')).toEqual([])
  } finally {
    await gateway.close()
    await database.close()
    await stub.close()
    await own.dispose()
  }
}, 90_000)
